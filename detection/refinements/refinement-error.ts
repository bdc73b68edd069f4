/** The refinement is none that the engine knows how to ask. */
export class RefinementError extends Error {
  override readonly name = "RefinementError";

  /**
   * @param path where, as a JSON path such as `$.refine[0].field`
   * @param problem what is wrong there and what is allowed
   */
  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(`${path}: ${problem}`);
  }
}
