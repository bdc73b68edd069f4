import type { KEYS } from "./keys";

/** The keys that only a stack of ours has: what its provider and its backend need. */
export const STACK_KEYS = [
  "tags",
  "stateBucket",
  "stateRegion",
  "stateKey",
  "stateKmsKeyArn",
] as const satisfies readonly (keyof typeof KEYS)[];
