import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { EventPattern } from "../../../detection/pattern/pattern";
import { PlaceholderError, resolve } from "../../../detection/pattern/resolve";

const pattern: EventPattern = {
  source: ["aws.s3"],
  detail: {
    "{{bucket}}": ["a field's name stays"],
    $or: [{ a: [{ prefix: "{{bucket}}/" }] }, { b: [{ "anything-but": { wildcard: ["{{trail}}*{{bucket}}"] } }] }],
    count: [{ numeric: [">", 1] }, null, true],
  },
};

describe("resolve", () => {
  test("puts names wherever a text holds placeholders, and nowhere else", () => {
    expect(resolve(pattern, { bucket: "logs", trail: "T" })).toEqual({
      source: ["aws.s3"],
      detail: {
        "{{bucket}}": ["a field's name stays"],
        $or: [{ a: [{ prefix: "logs/" }] }, { b: [{ "anything-but": { wildcard: ["T*logs"] } }] }],
        count: [{ numeric: [">", 1] }, null, true],
      },
    });
  });

  test("hands back a pattern without placeholders itself", () => {
    const plain: EventPattern = { source: ["aws.s3"], detail: { key: ["${x}", "{x}", "}}{{"] } };

    expect(resolve(plain, {})).toBe(plain);
  });

  test.each([
    ["{{bukket}}", { bucket: "b", trail: "t" }, "unknown placeholder {{bukket}}; allowed: {{bucket}}, {{trail}}"],
    ["{{bucket}}", {}, "unknown placeholder {{bucket}}; none is allowed here"],
    ["{{}}", { bucket: "b" }, "unknown placeholder {{}}; allowed: {{bucket}}"],
    ["{{toString}}", { bucket: "b" }, "unknown placeholder {{toString}}"],
    ["{{ bucket }}", { bucket: "b" }, "unknown placeholder {{ bucket }}"],
  ])("refuses %s where nothing stands for it", (text, names, problem) => {
    expect(() => resolve({ source: [text] }, names)).toThrow(PlaceholderError);
    expect(() => resolve({ source: [text] }, names)).toThrow(problem);
  });

  test("reads a name as it is, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, name, after) => {
        fc.pre(!/[{}]/.test(before + after));

        expect(resolve({ a: [`${before}{{bucket}}${after}`] }, { bucket: name })).toEqual({
          a: [`${before}${name}${after}`],
        });
      }),
    );
  });
});
