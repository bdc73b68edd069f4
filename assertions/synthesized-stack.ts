/** Arguments of a resource or a block, by the names that Terraform gives them. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A stack's Terraform JSON: what stands in each of its blocks, by type and address. */
export interface SynthesizedStack {
  readonly data: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly output: Readonly<Record<string, Attributes>>;
  readonly provider: Readonly<Record<string, readonly Attributes[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly terraform: Attributes;
}

/**
 * Reads the JSON that CDKTF writes, for the other assertions to look into. A block that the stack lacks is empty, and
 * CDKTF's own comments (`//`) are left out.
 *
 * @param json what `Testing.synth(stack)` answers, or the text of `cdktf.out/stacks/<stack>/cdk.tf.json`
 * @throws Error when it is not a stack's JSON
 */
export function parseStack(json: string): SynthesizedStack {
  const stack = parse(json);
  if (typeof stack !== "object" || stack === null || !("terraform" in stack)) {
    throw new Error(
      `${start(json)} is not a stack's Terraform JSON, which has a "terraform" block: pass what Testing.synth(stack) returns, or the text of cdktf.out/stacks/<stack>/cdk.tf.json`,
    );
  }
  return { data: {}, output: {}, provider: {}, resource: {}, ...stack } as SynthesizedStack;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json, (key, value: unknown) => (key === "//" && typeof value === "object" ? undefined : value));
  } catch (error) {
    throw new Error(
      `${start(json)} is not JSON (${(error as Error).message}): pass the text itself, not the file's name`,
    );
  }
}

function start(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
