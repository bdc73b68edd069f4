import { describe, expect, test } from "@jest/globals";
import { markdown } from "../../plan-review/markdown";
import { Monitoring } from "../../plan-review/monitoring/monitoring";
import { planOf } from "../../plan-review/plan/read-plan";
import {
  ACCOUNT,
  addressesIn,
  altering,
  BUS,
  destroying,
  forwardersIn,
  HOME,
  ONCE,
  planOfEntries,
  policy,
} from "./forwarders";
import { type Entry, entry, ids, review } from "./plans";

const REGIONS = ["ap-south-1", "eu-west-1", "eu-west-2"];
const ALL = [...ONCE, ...REGIONS.flatMap((region) => forwardersIn(region))];
const IRELAND = addressesIn("eu-west-1");

function monitoringOf(entries: readonly Entry[], more: object = {}): Monitoring {
  return new Monitoring(planOf({ ...planOfEntries(entries), ...more }));
}

function outcome(entries: readonly Entry[]) {
  const { refused, indeterminate } = review(planOfEntries(entries));
  return { refused: ids(refused), indeterminate: ids(indeterminate) };
}

function without(entries: readonly Entry[], attribute: string): readonly Entry[] {
  return entries.map(({ address, change }) => {
    const { [attribute]: _, ...values } = change.before as Record<string, unknown>;
    return entry(address, ["no-op"], values, values);
  });
}

describe("what forwarders are made of", () => {
  test("belongs to the monitoring, in every region, with the bus's policy, role and queues", () => {
    const monitoring = monitoringOf(ALL);

    expect(ALL.filter(({ address }) => monitoring.reason(address) === undefined)).toEqual([]);
    expect(monitoring.reason("aws_cloudwatch_event_bus_policy.home")).toMatchObject({
      text: "the policy of the receiver of",
    });
    expect(monitoring.reason("aws_iam_role.forward")).toMatchObject({ text: "the role of" });
  });

  test("is tied to its own region's: names are the same in all", () => {
    const monitoring = monitoringOf(ALL);

    expect(monitoring.referring(IRELAND.rule(1), "aws_cloudwatch_event_target")).toEqual([IRELAND.target(1)]);
    expect(monitoring.referred(IRELAND.target(1), "aws_cloudwatch_event_rule")).toEqual([IRELAND.rule(1)]);
    expect(monitoring.referred(IRELAND.target(2), "aws_sqs_queue")).toEqual([IRELAND.queue]);
  });

  test("is tied to the home bus's policy, and not to one of its own region's bus", () => {
    const elsewhere = { id: "default", region: "eu-west-1", event_bus_name: "default", policy: policy() };
    const other = entry("aws_cloudwatch_event_bus_policy.ireland", ["no-op"], elsewhere, elsewhere);
    const monitoring = monitoringOf([...ALL, other]);

    expect(monitoring.referred(IRELAND.target(1), "aws_cloudwatch_event_bus_policy")).toEqual([
      "aws_cloudwatch_event_bus_policy.home",
    ]);
    expect(monitoring.referred(IRELAND.rule(1), "aws_cloudwatch_event_bus_policy")).toEqual([
      "aws_cloudwatch_event_bus_policy.ireland",
    ]);
  });

  test("where nothing shows a region, the provider's tells them apart", () => {
    const named = (label: string) => forwardersIn("any").map((each) => ({ ...each, label }));
    const entries = ["a", "b"].flatMap((label) =>
      without(without(named(label), "region"), "arn")
        .filter(({ type }) => /event_(rule|target)/.test(type))
        .map((each, index) => ({ ...each, address: `${each.type}.${label}${Math.floor(index / 2)}` })),
    );
    const resources = entries.map(({ address, type }) => ({
      address,
      type,
      mode: "managed",
      provider_config_key: address.includes(".a") ? "aws.ireland" : "aws.london",
    }));
    const region = (value: string) => ({ name: "aws", expressions: { region: { constant_value: value } } });
    const configuration = {
      root_module: { resources },
      provider_config: { "aws.ireland": region("eu-west-1"), "aws.london": region("eu-west-2") },
    };
    const monitoring = monitoringOf(entries, { configuration });

    expect(monitoring.referring("aws_cloudwatch_event_rule.a0", "aws_cloudwatch_event_target")).toEqual([
      "aws_cloudwatch_event_target.a0",
    ]);
  });

  test("two deployments under one name, each in a region of its own, are not mixed up", () => {
    const tidy = (prefix: string, entries: readonly Entry[]) =>
      entries.map((each) => ({ ...each, address: `module.${prefix}.${each.address}` }));
    const both = [...tidy("one", forwardersIn("eu-west-1")), ...tidy("two", forwardersIn("eu-west-2"))];
    const monitoring = monitoringOf([...ONCE, ...both]);

    expect(monitoring.referring(`module.two.${addressesIn("eu-west-2").queue}`, "aws_cloudwatch_event_target")).toEqual(
      [1, 2].map((number) => `module.two.${addressesIn("eu-west-2").target(number)}`),
    );
  });
});

describe("a forwarder that is weakened is refused, and no other region's is named", () => {
  const queue = `arn:aws:sqs:eu-west-1:${ACCOUNT}:trailwarden-forward-dlq`;

  test.each<[string, string, object]>([
    ["rule-disabled", IRELAND.rule(1), { state: "DISABLED" }],
    [
      "rule-pattern",
      IRELAND.rule(1),
      { event_pattern: '{"source":["aws.ec2"],"detail":{"eventName":["RunInstances"]}}' },
    ],
    ["target-moved", IRELAND.target(1), { arn: BUS.replace(HOME, "eu-west-1") }],
    ["target-moved", IRELAND.target(1), { arn: BUS.replace("default", "other") }],
    ["target-input", IRELAND.target(1), { input_path: "$.detail" }],
    ["target-input", IRELAND.target(1), { input: "{}" }],
    ["role-changed", IRELAND.target(1), { role_arn: "" }],
    ["dead-letters", IRELAND.target(1), { dead_letter_config: [] }],
    [
      "retries",
      IRELAND.target(1),
      { retry_policy: [{ maximum_event_age_in_seconds: 60, maximum_retry_attempts: 185 }] },
    ],
    ["retention", IRELAND.queue, { message_retention_seconds: 60 }],
    ["policy-statement", IRELAND.policy, { policy: policy() }],
    ["role-permissions", "aws_iam_role_policy.forward", { policy: policy() }],
    [
      "role-permissions",
      "aws_iam_role_policy.forward",
      { policy: policy({ Effect: "Allow", Action: "events:PutEvents", Resource: BUS.replace(HOME, "eu-west-1") }) },
    ],
    ["policy-statement", "aws_iam_role.forward", { assume_role_policy: policy() }],
  ])("%s: %s", (check, address, after) => {
    const entries = ALL.map((each) => {
      if (each.address !== IRELAND.queue) return each;
      const values = { ...(each.change.before as object), message_retention_seconds: 1_209_600, arn: queue };
      return entry(each.address, ["no-op"], values, values);
    });

    expect(outcome(altering(entries, address, after))).toEqual({
      refused: [`${address}#${check}`],
      indeterminate: [],
    });
  });

  test("by losing its read-only events", () => {
    const all = { state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" };
    const entries = ALL.map((each) =>
      each.address === IRELAND.rule(2)
        ? entry(each.address, ["update"], { ...(each.change.before as object), ...all }, each.change.before)
        : each,
    );

    expect(outcome(entries)).toEqual({ refused: [`${IRELAND.rule(2)}#rule-read-only`], indeterminate: [] });
  });

  test("another role may do: the review asks to look", () => {
    const role_arn = `arn:aws:iam::${ACCOUNT}:role/other`;

    expect(outcome(altering(ALL, IRELAND.target(1), { role_arn }))).toEqual({
      refused: [],
      indeterminate: [`${IRELAND.target(1)}#role-changed`],
    });
  });
});

test("a rule made under the name of one in another region overwrites nothing", () => {
  const made = forwardersIn("eu-north-1").map(({ address, change }) => entry(address, ["create"], null, change.before));

  expect(outcome([...ALL, ...made])).toEqual({ refused: [], indeterminate: [] });
});

describe("a region that is taken off the list", () => {
  const gone = (address: string) => address.includes("eu-west-1/") || address.includes('"eu-west-1"');
  const whats = (entries: readonly Entry[], address: string) =>
    review(planOfEntries(entries)).refused.flatMap((each) =>
      each.address === address ? each.findings.map(({ what }) => what) : [],
    );

  test("is no longer watched within seconds", () => {
    const entries = destroying(ALL, gone);

    expect(whats(entries, IRELAND.rule(2))).toEqual([
      "The rule is destroyed. No longer watched within seconds: `eu-west-1`",
    ]);
    expect(outcome(entries).refused.filter((id) => id.includes("eu-west-2"))).toEqual([]);
  });

  test("is watched less when one of its forwarders goes", () => {
    const entries = destroying(ALL, (address) => address === IRELAND.rule(2) || address === IRELAND.target(2));

    expect(whats(entries, IRELAND.rule(2))).toEqual([
      `The rule is destroyed. Fewer events arrive within seconds from: \`eu-west-1\`. This plan lacks the rules of \`${BUS}\`: if none of them needs what is lost, accept the violation`,
    ]);
  });

  test("is read in one line with another", () => {
    const entries = destroying(ALL, (address) => /"eu-west-[12]/.test(address));

    expect(markdown(review(planOfEntries(entries)))).toContain(
      "\n* 2 × rule in each of 2 regions (a rule for CloudTrail events): The rule is destroyed. No longer watched within seconds: `eu-west-1`, `eu-west-2`\n",
    );
  });
});

describe("what another forwarder of the region passes on", () => {
  const [users, more] = [["CreateUser"], ["CreateUser", "DeleteUser"]].map((eventName) => ({
    source: ["aws.iam"],
    detail: { eventName },
  })) as [object, object];
  const isSecond = (address: string) => address === IRELAND.rule(2) || address === IRELAND.target(2);
  const plan = (first: object, second: object) => [...ONCE, ...forwardersIn("eu-west-1", [first, second])];

  test("isn't lost with a forwarder that goes", () => {
    expect(outcome(destroying(plan(more, users), isSecond))).toEqual({ refused: [], indeterminate: [] });
    expect(outcome(destroying(plan(users, more), isSecond)).refused).toEqual(
      [IRELAND.rule(2), IRELAND.target(2)].map((address) => `${address}#destroyed`),
    );
  });

  test("isn't lost with a pattern that is narrowed", () => {
    const event_pattern = JSON.stringify(users);

    expect(outcome(altering(plan(more, more), IRELAND.rule(2), { event_pattern }))).toEqual({
      refused: [],
      indeterminate: [],
    });
  });

  test("is lost where the other is disabled, or is another region's", () => {
    const event_pattern = JSON.stringify(users);
    const disabled = altering(plan(more, more), IRELAND.rule(1), { state: "DISABLED" });
    const elsewhere = [...ONCE, ...forwardersIn("eu-west-1", [more]), ...forwardersIn("eu-west-2", [more])];

    expect(outcome(altering(disabled, IRELAND.rule(2), { event_pattern })).refused).toContain(
      `${IRELAND.rule(2)}#rule-pattern`,
    );
    expect(outcome(altering(elsewhere, IRELAND.rule(1), { event_pattern })).refused).toEqual([
      `${IRELAND.rule(1)}#rule-pattern`,
    ]);
  });
});
