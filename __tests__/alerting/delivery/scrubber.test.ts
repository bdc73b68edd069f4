import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { failureOf } from "../../../alerting/delivery/failure";
import { Scrubber } from "../../../alerting/delivery/scrubber";
import { jsonLines } from "../../../alerting/log";

const scrubberOf = (...secrets: readonly string[]) => {
  const scrubber = new Scrubber();
  for (const secret of secrets) scrubber.add(secret);
  return scrubber;
};

describe("the scrubber removes", () => {
  test("a token, wherever it stands, and leaves the rest", () => {
    expect(scrubberOf("xoxb-12345-abc").text("Bearer xoxb-12345-abc was refused")).toBe("Bearer [secret] was refused");
  });

  test("a webhook's address, its path and its query, but not its host", () => {
    const scrubber = scrubberOf("https://hooks.example.com/services/T0AAA111/B0BBB222/x9y8z7w6?sig=abcdef123");

    expect(scrubber.text("POST /services/T0AAA111/B0BBB222/x9y8z7w6?sig=abcdef123 to hooks.example.com")).toBe(
      "POST [secret] to hooks.example.com",
    );
    expect(scrubber.text("x9y8z7w6 is no_service")).toBe("[secret] is no_service");
    expect(scrubber.text("sig abcdef123")).toBe("sig [secret]");
    expect(scrubber.text("AWS's services")).toBe("AWS's services");
  });

  test("the texts of a secret that is JSON", () => {
    const scrubber = scrubberOf(JSON.stringify({ token: "tok-123456", nested: { key: "key-abcdef" } }));

    expect(scrubber.text("tok-123456 and key-abcdef")).toBe("[secret] and [secret]");
  });

  test("what was rotated away as well as what is there now", () => {
    expect(scrubberOf("old-secret", "new-secret").text("old-secret new-secret")).toBe("[secret] [secret]");
  });

  test("nothing for an empty secret", () => {
    expect(scrubberOf("", "  ").text("a b")).toBe("a b");
  });
});

/** Random, so that no other text holds it by chance. */
const secret = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9+/=_-]{12,60}$/),
  fc.stringMatching(/^[!-~]{12,40}$/),
  fc.string({ unit: "grapheme", minLength: 12, maxLength: 30 }).filter((text) => text.trim().length >= 12),
);

test("no log line and no reason of a dead letter holds a secret, wherever an error holds it", () => {
  const place = fc.constantFrom("message", "name", "cause", "stack", "thrown", "sdk", "long");
  fc.assert(
    fc.property(secret, place, fc.string({ maxLength: 20 }), (secret, place, around) => {
      const scrubber = scrubberOf(secret);
      const text = `${around} ${secret} ${around}`;
      const errors: Readonly<Record<string, () => unknown>> = {
        message: () => Object.assign(new Error(text), { name: "ChannelRefusal" }),
        name: () => Object.assign(new Error("x"), { name: text }),
        cause: () => new TypeError("x", { cause: new Error(text) }),
        stack: () => Object.assign(new TypeError("x"), { stack: `x\n    at ${text}` }),
        thrown: () => text,
        sdk: () => Object.assign(new Error(text), { $metadata: {}, name: "AccessDenied", $fault: "client" }),
        // Cut in the middle of the secret, if it were cut first.
        long: () => Object.assign(new Error("y".repeat(495) + secret), { name: "ChannelUnavailable" }),
      };
      const lines: string[] = [];
      const { reason, fields } = failureOf(errors[place]?.(), scrubber);
      scrubber.log(jsonLines((line) => lines.push(line))).processingError("x", { ...fields, also: { in: [text] } });
      const written = [reason, ...lines, ...lines.map((line) => JSON.stringify(JSON.parse(line)))].join("\n");

      expect(written).not.toContain(secret);
      expect(written).not.toContain(secret.trim());
      expect(written).not.toContain(JSON.stringify(secret).slice(1, -1));
      if (place === "long") expect(reason).toBe(`${"y".repeat(495)}[sec…`);
    }),
    { numRuns: 300 },
  );
});
