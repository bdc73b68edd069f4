import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { monitorNames, namesIn, withoutNames } from "../../../../cli/replay/evaluate/monitor-names";
import { checkConfig } from "../../../../config/check";
import { compilePattern } from "../../../../detection/pattern/compile";
import { matches } from "../../../../detection/pattern/match";
import type { EventPattern } from "../../../../detection/pattern/pattern";
import { resolve } from "../../../../detection/pattern/resolve";

function names(context: object) {
  return namesIn("444455556666", monitorNames(checkConfig(context, []).config));
}

describe("the monitor's names in an account", () => {
  test("are those of a deployment there", () => {
    expect(names({ namePrefix: "guard", trailName: "All" })).toMatchObject({
      bucket: "guard-logs-444455556666-us-east-1",
      trailArn: "arn:aws:cloudtrail:us-east-1:444455556666:trail/All",
      deliveriesTopicArn: "arn:aws:sns:us-east-1:444455556666:guard-deliveries",
      callerIdentityRule: "guard-root-get-caller-identity",
      rolePath: "/",
    });
    expect(names({ rolePath: "/security/" })).toMatchObject({
      callerIdentityRule: "GetCallerIdentityAlert",
      rolePath: "/security/",
    });
  });

  test("are those of what is there already", () => {
    const resources = {
      trail: { mode: "existing", id: "arn:aws:cloudtrail:us-east-1:444455556666:trail/management-events" },
      bucket: { mode: "existing", id: "company-logs" },
      deliveriesTopic: { mode: "existing", id: "arn:aws:sns:us-east-1:444455556666:new-files" },
    };

    expect(names({ resources })).toMatchObject({
      bucket: "company-logs",
      deliveriesTopicArn: "arn:aws:sns:us-east-1:444455556666:new-files",
      trail: "management-events",
      trailArn: "arn:aws:cloudtrail:us-east-1:444455556666:trail/management-events",
    });
  });
});

test("an organization's trail is the management account's, wherever the monitor is deployed", () => {
  const organization = { id: "o-a1b2c3d4e5", managementAccount: "111122223333" };

  expect(names({ organization })).toMatchObject({
    trailArn: "arn:aws:cloudtrail:us-east-1:111122223333:trail/MyCloudTrail",
    deliveriesTopicArn: "arn:aws:sns:us-east-1:444455556666:trailwarden-deliveries",
  });
});

describe("a pattern without the monitor's names", () => {
  const key = fc.constantFrom("x", "y", "z.x");
  const asked = fc.constantFrom<unknown>(
    ["a"],
    ["{{trail}}"],
    ["a", "{{trail}}"],
    [{ exists: false }],
    [{ prefix: "{{prefix}}" }],
  );
  const fields = fc.oneof(
    fc.dictionary(key, asked, { minKeys: 1, maxKeys: 2 }),
    fc.record({ z: fc.dictionary(fc.constantFrom("x", "y"), asked, { minKeys: 1, maxKeys: 2 }) }),
  );
  const detail = fc
    .tuple(fields, fc.option(fc.array(fields, { minLength: 2, maxLength: 3 })))
    .map(([own, or]) => (or ? { ...own, $or: or } : own));
  const value = fc.constantFrom("a", "b", "management-events", "trailwarden-x");
  const event = fc.record(
    { x: value, y: value, z: fc.record({ x: value, y: value }, { requiredKeys: [] }) },
    { requiredKeys: [] },
  );

  test("matches all that the pattern matches", () => {
    const known = { trail: "management-events", prefix: "trailwarden" };
    let matched = 0;
    fc.assert(
      fc.property(detail, event, (asks, content) => {
        const pattern = { source: ["aws.x"], detail: asks } as EventPattern;
        const happened = { source: "aws.x", detail: content };
        if (!matches(compilePattern(resolve(pattern, known)), happened)) return;
        matched++;
        expect(matches(compilePattern(withoutNames(pattern)), happened)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    expect(matched).toBeGreaterThan(100);
  });
});
