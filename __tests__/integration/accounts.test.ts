import { describe, expect, test } from "@jest/globals";
import { type Given, unaccounted } from "../simulation/accounts";

const GIVEN: Given = { messages: 3, records: 10, processingErrors: 1, settledRecords: 10, failed: 0 };
const CLOSING = {
  message: "invocation closed",
  messages: { received: 3, handled: 3, unrecognized: 0, failed: 0 },
  records: { read: 10, evaluated: 9, processingErrors: 1 },
  matches: { made: 4, published: 1, grouped: 2, failed: 1 },
};

function problems(closing: object, given: Partial<Given> = {}): number {
  return unaccounted([JSON.stringify({ message: "finding" }), JSON.stringify({ ...CLOSING, ...closing })], {
    ...GIVEN,
    ...given,
  }).length;
}

describe("a closing line", () => {
  test("that adds up raises nothing", () => {
    expect(problems({})).toBe(0);
  });

  test.each([
    ["a message too few", { messages: { received: 2, handled: 2 } }],
    ["messages that ended nowhere", { messages: { received: 3, handled: 2, failed: 0 } }],
    ["records that ended nowhere", { records: { read: 10, evaluated: 8, processingErrors: 1 } }],
    ["matches that ended nowhere", { matches: { made: 4, published: 3 } }],
    ["a match too many", { matches: { made: 1, published: 1, grouped: 1 } }],
    ["a finding too few", { records: { read: 10, evaluated: 10, processingErrors: 0 } }],
  ])("with %s does", (_, closing) => {
    expect(problems(closing)).toBe(1);
  });

  test("may have read less than all, where messages come again, but not less than what is done with", () => {
    const closing = {
      messages: { received: 3, handled: 2, failed: 1 },
      records: { read: 6, evaluated: 6, processingErrors: 0 },
    };

    expect(problems(closing, { failed: 1, settledRecords: 6 })).toBe(0);
    expect(problems(closing, { failed: 1, settledRecords: 7 })).toBe(1);
  });

  test("must be there", () => {
    expect(unaccounted(["{}"], GIVEN)).toHaveLength(1);
  });
});
