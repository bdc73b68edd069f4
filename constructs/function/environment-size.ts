/** Bytes of environment that Lambda takes: names and values. */
export const MAX_ENVIRONMENT_BYTES = 4_096;
/** Characters that may stand for a reference: names of ours begin with a prefix of up to 20. */
const REFERENCE_LENGTH = 128;
const REFERENCES = /\$\{[^}]*\}/g;

/** Bytes of an environment, where a reference stands for as many characters as it may have. */
export function environmentBytes(variables: Readonly<Record<string, string>>): number {
  return Object.entries(variables).reduce(
    (sum, [name, text]) => sum + name.length + Buffer.byteLength(withLongest(text, REFERENCE_LENGTH)),
    0,
  );
}

/** A text whose references are as long as they may be. */
export function withLongest(text: string, referenceLength: number): string {
  return text.replace(REFERENCES, "x".repeat(referenceLength));
}
