import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { reviewJson } from "../../cli/review/review-json";
import { byRegion, isAlike } from "../../plan-review/by-region";
import { markdown } from "../../plan-review/markdown";
import { propertyRuns } from "../property-runs";
import { addressesIn, altering, BUS, destroying, forwardersIn, HOME, ONCE, planOfEntries } from "./forwarders";
import { type Entry, entry, ids, review } from "./plans";

const REGIONS = [
  ...["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
  ...["ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3"],
  ...["sa-east-1", "us-east-2", "us-west-1", "us-west-2", "af-south-1"],
];
const SIX = ["ec2", "s3", "iam", "kms", "sns", "sqs"].map((service) => ({
  source: [`aws.${service}`],
  detail: { eventName: ["One", "Two"] },
}));
const ALL = [...ONCE, ...REGIONS.flatMap((region) => forwardersIn(region, SIX))];

/** A plan in which every rule's pattern is another. */
function rewritten(pattern: object): readonly Entry[] {
  return ALL.map((each) => {
    if (each.type !== "aws_cloudwatch_event_rule") return each;
    const before = each.change.before as Record<string, string>;
    const event_pattern = JSON.stringify({ ...JSON.parse(before.event_pattern as string), ...pattern });
    return entry(each.address, ["update"], before, { ...before, event_pattern });
  });
}

function rendered(entries: readonly Entry[], accepting?: ReadonlyMap<string, string>): string {
  return markdown(review(planOfEntries(entries), accepting));
}

function linesWith(text: string, what: string): readonly string[] {
  return text.split("\n").filter((line) => line.includes(what));
}

describe("a catalogue change with 17 regions", () => {
  test("that forwards more is one line", () => {
    const text = rendered(rewritten({ detail: { eventName: ["One", "Two", "Three"] } }));

    const updated = linesWith(text, "updated");
    expect(updated).toHaveLength(1);
    expect(updated[0]).toMatch(/^\* 6 × rule in each of 17 regions \(`trailwarden-forward-1`, /);
    expect(updated[0]).toContain("`us-west-2`): updated: `event_pattern`");
    expect(text.split("\n").length).toBeLessThan(15);
  });

  test("that forwards less names each forwarder once, with all regions and every id", () => {
    const entries = rewritten({ detail: { eventName: ["One"] } });
    const text = rendered(entries);
    const { refused } = review(planOfEntries(entries));

    expect(refused).toHaveLength(102);
    expect(text).toMatch(/^## Refused: this plan weakens the monitoring \(102 violations\)\n/);
    expect(linesWith(text, "1 × rule in each of 17 regions")).toHaveLength(6);
    for (const id of ids(refused)) expect(text).toContain(`\`${id}\``);
    expect(text.split("\n").length).toBeLessThan(60);
  });

  test("is complete in JSON, each with its region", () => {
    const entries = rewritten({ detail: { eventName: ["One"] } });
    const json = JSON.parse(reviewJson(review(planOfEntries(entries))));

    expect(json.refused).toHaveLength(102);
    expect(json.touched).toHaveLength(102);
    expect([...new Set(json.refused.map(({ region }: { region: string }) => region))].sort()).toEqual(
      [...REGIONS].sort(),
    );
  });
});

test("one thing that happens to several forwarders in several regions is one violation to read", () => {
  const two = ["eu-west-1", "eu-west-2"];
  const entries = two.reduce<readonly Entry[]>(
    (plan, region) =>
      SIX.reduce((so, _, index) => altering(so, addressesIn(region).rule(index + 1), { state: "DISABLED" }), plan),
    ALL,
  );
  const text = rendered(entries);

  expect(linesWith(text, "The rule is disabled")).toEqual([
    "* 6 × rule in each of 2 regions (a rule for CloudTrail events): The rule is disabled",
  ]);
  expect(linesWith(text, "`state`: ")).toEqual(["  * `state`: `ENABLED` → `DISABLED`"]);
});

test("one region's is named by its address", () => {
  const { rule } = addressesIn("eu-west-1");
  const text = rendered(altering(ALL, rule(1), { state: "DISABLED" }));

  expect(linesWith(text, "The rule is disabled")).toEqual([
    `* \`${rule(1)}\` (a rule for CloudTrail events): The rule is disabled`,
  ]);
  expect(text).not.toContain("eu-west-2");
});

test("values that have the region differ by it alone", () => {
  const moved = REGIONS.slice(0, 2).reduce<readonly Entry[]>(
    (plan, region) => altering(plan, addressesIn(region).target(1), { arn: BUS.replace(HOME, region) }),
    ALL,
  );

  expect(linesWith(rendered(moved), "`arn`: ")).toEqual([`  * \`arn\`: \`${BUS}\` → \`${BUS.replace(HOME, "*")}\``]);
});

test("what is accepted for different reasons is read apart", () => {
  const entries = ["eu-west-1", "eu-west-2"].reduce<readonly Entry[]>(
    (plan, region) => altering(plan, addressesIn(region).rule(1), { state: "DISABLED" }),
    ALL,
  );
  const id = (region: string) => `${addressesIn(region).rule(1)}#rule-disabled`;
  const text = rendered(
    entries,
    new Map([
      [id("eu-west-1"), "moved away"],
      [id("eu-west-2"), "never used"],
    ]),
  );

  expect(linesWith(text, "Reason: ")).toEqual([
    `  * Accepted: \`${id("eu-west-1")}\`. Reason: moved away`,
    `  * Accepted: \`${id("eu-west-2")}\`. Reason: never used`,
  ]);
});

test("a sensitive name groups nothing, and is not shown", () => {
  const entries = ["eu-west-1", "eu-west-2"].reduce<readonly Entry[]>(
    (plan, region) =>
      altering(plan, addressesIn(region).rule(1), { state: "DISABLED" }).map((each) =>
        each.address === addressesIn(region).rule(1)
          ? { ...each, change: { ...each.change, before_sensitive: { name: true } } }
          : each,
      ),
    ALL,
  );

  expect(rendered(entries)).not.toContain("trailwarden-forward-1");
  expect(linesWith(rendered(entries), "The rule is disabled")).toHaveLength(2);
});

test("grouping loses and doubles nothing, whatever things are called", () => {
  const few = (...texts: string[]) => fc.option(fc.constantFrom(...texts), { nil: undefined });
  const item = fc.record({
    label: fc.constantFrom("the rule", "the queue"),
    region: few("eu-west-1", "eu-west-2", "us-east-1"),
    name: few("a", "b", "*", "eu-west-1"),
    said: fc.oneof(fc.constantFrom("x", "eu-west-1", "eu-west-2", "*"), fc.string()),
  });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 30 }), (given) => {
      const items = given.map(({ region, name, ...rest }, index) => ({
        ...rest,
        index,
        ...(region !== undefined && { region }),
        ...(name !== undefined && { name }),
      }));
      const found = byRegion(items, ({ said }) => said);
      const all = found.flatMap((each) => (isAlike(each) ? each.members : [each]));

      expect(all.map(({ index }) => index).sort((a, b) => a - b)).toEqual(items.map(({ index }) => index));
      for (const each of found) {
        if (!isAlike(each)) continue;
        const saying = new Set(each.members.map(({ said, region = "" }) => said.replaceAll(region, "*")));
        expect([saying.size, new Set(each.members.map(({ label }) => label)).size]).toEqual([1, 1]);
        expect(each.regions.length).toBeGreaterThan(1);
      }
    }),
    { numRuns: propertyRuns(200) },
  );
});

test("moved or destroyed ones are counted, too", () => {
  const text = rendered(destroying(ALL, (address) => /forward\["eu-west-[12]/.test(address)));

  expect(linesWith(text, "queue in each of 2 regions")).toHaveLength(2);
});
