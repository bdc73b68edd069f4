import { describe, expect, test } from "@jest/globals";
import { conditionKeys, type Statement, statements } from "../../assertions/policy-statements";
import { type Resource, reference, resources } from "../../assertions/resources";
import { strings } from "../../assertions/strings";
import { CHANNELS, SUBSCRIBERS, synthesizeStack } from "./synthesize-stack";

const organization = {
  id: "o-a1b2c3d4e5",
  managementAccount: "444455556666",
  stackSet: { organizationalUnits: ["r-ab12"] },
};

// With everything that a configuration may bring.
const stack = synthesizeStack(
  { subscribers: SUBSCRIBERS, regions: ["eu-west-1"], organization },
  { unchecked: { channels: CHANNELS } },
);

const RESOURCE_POLICIES = [
  "aws_cloudwatch_event_bus_policy",
  "aws_kms_key",
  "aws_s3_bucket_policy",
  "aws_sns_topic_policy",
  "aws_sqs_queue_policy",
];

/** Attributes that hold JSON as text. */
const JSON_ATTRIBUTES = [
  "assume_role_policy",
  "event_pattern",
  "filter_policy",
  "policy",
  "redrive_allow_policy",
  "redrive_policy",
];

function withoutHash({ address }: Resource): string {
  return address.replace(/_[0-9A-F]{8}$/, "");
}

/** Every statement that lets a service in, with where it stands. */
const letsServiceIn: readonly (readonly [place: string, statement: Statement])[] = [
  ...resources(stack, ...RESOURCE_POLICIES).map((resource) => [resource, "policy"] as const),
  ...resources(stack, "aws_iam_role").map((resource) => [resource, "assume_role_policy"] as const),
].flatMap(([resource, attribute]) =>
  statements(resource, attribute)
    .filter(({ effect, services }) => effect === "Allow" && services.length > 0)
    .map((statement) => [`${withoutHash(resource)} ${statement.services.join()}`, statement] as const),
);

describe("every document in an attribute", () => {
  const documents = resources(stack).flatMap(({ address, attributes }) =>
    JSON_ATTRIBUTES.filter((name) => attributes[name] !== undefined).map(
      (name) => [`${address}.${name}`, String(attributes[name])] as const,
    ),
  );

  test("is one of those below, wherever JSON stands as text", () => {
    const found = resources(stack).flatMap(({ address, attributes }) =>
      Object.entries(attributes)
        .filter(([, value]) => typeof value === "string" && value.startsWith('{"'))
        .map(([name]) => `${address}.${name}`),
    );

    expect(documents.map(([place]) => place).sort()).toEqual(found.sort());
  });

  test.each(documents)("is JSON whatever Terraform fills in: %s", (_, text) => {
    const filledIn = text.replace(/\$\{[^}]*\}/g, "filled-in");

    expect(filledIn).not.toContain("${");
    expect(() => JSON.parse(filledIn)).not.toThrow();
  });
});

describe("every service that a policy lets in", () => {
  const SOURCES = ["aws:SourceArn", "aws:SourceAccount"];

  test("must say on whose behalf it comes, except those that AWS does not let say it", () => {
    const unsaid = letsServiceIn
      .filter(([, statement]) => !conditionKeys(statement).some((key) => SOURCES.includes(key)))
      .map(([place]) => place);

    expect(unsaid.sort()).toEqual([
      "aws_iam_role.AlertFunction_Role lambda.amazonaws.com",
      "aws_iam_role.Notifier_Role lambda.amazonaws.com",
      "aws_iam_role.TrailLogGroup_Role cloudtrail.amazonaws.com",
      "aws_kms_key.AlertsKey events.amazonaws.com",
      "aws_kms_key.ArchiveKey logs.us-east-1.amazonaws.com",
      "aws_sns_topic_policy.UrgentTopic_Policy events.amazonaws.com",
    ]);
  });

  test("is CloudWatch Logs only in the encryption context of our log groups", () => {
    const logs = letsServiceIn.filter(([place]) => place.endsWith(" logs.us-east-1.amazonaws.com"));

    expect(logs.map(([, statement]) => conditionKeys(statement))).toEqual([["kms:EncryptionContext:aws:logs:arn"]]);
  });

  test("may come from this account alone", () => {
    const sources = letsServiceIn.flatMap(([, { condition }]) =>
      Object.values(condition).flatMap((keys) => SOURCES.flatMap((key) => strings(keys[key]))),
    );

    expect(sources.length).toBeGreaterThan(10);
    for (const source of sources) {
      // An organization's trail is the management account's.
      if (source.endsWith(`:${organization.managementAccount}:trail/MyCloudTrail`)) continue;
      expect(source).toMatch(/\$\{data\.aws_caller_identity\.Account\.account_id\}|^\$\{aws_sns_topic\.\w+\.arn\}$/);
    }
  });
});

describe("every topic, queue and bucket", () => {
  const POLICY_OF = [
    ["aws_sns_topic", "aws_sns_topic_policy", "sns:Publish"],
    ["aws_sqs_queue", "aws_sqs_queue_policy", "sqs:*"],
    ["aws_s3_bucket", "aws_s3_bucket_policy", "s3:*"],
  ] as const;

  test.each(POLICY_OF)("refuses what does not come over TLS: %s", (type, policyType, action) => {
    for (const resource of resources(stack, type)) {
      const arn = reference(resource, "arn");
      const denials = resources(stack, policyType)
        .flatMap((policy) => statements(policy))
        .filter(({ effect, resources: on }) => effect === "Deny" && on.includes(arn));

      expect(denials).toMatchObject([
        { principal: "*", actions: [action], condition: { Bool: { "aws:SecureTransport": "false" } } },
      ]);
    }
  });

  test("lets in nobody by a star, but rules of the organization's accounts", () => {
    const open = resources(stack, ...RESOURCE_POLICIES)
      .flatMap((policy) => statements(policy))
      .filter(({ effect, principal }) => effect === "Allow" && strings(principal).includes("*"));

    expect(open.map(({ sid }) => sid)).toEqual(["MembersForward"]);
    for (const { condition } of open) {
      expect(condition).toMatchObject({
        StringEquals: { "aws:PrincipalOrgID": organization.id },
        Bool: { "events:eventBusInvocation": "true" },
      });
    }
  });
});

describe("every role", () => {
  test("may do named things to named resources", () => {
    for (const { actions, resources: on } of resources(stack, "aws_iam_role_policy").flatMap((p) => statements(p))) {
      expect(actions.filter((action) => action.includes("*"))).toEqual([]);
      // Neither the account's alias nor the organization's root is known before: AWS takes nothing else.
      const alone = ["iam:ListAccountAliases", "organizations:ListRoots"];
      if (!(actions.length === 1 && alone.includes(actions[0] as string))) expect(on).not.toContain("*");
    }
  });

  test("has no managed policy", () => {
    const types = Object.keys(stack.resource);

    expect(types.filter((type) => /policy_attachment|^aws_iam_policy$|policies_exclusive/.test(type))).toEqual([]);
    for (const { attributes } of resources(stack, "aws_iam_role")) {
      expect(attributes).not.toHaveProperty("managed_policy_arns");
      expect(attributes).not.toHaveProperty("inline_policy");
    }
  });
});

test("the trail stands in policies by its name: a reference would make a cycle", () => {
  const referring = resources(stack).filter(({ attributes }) =>
    strings(attributes).some((text) => text.includes("aws_cloudtrail.")),
  );
  const naming = resources(stack, ...RESOURCE_POLICIES).filter(({ attributes }) =>
    String(attributes.policy).includes(":trail/MyCloudTrail"),
  );

  expect(referring).toEqual([]);
  expect(naming.map(withoutHash)).toEqual([
    "aws_kms_key.ArchiveKey",
    "aws_s3_bucket_policy.LogArchive_Policy",
    "aws_sns_topic_policy.DeliveriesTopic_Policy",
  ]);
});
