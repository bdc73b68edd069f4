/** No forwarder can bring what a detection looks for. */
export class ForwarderError extends Error {
  override readonly name = "ForwarderError";

  /**
   * @param detectionId which one
   * @param problem what is in the way, and how to fix it
   */
  constructor(
    readonly detectionId: string,
    problem: string,
  ) {
    super(`detection "${detectionId}" can't be forwarded from other regions and accounts: ${problem}`);
  }
}
