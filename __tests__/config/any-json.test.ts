import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ConfigurationError } from "../../config/errors";
import { CONFIG_KEYS } from "../../config/schema";
import { loadDeployable } from "../../constructs/deployable/load-deployable";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const answerable = { owner: "o", reason: "r", expires: "2026-12-31" };

/** Parts that are sound, or nearly so. */
const parts = fc.constantFrom<unknown>(
  ...[
    "us-east-1",
    "cn-north-1",
    "eu-west-9",
    "trail-stopped",
    "a",
    "arn:aws:iam::111122223333:role/x",
    300,
    true,
    null,
  ],
  { protocol: "email", endpoint: "a@example.com" },
  { protocol: "sqs", endpoint: "arn:aws:sqs:us-east-1:444455556666:q" },
  { protocol: "https", endpoint: "https://hooks.slack.com/x" },
  { id: "a-b", detections: "*", pattern: { source: ["aws.ec2"] }, ...answerable },
  { id: "a-b", detections: ["x"], pattern: { detailType: ["x"] }, ...answerable },
  { use: "ci-roles", roles: ["x"], ...answerable },
  { mode: "existing", id: "arn:aws:cloudtrail:us-east-1:111122223333:trail/abc" },
  { mode: "adopt", id: "arn:aws:sns:eu-west-1:111122223333:abc", ownerStatements: [] },
);
const part = fc.oneof({ arbitrary: parts, weight: 6 }, { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 });
const resources = fc.dictionary(fc.constantFrom("trail", "bucket", "urgentTopic", "__proto__", "vault"), part);
const value = fc.oneof(
  part,
  fc.array(part, { maxLength: 4 }),
  resources,
  fc.dictionary(fc.string({ maxLength: 4 }), part),
);
const key = fc.constantFrom<string>(...CONFIG_KEYS.filter((name) => name !== "detectionsFolder"), "__proto__", "speed");

test("any JSON as a configuration is taken, or refused with lines", () => {
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 6 }), (context) => {
      try {
        loadDeployable({ CDKTF_CONTEXT_JSON: JSON.stringify(context) }, NOW);
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        expect(error.problems.length).toBeGreaterThan(0);
        for (const problem of error.problems) expect(problem).toMatch(/^.+$/u);
      }
    }),
    { numRuns: 40 },
  );
});
