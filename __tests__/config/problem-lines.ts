import { expect } from "@jest/globals";
import { ConfigurationError } from "../../config/errors";

/** What a `ConfigurationError` says, a line each; nothing when loading succeeds. */
export function problemsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.problems).not.toEqual([]);
    return error.problems;
  }
  return [];
}

/** Expects exactly one line, which holds all of these. */
export function expectOneLine(lines: readonly string[], ...parts: readonly string[]): void {
  expect(lines).toHaveLength(1);
  for (const part of parts) expect(lines[0]).toContain(part);
  expect(lines[0]).not.toMatch(/[\r\n]/);
}
