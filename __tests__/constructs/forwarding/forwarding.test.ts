// Over 250 lines: one construct in each configuration of regions.
import { describe, expect, test } from "@jest/globals";
import { withNames } from "../../../assertions/names";
import { statements, theStatement } from "../../../assertions/policy-statements";
import { type Resource, reference, resources, theResource } from "../../../assertions/resources";
import type { SynthesizedStack } from "../../../assertions/synthesized-stack";
import { defaultRegionsOf } from "../../../config/regions";
import { SynthError } from "../../../constructs/deployment/synth-error";
import { forwardersOf } from "../../../constructs/forwarding/forwarders";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { switchedOn } from "../../../detection/definition/switched-on";
import { ACCOUNT, PARTITION, synthesizeStack } from "../synthesize-stack";

const stack = synthesizeStack({ regions: "default" });
const forwarders = forwardersOf(switchedOn(catalogue, { packs: ["default"], disabledDetections: [] }));
const everywhere = forwarders.filter(({ where }) => where === "everywhere");
const others = defaultRegionsOf("us-east-1").filter((region) => region !== "us-east-1");

/** What a deployment has in other regions than the provider's. */
function elsewhere(from: SynthesizedStack, type?: string): readonly Resource[] {
  return resources(from, ...(type === undefined ? [] : [type])).filter(({ attributes }) => "region" in attributes);
}

function regionOf({ attributes }: Resource): string {
  return String(attributes.region);
}

function rulesIn(from: SynthesizedStack, region: string): readonly string[] {
  return elsewhere(from, "aws_cloudwatch_event_rule")
    .filter((rule) => regionOf(rule) === region)
    .map(({ attributes }) => String(attributes.name));
}

describe("a deployment of the home region alone", () => {
  const home = synthesizeStack();

  test("has nothing elsewhere", () => {
    expect(elsewhere(home)).toEqual([]);
    expect(resources(home).filter(({ address }) => address.includes(".Forwarding_"))).toEqual([]);
  });

  test.each<[string, object]>([
    ["home", { regions: "home" }],
    ["the home region's name", { regions: ["us-east-1"] }],
    ["an empty list", { regions: [] }],
  ])("may also say it by %s", (_, context) => {
    expect(synthesizeStack({ ...context })).toEqual(home);
  });
});

test("forwarders change nothing at home, but that the function knows the regions and an alarm asks for them", () => {
  const isOfReach = ({ address }: { readonly address: string }) => address.includes("Alarms_EventPathMissed_");
  const missed = resources(stack).filter(isOfReach);
  const atHome = resources(stack).filter((each) => !each.address.includes(".Forwarding_") && !isOfReach(each));
  const withoutRegions = JSON.stringify(atHome).replace(/"REGIONS":"[a-z0-9,-]+",?/, "");

  expect(missed).toHaveLength(1);
  expect(JSON.parse(withoutRegions)).toEqual(resources(synthesizeStack()));
});

describe("with the default regions", () => {
  test("the same rules lie in each of them but home", () => {
    const found = Object.fromEntries(others.map((region) => [region, rulesIn(stack, region)]));
    const names = everywhere.map((_, index) => `trailwarden-forward-${index + 1}`);

    expect(names.length).toBeGreaterThan(2);
    expect(found).toEqual(Object.fromEntries(others.map((region) => [region, names])));
    expect([...new Set(elsewhere(stack).map(regionOf))].sort()).toEqual([...others].sort());
  });

  test("they look for what the detections need, at what the forwarder says of reading calls", () => {
    for (const { attributes } of elsewhere(stack, "aws_cloudwatch_event_rule")) {
      const forwarder = everywhere[Number(/-forward-(\d+)$/.exec(String(attributes.name))?.[1]) - 1];

      expect(JSON.parse(String(attributes.event_pattern))).toEqual(forwarder?.pattern);
      expect(attributes.state).toBe(forwarder?.state);
    }
  });

  test("each region has a target for each rule and one queue with its policy, all said to lie there", () => {
    for (const region of others) {
      const there = elsewhere(stack).filter((each) => regionOf(each) === region);

      expect(there.map(({ type }) => type).sort()).toEqual([
        ...everywhere.map(() => "aws_cloudwatch_event_rule"),
        ...everywhere.map(() => "aws_cloudwatch_event_target"),
        "aws_sqs_queue",
        "aws_sqs_queue_policy",
      ]);
      expect(there.every(({ address }) => address.includes(`.Forwarding_${region}_`))).toBe(true);
    }
  });

  test("each target puts events on the home bus by the role, for a day, and has a queue beside it", () => {
    for (const target of elsewhere(stack, "aws_cloudwatch_event_target")) {
      const region = regionOf(target);
      const queue = theResource(stack, "aws_sqs_queue", `Forwarding_${region}_DeadLetters_Queue`);

      expect(target.attributes).toMatchObject({
        arn: `arn:${PARTITION}:events:us-east-1:${ACCOUNT}:event-bus/default`,
        role_arn: reference(theResource(stack, "aws_iam_role", "Forwarding_Role"), "arn"),
        retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
        dead_letter_config: { arn: reference(queue, "arn") },
      });
      expect(rulesIn(stack, region)).toContain(withNames(stack, target.attributes.rule));
    }
    expect(elsewhere(stack, "aws_cloudwatch_event_target").map(({ attributes }) => attributes.rule)).toEqual(
      elsewhere(stack, "aws_cloudwatch_event_rule").map((rule) => reference(rule, "name")),
    );
  });

  test("no target exists before its queue and its role let it", () => {
    const rolePolicy = theResource(stack, "aws_iam_role_policy", "Forwarding_RolePolicy");

    for (const target of elsewhere(stack, "aws_cloudwatch_event_target")) {
      const path = `Forwarding_${regionOf(target)}_DeadLetters_Policy`;
      expect(target.attributes.depends_on).toEqual([
        rolePolicy.address,
        theResource(stack, "aws_sqs_queue_policy", path).address,
      ]);
    }
  });

  test("a region's queue takes what the region's forwarders leave, and keeps it for 14 days", () => {
    for (const region of others) {
      const queue = theResource(stack, "aws_sqs_queue", `Forwarding_${region}_DeadLetters_Queue`);
      const policy = theResource(stack, "aws_sqs_queue_policy", `Forwarding_${region}_DeadLetters_Policy`);

      expect(queue.attributes).toMatchObject({
        name: "trailwarden-forward-dlq",
        sqs_managed_sse_enabled: true,
        message_retention_seconds: 1_209_600,
      });
      expect(policy.attributes.queue_url).toBe(reference(queue, "url"));
      expect(theStatement(policy, "EventsSends")).toMatchObject({
        services: ["events.amazonaws.com"],
        actions: ["sqs:SendMessage"],
        condition: {
          ArnLike: {
            "aws:SourceArn": rulesIn(stack, region).map(
              (name) => `arn:${PARTITION}:events:${region}:${ACCOUNT}:rule/${name}`,
            ),
          },
        },
      });
      expect(theStatement(policy, "DenyInsecureTransport").effect).toBe("Deny");
    }
  });
});

describe("the forwarders' role", () => {
  const role = theResource(stack, "aws_iam_role", "Forwarding_Role");

  test("puts events on the home bus, and does nothing else", () => {
    const policies = resources(stack, "aws_iam_role_policy").filter(
      ({ attributes }) => attributes.role === reference(role, "name"),
    );

    expect(policies.flatMap((policy) => statements(policy))).toEqual([
      expect.objectContaining({
        effect: "Allow",
        actions: ["events:PutEvents"],
        resources: [`arn:${PARTITION}:events:us-east-1:${ACCOUNT}:event-bus/default`],
      }),
    ]);
  });

  test("is assumed by EventBridge for this account's forwarders alone", () => {
    expect(statements(role, "assume_role_policy")).toEqual([
      expect.objectContaining({
        services: ["events.amazonaws.com"],
        condition: {
          StringEquals: { "aws:SourceAccount": ACCOUNT },
          ArnLike: {
            "aws:SourceArn": everywhere.map(
              (_, index) => `arn:${PARTITION}:events:*:${ACCOUNT}:rule/trailwarden-forward-${index + 1}`,
            ),
          },
        },
      }),
    ]);
  });

  test("is as the organization asks, and called after the home region", () => {
    const permissionsBoundary = "arn:aws:iam::111122223333:policy/boundary";
    const other = synthesizeStack({
      region: "eu-west-1",
      regions: ["us-east-1"],
      rolePath: "/a/",
      permissionsBoundary,
    });

    expect(role.attributes.name).toBe("trailwarden-forward-us-east-1");
    expect(theResource(other, "aws_iam_role", "Forwarding_Role").attributes).toMatchObject({
      name: "trailwarden-forward-eu-west-1",
      path: "/a/",
      permissions_boundary: permissionsBoundary,
    });
  });

  test("has a trust policy that IAM takes, however long the names and with every detection enabled", () => {
    const longest = synthesizeStack({ namePrefix: "a".repeat(20), regions: "default", region: "ap-northeast-1" });
    const all = synthesizeStack({ namePrefix: "a".repeat(20), regions: "default", packs: ["strict"] });

    for (const each of [longest, all]) {
      const { assume_role_policy: text, name } = theResource(each, "aws_iam_role", "Forwarding_Role").attributes;
      const filledIn = String(text).replaceAll(PARTITION, "aws-us-gov").replaceAll(ACCOUNT, "111122223333");
      // Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
      expect(filledIn.length).toBeLessThanOrEqual(2_048);
      expect(String(name).length).toBeLessThanOrEqual(64);
    }
  });
});

describe("events of the global services", () => {
  const global = forwarders.findIndex(({ where }) => where === "globalRegion");
  const name = `trailwarden-forward-${global + 1}`;

  test("come from the region that sees them, where that is not home, and from no other", () => {
    const fromGermany = synthesizeStack({ region: "eu-central-1", regions: "default" });
    const having = defaultRegionsOf("eu-central-1").filter((region) => rulesIn(fromGermany, region).includes(name));

    expect(global).toBeGreaterThan(0);
    expect(having).toEqual(["us-east-1"]);
    expect(rulesIn(fromGermany, "eu-central-1")).toEqual([]);
    expect(String(theResource(fromGermany, "aws_iam_role", "Forwarding_Role").attributes.assume_role_policy)).toContain(
      `:rule/${name}"`,
    );
  });

  test("need no rule where home sees them, and their role is not spoken of", () => {
    expect(resources(stack).filter(({ attributes }) => attributes.name === name)).toEqual([]);
    expect(String(theResource(stack, "aws_iam_role", "Forwarding_Role").attributes.assume_role_policy)).not.toContain(
      name,
    );
  });

  test("come from GovCloud's own region", () => {
    const fromEast = synthesizeStack({ region: "us-gov-east-1", regions: "default" });

    expect(rulesIn(fromEast, "us-gov-west-1")).toContain(name);
    expect([...new Set(elsewhere(fromEast).map(regionOf))]).toEqual(["us-gov-west-1"]);
  });
});

describe("the forwarders follow the detections", () => {
  test("only those that are enabled count", () => {
    const disabledDetections = catalogue
      .filter(({ id }) => id !== "trail-stopped")
      .filter(({ pack }) => pack === undefined)
      .map(({ id }) => id);
    const few = synthesizeStack({ regions: ["eu-west-1"], disabledDetections });
    const [rule, ...more] = elsewhere(few, "aws_cloudwatch_event_rule");

    expect(more).toEqual([]);
    expect(String(rule?.attributes.event_pattern)).toContain("StopLogging");
    expect(String(rule?.attributes.event_pattern)).not.toContain("ConsoleLogin");
  });

  test("without any detection there is nothing to forward", () => {
    const none = synthesizeStack({ regions: "default" }, { catalogue: [] });

    expect(resources(none).filter(({ address }) => address.includes(".Forwarding_"))).toEqual([]);
  });

  test("one that can't be forwarded stops the synth, and is named", () => {
    const [direct] = catalogue.filter(({ route }) => route === "topic");
    const tooLong = (id: string): Detection => ({
      ...(direct as Detection),
      id,
      pattern: {
        source: ["aws.sts"],
        detail: { userAgent: Array.from({ length: 30 }, (_, index) => ({ prefix: `${id}${index}${"x".repeat(35)}` })) },
      },
    });

    expect(() => forwardersOf([tooLong("one"), tooLong("two")])).toThrow(SynthError);
    expect(() => forwardersOf([tooLong("one"), tooLong("two")])).toThrow(
      /^detection "one" can't be forwarded from other regions and accounts: with route "topic"/,
    );
  });
});
