import { describe, expect, test } from "@jest/globals";
import { markdown } from "../../../plan-review/markdown";
import { synthesizeStack } from "../../constructs/synthesize-stack";
import { type Entry, entry, ids, review } from "../plans";
import { EVALUATED } from "./evaluated";
import { planOfStack } from "./plan";
import { put, valueAt } from "./put";
import { ORGANIZATION } from "./reach";

const REGIONS = ["eu-west-1", "eu-west-2", "us-west-2"];
const STACK = planOfStack(synthesizeStack({ regions: REGIONS, organization: ORGANIZATION }));
/** Of one region, and what all regions share. */
const FORWARDING = STACK.filter(({ address }) => /\.Forwarding_(eu-west-1_|Role)/.test(address));
const IRELAND = FORWARDING.filter(({ address }) => address.includes("eu-west-1"));

function planOf(changed: readonly Entry[]) {
  const by = new Map(changed.map((each) => [each.address, each]));
  return { format_version: "1.2", resource_changes: STACK.map((each) => by.get(each.address) ?? each) };
}

function altered({ address, change }: Entry, path: string, from: unknown, to: unknown): Entry {
  const steps = path.split(".");
  const before = from === undefined ? change.before : put(change.before, steps, from);
  return entry(address, ["update"], before, put(before, steps, to));
}

function destroyed(entries: readonly Entry[]): readonly Entry[] {
  return entries.map(({ address, change }) => entry(address, ["delete"], change.before, null));
}

/** Every attribute by which a forwarder, its queue or its role can become worse. */
const CASES = FORWARDING.flatMap((each) =>
  Object.entries(EVALUATED[each.type] ?? {}).flatMap(([path, { check, to, from, where }]) =>
    where !== undefined || (from === undefined && valueAt(each.change.before, path) === undefined)
      ? []
      : [[`${check}: ${each.address} ${path}`, each, path, check, from, to] as const],
  ),
);

test("forwarders have what can be weakened", () => {
  const types = new Set(CASES.map(([, { type }]) => type));

  expect([...types].sort()).toEqual([
    "aws_cloudwatch_event_rule",
    "aws_cloudwatch_event_target",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_sqs_queue",
  ]);
  expect(CASES.length).toBeGreaterThan(45);
});

test.each(CASES)("%s", (_, each, path, check, from, to) => {
  const { refused, indeterminate } = review(planOf([altered(each, path, from, to)]));

  expect([...ids(refused), ...ids(indeterminate)]).toContain(`${each.address}#${check}`);
  expect([...refused, ...indeterminate].filter(({ address }) => address !== each.address)).toEqual([]);
});

test.each(FORWARDING.map((each) => [each.address, each] as const))("%s is destroyed: refused", (address, each) => {
  expect(ids(review(planOf(destroyed([each]))).refused)).toEqual([`${address}#destroyed`]);
});

describe("a region that is taken off the list", () => {
  const { refused } = review(planOf(destroyed(IRELAND)));

  test("is refused, each of its resources, and nothing of another region", () => {
    expect(ids(refused)).toEqual(IRELAND.map(({ address }) => `${address}#destroyed`));
  });

  test("is named as one that is no longer watched within seconds", () => {
    const text = markdown(review(planOf(destroyed(IRELAND))));

    expect(text).toContain("The rule is destroyed. No longer watched within seconds: `eu-west-1`\n");
    expect(text).not.toContain("eu-west-2");
  });
});

test("what the stack set deploys is compared with the same checks", () => {
  const set = STACK.find(({ type }) => type === "aws_cloudformation_stack_set") as Entry;
  const { template_body: body } = set.change.before as { template_body: string };
  const template = JSON.parse(body);
  const rules = Object.keys(template.Resources).filter((id) => /^Forward\d/.test(id));

  expect(rules.length).toBeGreaterThan(3);
  for (const id of rules) {
    const weaker = JSON.stringify(put(template, ["Resources", id, "Properties", "State"], "DISABLED"));
    const found = review(planOf([altered(set, "template_body", undefined, weaker)]));

    expect(ids(found.refused)).toEqual([`${set.address}#stack-template`]);
    expect(found.refused[0]?.findings).toMatchObject([{ attribute: `template_body.Resources.${id}.state` }]);
  }
});
