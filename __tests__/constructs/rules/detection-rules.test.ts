// Over 250 lines: every property of a rule, on one synthesized stack.
import { describe, expect, test } from "@jest/globals";
import { withNames } from "../../../assertions/names";
import { reference, resources, theAttributes, theResource } from "../../../assertions/resources";
import type { SynthesizedStack } from "../../../assertions/synthesized-stack";
import { GIVEN } from "../../../config/custom-detections/fixture-names";
import { SynthError } from "../../../constructs/deployment/synth-error";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { trailStopped } from "../../../detection/catalogue/logging/trail-stopped";
import { type Detection, hasRule } from "../../../detection/definition/detection";
import { namesFrom } from "../../../detection/definition/names";
import { resolve } from "../../../detection/pattern/resolve";
import type { Refinement } from "../../../detection/refinements/refinement";
import { ACCOUNT, PARTITION, synthesizeStack } from "../synthesize-stack";

const ALL_EVENTS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

const stack = synthesizeStack();
const rules = resources(stack, "aws_cloudwatch_event_rule");
const targets = resources(stack, "aws_cloudwatch_event_target");

const key = (path: string) => reference(theResource(stack, "aws_kms_key", path), "key_id");
const NAMES_IN_TERRAFORM = namesFrom({
  ...GIVEN,
  partition: PARTITION,
  account: ACCOUNT,
  bucket: reference(theResource(stack, "aws_s3_bucket"), "bucket"),
  archiveKeyId: key("ArchiveKey"),
  alertsKeyId: key("AlertsKey"),
});

function nameOf({ id, ruleName }: Detection): string {
  return ruleName ?? `trailwarden-${id}`;
}

function ruleOf(from: SynthesizedStack, name: string) {
  const found = resources(from, "aws_cloudwatch_event_rule").find(({ attributes }) => attributes.name === name);
  if (found === undefined) throw new Error(`no rule is called ${name}`);
  return found;
}

function targetsOf(from: SynthesizedStack, name: string) {
  return resources(from, "aws_cloudwatch_event_target").filter(
    ({ attributes }) => withNames(from, attributes.rule) === name,
  );
}

describe("rules", () => {
  test("are one per detection that alerts and is not for the log path alone", () => {
    const expected = catalogue.filter(({ tier, path }) => tier === "alert" && path !== "log").map(nameOf);

    expect(rules.map(({ attributes }) => attributes.name).sort()).toEqual([...expected].sort());
  });

  test("see read-only calls unless every call they name is a change", () => {
    expect(Object.fromEntries(rules.map(({ attributes }) => [attributes.name, attributes.state]))).toMatchObject({
      GetCallerIdentityAlert: ALL_EVENTS,
      "trailwarden-deletion-burst": ALL_EVENTS,
      "trailwarden-root-credentials-used": ALL_EVENTS,
      "trailwarden-unauthorized-ec2-call": ALL_EVENTS,
      "trailwarden-console-login-failures": "ENABLED",
      "trailwarden-console-login-without-mfa": "ENABLED",
      "trailwarden-costly-resource-created": "ENABLED",
      "trailwarden-data-destroyed": "ENABLED",
      "trailwarden-root-console-login": "ENABLED",
      "trailwarden-trail-stopped": "ENABLED",
      "trailwarden-log-archive-changed": "ENABLED",
      "trailwarden-log-files-deleted": "ENABLED",
      "trailwarden-monitoring-changed": "ENABLED",
      "trailwarden-monitoring-function-changed": ALL_EVENTS,
      "trailwarden-monitoring-storage-changed": "ENABLED",
      "trailwarden-monitoring-subscriptions-changed": "ENABLED",
      "trailwarden-monitoring-topics-changed": "ENABLED",
    });
  });

  test.each(catalogue.filter(hasRule))("look for exactly what the catalogue says: $id", (detection) => {
    const { event_pattern } = ruleOf(stack, nameOf(detection)).attributes;

    expect(JSON.parse(String(event_pattern))).toEqual(resolve(detection.pattern, NAMES_IN_TERRAFORM));
  });

  test("are on the default bus, and so are their targets", () => {
    for (const { attributes } of [...rules, ...targets]) expect(attributes).not.toHaveProperty("event_bus_name");
  });

  test("are all named so that the queues let them in", () => {
    for (const { attributes } of rules) expect(attributes.name).toMatch(/^(trailwarden-.+|GetCallerIdentityAlert)$/);
  });

  test("say what they look for", () => {
    for (const { attributes } of rules) expect(attributes.description).toMatch(/^(CRITICAL|HIGH|MEDIUM|LOW): \S/);
  });
});

describe("targets", () => {
  const eventsQueueArn = reference(theResource(stack, "aws_sqs_queue", "EventsQueue"), "arn");
  const urgentTopicArn = reference(theResource(stack, "aws_sns_topic", "UrgentTopic"), "arn");

  test.each(catalogue.filter(hasRule))("are the events queue, and by route the urgent topic: $id", (detection) => {
    const arns = targetsOf(stack, nameOf(detection)).map(({ attributes }) => attributes.arn);

    expect(arns).toEqual(detection.route === "topic" ? [eventsQueueArn, urgentTopicArn] : [eventsQueueArn]);
  });

  test("all belong to a rule and leave what they can't deliver in the targets' dead-letter queue", () => {
    const arn = reference(theResource(stack, "aws_sqs_queue", "TargetDeadLetters_Queue"), "arn");
    const ruleNames = rules.map(({ attributes }) => attributes.name);

    for (const { attributes } of targets) {
      expect(ruleNames).toContain(withNames(stack, attributes.rule));
      expect(attributes.dead_letter_config).toEqual({ arn });
    }
  });

  test("are all added after the policies that let EventBridge in", () => {
    for (const { attributes } of targets) {
      expect(attributes.depends_on).toEqual([
        theResource(stack, "aws_sqs_queue_policy", "EventsQueue_Policy").address,
        theResource(stack, "aws_sns_topic_policy", "UrgentTopic_Policy").address,
        theResource(stack, "aws_sqs_queue_policy", "TargetDeadLetters_Policy").address,
      ]);
    }
  });

  test("hand the queue the event itself", () => {
    for (const { attributes } of targets.filter((target) => target.attributes.arn === eventsQueueArn)) {
      expect(attributes).not.toHaveProperty("input_transformer");
      expect(attributes).not.toHaveProperty("input_path");
      expect(attributes).not.toHaveProperty("input");
    }
  });
});

test("GetCallerIdentityAlert has exactly the pattern of the brief", () => {
  const { event_pattern } = ruleOf(stack, "GetCallerIdentityAlert").attributes;

  expect(JSON.parse(String(event_pattern))).toEqual({
    source: ["aws.sts"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["sts.amazonaws.com"],
      eventName: ["GetCallerIdentity"],
      userIdentity: { type: ["Root"] },
    },
  });
});

describe("a second deployment in the region", () => {
  const other = synthesizeStack({ namePrefix: "guard" });

  test("has no rule of the first one's names, which it would overwrite", () => {
    const names = (of: typeof stack) =>
      resources(of, "aws_cloudwatch_event_rule").map(({ attributes }) => attributes.name);

    expect(names(other).filter((name) => names(stack).includes(name))).toEqual([]);
    expect(names(other)).toContain("guard-root-get-caller-identity");
  });

  test("watches its own rules, not the first one's", () => {
    const { event_pattern } = ruleOf(other, "guard-monitoring-changed").attributes;

    expect(String(event_pattern)).toContain('"guard-root-get-caller-identity"');
    expect(String(event_pattern)).not.toContain("GetCallerIdentityAlert");
    expect(String(ruleOf(stack, "trailwarden-monitoring-changed").attributes.event_pattern)).toContain(
      '"GetCallerIdentityAlert"',
    );
  });

  test("lets no rule of the first one into its queue", () => {
    const policy = resources(other, "aws_sqs_queue_policy").map(({ attributes }) => attributes.policy);

    expect(JSON.stringify(policy)).toContain("rule/guard-*");
    expect(JSON.stringify(policy)).not.toContain("GetCallerIdentityAlert");
  });
});

describe("a detection that is switched off", () => {
  const disabledDetections = ["trail-stopped", "root-get-caller-identity"];
  const without = synthesizeStack({ disabledDetections });

  test("has no rule and no target", () => {
    const off = ["trailwarden-trail-stopped", "GetCallerIdentityAlert"];
    const names = resources(without, "aws_cloudwatch_event_rule").map(({ attributes }) => String(attributes.name));

    expect(names.filter((name) => off.includes(name))).toEqual([]);
    expect(names).toHaveLength(rules.length - off.length);
    expect(resources(without, "aws_cloudwatch_event_target")).toHaveLength(targets.length - 3);
  });

  test("is known to the function", () => {
    expect(theAttributes(without, "aws_lambda_function").environment).toMatchObject({
      variables: { DISABLED_DETECTIONS: "trail-stopped,root-get-caller-identity" },
    });
  });
});

describe("what EventBridge would not take is refused", () => {
  test("a rule's name of more than 64 characters, with how to mend it", () => {
    const namePrefix = "a".repeat(50);
    const name = `${namePrefix}-root-console-login`;
    const rootConsoleLogin = catalogue.filter(({ id }) => id === "root-console-login");

    expect(() => synthesizeStack({}, { unchecked: { namePrefix }, catalogue: rootConsoleLogin })).toThrow(
      `EventBridge rule name "${name}" has ${name.length} characters, at most 64 are allowed: shorten namePrefix`,
    );
  });

  test("a pattern of more than 2,048 characters", () => {
    const eventName = Array.from({ length: 200 }, (_, index) => `DeleteThing${index}`);
    const long: Detection = { ...trailStopped, id: "long", pattern: { source: ["aws.x"], detail: { eventName } } };

    expect(() => synthesizeStack({}, { catalogue: [long] })).toThrow(
      /pattern of detection "long" has \d+ characters, EventBridge takes at most 2048/,
    );
  });

  test("a pattern with an operator that there is not", () => {
    const pattern = { source: ["aws.x"], detail: { eventName: [{ regex: "x" }] } } as unknown as Detection["pattern"];

    expect(() => synthesizeStack({}, { catalogue: [{ ...trailStopped, pattern }] })).toThrow(/regex/);
  });
});

describe("refinements", () => {
  const fromOutside: Refinement = { kind: "publicIp", field: "sourceIPAddress" };
  const refined: Detection = { ...trailStopped, id: "refined", refine: [fromOutside] };

  test("leave the rule as it is: the function asks them", () => {
    const { event_pattern } = theAttributes(synthesizeStack({}, { catalogue: [refined] }), "aws_cloudwatch_event_rule");

    expect(JSON.parse(String(event_pattern))).toEqual(trailStopped.pattern);
  });

  test("are refused where the rule tells the topic without the function", () => {
    expect(() => synthesizeStack({}, { catalogue: [{ ...refined, route: "topic" }] })).toThrow(
      new SynthError(
        'detection "refined": refine is not allowed with route "topic": EventBridge publishes each event without the function; remove one of the two',
      ),
    );
  });

  test("that the function would refuse are refused, also where there is no rule", () => {
    const refine = [{ ...fromOutside, field: "" }];

    expect(() => synthesizeStack({}, { catalogue: [{ ...refined, path: "log", refine }] })).toThrow(
      /^detection "refined" can't be refined so: \$\.refine\[0\]\.field: /,
    );
  });
});

test("a window that can't work is refused, also where there is no rule", () => {
  const counting = { ...trailStopped, path: "log" as const, count: { threshold: 3, minutes: 7 } };

  expect(() => synthesizeStack({}, { catalogue: [counting] })).toThrow(
    /^detection "trail-stopped": count\.minutes is 7: must be minutes that divide a day evenly/,
  );
});

describe("placeholders", () => {
  const asking = (bucketName: unknown): Detection => ({
    ...trailStopped,
    id: "asking",
    pattern: {
      source: ["aws.s3"],
      detail: { requestParameters: { bucketName: [bucketName] } },
    } as Detection["pattern"],
  });

  test("that nothing stands for are refused by name, also where there is no rule", () => {
    expect(() => synthesizeStack({}, { catalogue: [{ ...asking("{{bukket}}"), path: "log" }] })).toThrow(
      /^detection "asking": unknown placeholder \{\{bukket\}\}; allowed: \{\{prefix\}\}, .*\{\{bucket\}\}/,
    );
  });

  test("stand beside text that Terraform would take for an expression", () => {
    const { event_pattern } = theAttributes(
      synthesizeStack({ bucketName: "our-logs" }, { catalogue: [asking({ prefix: "${x}{{trail}}" })] }),
      "aws_cloudwatch_event_rule",
    );

    expect(JSON.parse(String(event_pattern))).toMatchObject({
      detail: { requestParameters: { bucketName: [{ prefix: "$${x}MyCloudTrail" }] } },
    });
  });

  test.each([
    ["account", 12],
    ["bucket", 63],
    ["archiveKeyId", 36],
  ])("are counted as long as {{%s}} can be", (name, length) => {
    const filler = (characters: number) => "x".repeat(characters);
    const rest = JSON.stringify(asking("").pattern).length;
    const detection = (characters: number) => asking(`{{${name}}}${filler(characters)}`);

    expect(() => synthesizeStack({}, { catalogue: [detection(2_048 - rest - length)] })).not.toThrow();
    expect(() => synthesizeStack({}, { catalogue: [detection(2_049 - rest - length)] })).toThrow(
      'pattern of detection "asking" has 2049 characters',
    );
  });

  test("leave every shipped pattern short enough for the longest names there are", () => {
    const name = (letter: string) => letter.repeat(256);

    expect(() =>
      synthesizeStack({
        namePrefix: "p".repeat(20),
        trailName: "t".repeat(128),
        alertsTopicName: name("a"),
        urgentTopicName: name("u"),
        resources: {
          deliveriesTopic: { mode: "existing", id: `arn:aws:sns:us-east-1:111122223333:${name("d")}` },
          logGroup: { mode: "existing", id: "l".repeat(512) },
        },
      }),
    ).not.toThrow();
  });
});

test("what Terraform would take for an expression in a pattern is escaped", () => {
  const pattern = { source: ["aws.x"], detail: { eventName: ["${a}", "%{if b}"] } };
  const { event_pattern } = theAttributes(
    synthesizeStack({}, { catalogue: [{ ...trailStopped, pattern }] }),
    "aws_cloudwatch_event_rule",
  );

  expect(event_pattern).toBe('{"source":["aws.x"],"detail":{"eventName":["$${a}","%%{if b}"]}}');
});
