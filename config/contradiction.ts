/** Keys that are sound one by one but not together. */
export interface Contradiction {
  /**
   * Keys, parts of them such as `resources.trail`, or all parts of one (`channels.*`) that it rests on: where one is faulty
   * itself, nothing is certain.
   */
  readonly keys: readonly string[];
  readonly problem: string;
}

/** What was given, as contradictions speak of it. */
export interface Origins {
  isGiven(key: string): boolean;
  /** Where a key was found, as a line says it after the value: ` (from cdktf.json)`; nothing where it is a default. */
  from(key: string): string;
  /** Where an element of a list stood in what was given; some that are faulty may be left out of the configuration. */
  placeOf(key: string, index: number): number;
}
