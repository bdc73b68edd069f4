// Over 250 lines: one table of what a template may lose.
import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../detection/catalogue/catalogue";
import { hasRule } from "../../detection/definition/detection";
import { compileForwarders } from "../../detection/forwarding/compile-forwarders";
import type { Forwarder } from "../../detection/forwarding/forwarder";
import { memberTemplate } from "../../detection/forwarding/member-template";
import { planOfEntries } from "./forwarders";
import { type Entry, entry, ids, NOTHING, review } from "./plans";

const SET = "aws_cloudformation_stack_set.members";
const FORWARDERS = compileForwarders(catalogue.filter(hasRule));
const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

// biome-ignore lint/suspicious/noExplicitAny: a template's JSON, which is cut in any place.
type Edit = (resources: any, whole: any) => unknown;

function template(forwarders: readonly Forwarder[] = FORWARDERS): string {
  return memberTemplate({
    forwarders,
    namePrefix: "trailwarden",
    homeRegion: "us-east-1",
    globalRegion: "us-east-1",
  });
}

const VALUES = {
  name: "trailwarden-members",
  arn: "arn:aws:cloudformation:us-east-1:123456789012:stackset/trailwarden-members:1",
  template_body: template(),
  parameters: { CentralAccount: "123456789012", NamePrefix: "trailwarden" },
  capabilities: ["CAPABILITY_NAMED_IAM"],
  auto_deployment: [{ enabled: true, retain_stacks_on_account_removal: false }],
};
const ADDED = `${SET}#stack-template`;

function instance(unit: string, region: string): Entry {
  const values = {
    stack_set_name: VALUES.name,
    stack_set_instance_region: region,
    region: "us-east-1",
    deployment_targets: [{ organizational_unit_ids: [unit] }],
  };
  return entry(`aws_cloudformation_stack_set_instance.${unit}-${region}`, ["no-op"], values, values);
}

const INSTANCES = ["eu-west-1", "eu-west-2"].flatMap((region) => [instance("ou-a", region), instance("ou-b", region)]);

function plan(after: object, before: object = {}): readonly Entry[] {
  const values = { ...VALUES, ...before };
  return [entry(SET, ["update"], values, { ...values, ...after }), ...INSTANCES];
}

function outcome(entries: readonly Entry[]) {
  const { refused, indeterminate } = review(planOfEntries(entries));
  return { refused: ids(refused), indeterminate: ids(indeterminate) };
}

/** The template after a change to it. */
function edited(edit: Edit, from = VALUES.template_body): string {
  const whole = JSON.parse(from);
  edit(whole.Resources, whole);
  return JSON.stringify(whole);
}

test("the stack set belongs to the monitoring by its template's rules, and its instances by it", () => {
  const { watched } = review(planOfEntries(plan({})));

  expect(watched).toBe(1 + INSTANCES.length);
});

test("a stack set for something else doesn't, nor do its instances", () => {
  const body = JSON.stringify({ Resources: { Queue: { Type: "AWS::SQS::Queue" } } });
  const { watched } = review(planOfEntries(plan({}, { template_body: body })));

  expect(watched).toBe(0);
});

describe("a template that deploys weaker forwarders is refused", () => {
  test.each<[string, string, Edit]>([
    ["a rule is gone", "The template lacks the rule `Forward1`", (all) => delete all.Forward1],
    ["a rule is disabled", "The rule is disabled", ({ Forward1 }) => (Forward1.Properties.State = "DISABLED")],
    [
      "a rule matches less",
      "The rule no longer matches, for example",
      ({ Forward2 }) => {
        const { EventPattern: pattern } = Forward2.Properties;
        Forward2.Properties.EventPattern = { ...pattern, detail: { ...pattern.detail, awsRegion: ["eu-west-1"] } };
      },
    ],
    [
      "events go to another bus",
      "Events go to another target",
      ({ Forward1 }) => (Forward1.Properties.Targets[0].Arn = { "Fn::Sub": "arn:aws:events:us-east-1:1:event-bus/x" }),
    ],
    [
      "events go nowhere",
      "The template lacks the rule's target `Forward1.central`",
      ({ Forward1 }) => (Forward1.Properties.Targets = []),
    ],
    [
      "events are cut",
      "A program that received the whole event",
      ({ Forward1 }) => (Forward1.Properties.Targets[0].InputPath = "$.detail.eventName"),
    ],
    [
      "the dead-letter queue is left out",
      "Messages that cannot be delivered",
      ({ Forward1 }) => delete Forward1.Properties.Targets[0].DeadLetterConfig,
    ],
    [
      "events are tried less",
      "Events that cannot be delivered are dropped sooner",
      ({ Forward1 }) => (Forward1.Properties.Targets[0].RetryPolicy.MaximumRetryAttempts = 0),
    ],
    ["no role is left", "The resource has no role", ({ Forward1 }) => delete Forward1.Properties.Targets[0].RoleArn],
    ["the role may nothing", "The role loses permissions", ({ Role }) => (Role.Properties.Policies = [])],
    [
      "the role may send elsewhere only",
      "The role loses permissions",
      ({ Role }) => (Role.Properties.Policies[0].PolicyDocument.Statement[0].Resource = "arn:aws:events:us-east-1:1:x"),
    ],
    [
      "no one may take the role",
      "A principal that the monitoring needs is no longer allowed",
      ({ Role }) => (Role.Properties.AssumeRolePolicyDocument.Statement = []),
    ],
    ["the queue is gone", "The template lacks the queue `DeadLetters`", (all) => delete all.DeadLetters],
    [
      "the queue takes nothing",
      "A principal that the monitoring needs is no longer allowed",
      ({ DeadLettersPolicy }) => DeadLettersPolicy.Properties.PolicyDocument.Statement.shift(),
    ],
    ["the queue keeps less", "lost sooner", ({ DeadLetters }) => (DeadLetters.Properties.MessageRetentionPeriod = 60)],
  ])("%s", (_, what, edit) => {
    const entries = plan({ template_body: edited(edit) });
    const { refused } = review(planOfEntries(entries));

    expect(ids(refused)).toEqual([ADDED]);
    expect(refused.flatMap(({ findings }) => findings.map((finding) => finding.what)).join("\n")).toContain(what);
  });

  test("a rule loses its read-only events", () => {
    const index = FORWARDERS.findIndex(({ state }) => state === ALL) + 1;
    const body = edited((all) => {
      all[`Forward${index}`].Properties.State = "ENABLED";
    });

    expect(index).toBeGreaterThan(0);
    expect(outcome(plan({ template_body: body })).refused).toEqual([ADDED]);
  });

  test("a parameter leads elsewhere", () => {
    expect(outcome(plan({ parameters: { ...VALUES.parameters, CentralAccount: "999999999999" } })).refused).toEqual([
      ADDED,
    ]);
  });

  test("with a template that is sensitive, of which nothing is shown", () => {
    const [set, ...rest] = plan({ template_body: edited((all) => delete all.Forward1) });
    const sensitive = { before_sensitive: { template_body: true }, after_sensitive: { template_body: true } };
    const { refused } = review(
      planOfEntries([{ ...(set as Entry), change: { ...set?.change, ...sensitive } }, ...rest]),
    );

    expect(JSON.stringify(refused[0]?.findings)).not.toMatch(/Forward1|aws\./);
  });
});

describe("a template passes that forwards the same or more", () => {
  test("laid out otherwise", () => {
    expect(outcome(plan({ template_body: edited(() => undefined) }))).toEqual(NOTHING);
  });

  test("whose rules share out the same events otherwise", () => {
    const rule = (number: number, eventName: readonly string[]): Forwarder => ({
      pattern: { source: [`aws.${number}`, "aws.iam"], detail: { eventName } },
      state: "ENABLED",
      where: "everywhere",
    });
    const [before, after] = [
      [rule(1, ["CreateUser", "DeleteUser"]), rule(1, ["CreateRole"])],
      [rule(1, ["CreateUser"]), rule(1, ["DeleteUser", "CreateRole"])],
    ];

    expect(outcome(plan({ template_body: template(after) }, { template_body: template(before) }))).toEqual(NOTHING);
    expect(
      outcome(plan({ template_body: template(after.slice(1)) }, { template_body: template(before) })).refused,
    ).toEqual([ADDED]);
  });
});

describe("what the plan doesn't show is indeterminate", () => {
  test.each<[string, object, object]>([
    ["YAML", { template_body: "Resources: {Rule: {Type: AWS::Events::Rule, Source: aws.iam}}" }, {}],
    [
      "another place of the template",
      { template_url: "https://example.com/b" },
      { template_url: "https://example.com/a" },
    ],
    ["other conditions", { template_body: edited((_, whole) => delete whole.Conditions.Sends) }, {}],
    ["another condition", { template_body: edited(({ Forward1 }) => delete Forward1.Condition) }, {}],
    ["another resource", { template_body: edited((all) => delete all.Always) }, {}],
  ])("%s", (_, after, before) => {
    expect(outcome(plan(after, before))).toEqual({ refused: [], indeterminate: [ADDED] });
  });

  test("a template that only the apply will know", () => {
    const [set, ...rest] = plan({ template_body: null });
    const unknown = { ...(set as Entry), change: { ...set?.change, after_unknown: { template_body: true } } };

    expect(outcome([unknown, ...rest])).toEqual({ refused: [], indeterminate: [ADDED] });
  });
});

describe("fewer accounts or regions", () => {
  test("new accounts get no forwarders", () => {
    expect(outcome(plan({ auto_deployment: [] })).refused).toEqual([`${SET}#stack-set-reach`]);
  });

  test("an instance is destroyed: members of its region send nothing within seconds", () => {
    const [gone, ...others] = INSTANCES as [Entry, ...Entry[]];
    const values = gone.change.before;
    const { refused } = review(
      planOfEntries([entry(SET, ["no-op"], VALUES, VALUES), entry(gone.address, ["delete"], values, null), ...others]),
    );

    expect(refused).toMatchObject([
      {
        id: `${gone.address}#destroyed`,
        findings: [
          {
            what: "The stack set's instance is destroyed. Members' events no longer arrive within seconds from: `eu-west-1`",
          },
        ],
      },
    ]);
  });

  test.each<[string, object, string]>([
    ["regions", { regions: ["eu-west-1"] }, "from: `eu-west-2`"],
    ["accounts", { accounts: ["111111111111"] }, "Accounts lose their forwarders: `222222222222`"],
    [
      "units",
      { deployment_targets: [{ organizational_unit_ids: ["ou-a"] }] },
      "Organizational units lose their forwarders: `ou-b`",
    ],
  ])("an instance list has fewer %s", (_, after, what) => {
    const before = {
      stack_set_name: VALUES.name,
      regions: ["eu-west-1", "eu-west-2"],
      accounts: ["111111111111", "222222222222"],
      deployment_targets: [{ organizational_unit_ids: ["ou-a", "ou-b"] }],
    };
    const address = "aws_cloudformation_stack_instances.members";
    const { refused } = review(
      planOfEntries([
        entry(SET, ["no-op"], VALUES, VALUES),
        entry(address, ["update"], before, { ...before, ...after }),
      ]),
    );

    expect(ids(refused)).toEqual([`${address}#stack-set-reach`]);
    expect(refused[0]?.findings[0]?.what).toContain(what);
  });
});
