import { describe, expect, test } from "@jest/globals";
import { type Resource, resources } from "../../assertions/resources";
import type { Attributes } from "../../assertions/synthesized-stack";
import { synthesizeStack } from "./synthesize-stack";

const ACCOUNT = "111122223333";
const TRAIL = `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/management-events`;
const KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KEY_ID}`;
const topic = (name: string) => `arn:aws:sns:us-east-1:${ACCOUNT}:${name}`;
const AUDITORS = {
  Sid: "Auditors",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::444455556666:root" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::old-logs/home/${aws:username}/*",
};

const ADOPTED = {
  archiveKey: { mode: "adopt", id: KEY_ID, ownerStatements: [] },
  bucket: { mode: "adopt", id: "old-logs", ownerStatements: [AUDITORS] },
  trail: { mode: "adopt", id: TRAIL },
  logGroup: { mode: "adopt", id: "old-group" },
  deliveriesTopic: { mode: "adopt", id: topic("notices"), ownerStatements: [] },
  alertsTopic: { mode: "adopt", id: topic("alerts"), ownerStatements: [] },
  urgentTopic: { mode: "adopt", id: topic("urgent"), ownerStatements: [] },
};
const EXISTING = {
  archiveKey: { mode: "existing", id: KEY },
  bucket: { mode: "existing", id: "old-logs" },
  deliveriesTopic: { mode: "existing", id: topic("notices") },
  alertsTopic: { mode: "existing", id: topic("alerts"), keyArn: KEY },
  urgentTopic: { mode: "existing", id: topic("urgent"), keyArn: KEY },
};

const created = synthesizeStack();
const adopted = synthesizeStack({ resources: ADOPTED });
const existing = synthesizeStack({ resources: { ...EXISTING, trail: { mode: "existing", id: TRAIL } } });

const addresses = (stack: typeof created) =>
  Object.keys(stack.resource)
    .flatMap((type) => resources(stack, type))
    .map(({ address }) => address)
    .sort();
const importsOf = (stack: typeof created) =>
  (stack as unknown as { readonly import?: readonly { readonly to: string; readonly id: string }[] }).import ?? [];
const policyOf = ({ attributes }: Resource) =>
  JSON.parse(String(attributes.policy)) as { readonly Statement: readonly Attributes[] };
const only = (stack: typeof created, type: string) => resources(stack, type)[0] as Resource;

describe("adopting", () => {
  test("changes no address", () => {
    expect(addresses(adopted)).toEqual(addresses(created));
    expect(importsOf(created)).toEqual([]);
  });

  test("imports each resource and its parts under the provider's ids", () => {
    const imported = importsOf(adopted).map(({ to, id }) => `${to.replace(/_[0-9A-F]{8}$/, "")} ${id}`);

    expect(imported.sort()).toEqual([
      `aws_cloudtrail.Trail ${TRAIL}`,
      "aws_cloudwatch_log_group.TrailLogGroup old-group",
      `aws_kms_key.ArchiveKey ${KEY_ID}`,
      "aws_s3_bucket.LogArchive_Bucket old-logs",
      "aws_s3_bucket_lifecycle_configuration.LogArchive_Lifecycle old-logs",
      "aws_s3_bucket_ownership_controls.LogArchive_Ownership old-logs",
      "aws_s3_bucket_policy.LogArchive_Policy old-logs",
      "aws_s3_bucket_public_access_block.LogArchive_PublicAccessBlock old-logs",
      "aws_s3_bucket_server_side_encryption_configuration.LogArchive_Encryption old-logs",
      "aws_s3_bucket_versioning.LogArchive_Versioning old-logs",
      `aws_sns_topic.AlertsTopic ${topic("alerts")}`,
      `aws_sns_topic.DeliveriesTopic ${topic("notices")}`,
      `aws_sns_topic.UrgentTopic ${topic("urgent")}`,
      `aws_sns_topic_policy.AlertsTopic_Policy ${topic("alerts")}`,
      `aws_sns_topic_policy.DeliveriesTopic_Policy ${topic("notices")}`,
      `aws_sns_topic_policy.UrgentTopic_Policy ${topic("urgent")}`,
    ]);
  });

  test("creates the parts that are not there yet", () => {
    const stack = synthesizeStack({
      resources: {
        bucket: { mode: "adopt", id: "old-logs", ownerStatements: [], absent: ["lifecycle", "policy"] },
        alertsTopic: { mode: "adopt", id: topic("alerts"), ownerStatements: [], absent: ["policy"] },
      },
    });

    expect(importsOf(stack).filter(({ to }) => /lifecycle|policy/.test(to))).toEqual([]);
    expect(importsOf(stack)).toHaveLength(6);
  });

  test("keeps the resource's name, and lets no plan destroy it", () => {
    const names: readonly (readonly [type: string, attribute: string, name: string])[] = [
      ["aws_cloudtrail", "name", "management-events"],
      ["aws_s3_bucket", "bucket", "old-logs"],
    ];
    for (const [type, attribute, name] of names) {
      expect(only(adopted, type).attributes).toMatchObject({ [attribute]: name, lifecycle: { prevent_destroy: true } });
    }
    const guarded = Object.keys(adopted.resource)
      .flatMap((type) => resources(adopted, type))
      .filter(({ attributes }) => attributes.lifecycle !== undefined);
    expect(guarded).toHaveLength(Object.keys(ADOPTED).length);
  });

  test("keeps what it has no word for: tags, Insights, the organization's accounts, how topics deliver", () => {
    const ignored = Object.fromEntries(
      Object.keys(adopted.resource)
        .flatMap((type) => resources(adopted, type))
        .filter(({ attributes }) => attributes.lifecycle !== undefined)
        .map(({ address, attributes }) => [
          address.replace(/_[0-9A-F]{8}$/, ""),
          (attributes.lifecycle as { readonly ignore_changes: readonly string[] }).ignore_changes,
        ]),
    );
    const tags = ["tags", "tags_all"];
    const topics = [...tags, expect.stringMatching(/^delivery_policy$/)];

    expect(ignored).toEqual({
      "aws_cloudtrail.Trail": [...tags, "insight_selector", "is_organization_trail"],
      "aws_cloudwatch_log_group.TrailLogGroup": tags,
      "aws_kms_key.ArchiveKey": tags,
      "aws_s3_bucket.LogArchive_Bucket": tags,
      "aws_sns_topic.AlertsTopic": expect.arrayContaining(topics),
      "aws_sns_topic.DeliveriesTopic": expect.arrayContaining([...topics, "display_name"]),
      "aws_sns_topic.UrgentTopic": expect.arrayContaining(topics),
    });
    expect(ignored["aws_sns_topic.AlertsTopic"]).toContain("http_failure_feedback_role_arn");
    expect(ignored["aws_sns_topic.AlertsTopic"]).not.toContain("display_name");
    // What is asked of it all the same.
    const ours = ["kms_key_id", "kms_master_key_id", "enable_logging", "advanced_event_selector", "retention_in_days"];
    expect(
      Object.values(ignored)
        .flat()
        .filter((name) => ours.includes(name)),
    ).toEqual([]);
  });

  test("blocks SSE-C in the bucket, as one that is created does", () => {
    const [rule] = only(adopted, "aws_s3_bucket_server_side_encryption_configuration").attributes.rule as Attributes[];

    expect(rule?.blocked_encryption_types).toEqual(["SSE-C"]);
  });

  test("protects the log group from deletion; one that is created must be destroyable", () => {
    const protection = (stack: typeof created) =>
      resources(stack, "aws_cloudwatch_log_group").map(({ attributes }) => attributes.deletion_protection_enabled);

    expect(protection(adopted).sort()).toEqual([true, undefined]);
    expect(protection(created)).toEqual([undefined, undefined]);
  });

  test("keeps the owner's statements before ours, word for word", () => {
    const statements = policyOf(only(adopted, "aws_s3_bucket_policy")).Statement;
    const ours = policyOf(only(created, "aws_s3_bucket_policy")).Statement;

    expect(statements[0]).toEqual({ ...AUDITORS, Resource: "arn:aws:s3:::old-logs/home/$${aws:username}/*" });
    expect(statements.slice(1).map(({ Sid }) => Sid)).toEqual(ours.map(({ Sid }) => Sid));
  });

  test("refuses an owner's statement that bears the Sid of one of ours", () => {
    const bucket = { mode: "adopt", id: "old-logs", ownerStatements: [{ ...AUDITORS, Sid: "CloudTrailWrites" }] };

    expect(() => synthesizeStack({ resources: { bucket } })).toThrow(
      'resources.bucket.ownerStatements has a statement with the Sid "CloudTrailWrites", which trailwarden adds itself',
    );
  });
});

describe("using as it is", () => {
  test("creates nothing of it and imports nothing", () => {
    const types = ["aws_cloudtrail", "aws_s3_bucket", "aws_s3_bucket_policy", "aws_sns_topic", "aws_sns_topic_policy"];

    expect(types.flatMap((type) => resources(existing, type))).toEqual([]);
    expect(importsOf(existing)).toEqual([]);
  });

  test("changes no address of what is still created", () => {
    expect(addresses(created)).toEqual(expect.arrayContaining(addresses(existing) as string[]));
  });

  test("works with it: subscribes to its topics, reads its bucket, uses its keys", () => {
    const subscription = only(existing, "aws_sns_topic_subscription").attributes;
    const role = resources(existing, "aws_iam_role_policy").map((policy) => JSON.stringify(policyOf(policy)));

    expect(subscription.topic_arn).toBe(topic("notices"));
    for (const part of ["arn:${data.aws_partition.Partition.partition}:s3:::old-logs/AWSLogs/", topic("alerts"), KEY]) {
      expect(role.join()).toContain(part);
    }
  });

  test("tells the owners which statements to add, in an output", () => {
    const output = existing.output.statements_to_add?.value;
    const owed = JSON.parse(String(output)) as readonly { resource: string; id: string; statements: Attributes[] }[];

    expect(owed.map(({ resource, id, statements }) => [resource, id, statements.map(({ Sid }) => Sid)])).toEqual([
      [
        "archiveKey",
        KEY,
        ["CloudTrailEncryptsLogFiles", "CloudTrailReadsKey", "CloudTrailPublishesDeliveries", "LogGroupsEncrypt"],
      ],
      ["bucket", "old-logs", ["CloudTrailChecksAcl", "CloudTrailWrites"]],
      ["deliveriesTopic", topic("notices"), ["CloudTrailPublishes"]],
      ["alertsTopic", topic("alerts"), ["AlarmPublishes"]],
      ["urgentTopic", topic("urgent"), ["EventBridgePublishes", "AlarmsPublish"]],
      ["alertsTopic.keyArn", KEY, ["AlarmsPublish"]],
      ["urgentTopic.keyArn", KEY, ["EventBridgePublishes", "AlarmsPublish"]],
    ]);
    expect(JSON.stringify(owed)).toContain(TRAIL);
    expect(created.output.statements_to_add).toBeUndefined();
  });

  test("leaves a log group that is there alone, but gives CloudTrail the role to write to it", () => {
    const stack = synthesizeStack({ resources: { logGroup: { mode: "existing", id: "old-group" } } });
    const trail = only(stack, "aws_cloudtrail").attributes;

    expect(resources(stack, "aws_cloudwatch_log_group").map(({ attributes }) => attributes.name)).toEqual([
      "/aws/lambda/trailwarden-alerts",
    ]);
    expect(trail.cloud_watch_logs_group_arn).toMatch(/:log-group:old-group:\*$/);
    expect(trail.cloud_watch_logs_role_arn).toBeDefined();
  });
});
