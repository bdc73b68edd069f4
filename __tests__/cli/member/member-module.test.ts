import { describe, expect, test } from "@jest/globals";
import { memberModule } from "../../../cli/member/member-module";
import { memberTemplate } from "../../../detection/forwarding/member-template";
import { resolveTemplate } from "../../detection/forwarding/resolve-template";
import { SOME_FORWARDERS } from "../../detection/forwarding/some-forwarders";

const PROPS = {
  forwarders: SOME_FORWARDERS,
  namePrefix: "trailwarden",
  homeRegion: "eu-west-1",
  globalRegion: "us-east-1",
  regions: ["eu-west-1", "us-east-1"],
};
const CENTRAL = "999988887777";
const MEMBER = "111122223333";
const REGION = "us-east-1";

const files = memberModule(PROPS);
type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
const main = JSON.parse(files["main.tf.json"] ?? "");
const resource = main.resource as Blocks;

const ruleArns = (names: readonly string[]) =>
  JSON.stringify(names.map((name) => `arn:aws:events:${REGION}:${MEMBER}:rule/trailwarden-forward-${name}`));

/** What Terraform would make of a text in one region. */
function filledIn(value: unknown): string {
  const values: Readonly<Record<string, string>> = {
    "each.value": REGION,
    "var.name_prefix": "trailwarden",
    "local.account": MEMBER,
    "local.central_bus": `arn:aws:events:eu-west-1:${CENTRAL}:event-bus/default`,
    "aws_sqs_queue.dead_letters[each.key].arn": "DeadLetters.Arn",
    "aws_iam_role.forward[each.key].arn": "Role.Arn",
    "jsonencode(local.rule_arns[each.key])": ruleArns(["1", "2", "3"]),
  };
  return String(value).replace(/(?<!\$)\$\{([^}]*)\}/g, (given, name: string) => values[name] ?? given);
}

describe("the Terraform module of a member", () => {
  const stack = resolveTemplate(memberTemplate(PROPS), {
    account: MEMBER,
    region: REGION,
    parameters: { CentralAccount: CENTRAL },
  });

  test("makes in a region what the CloudFormation template makes there: rules and targets", () => {
    const rules = Object.values(stack).filter(({ Type }) => Type === "AWS::Events::Rule");
    const made = Object.entries(resource.aws_cloudwatch_event_rule ?? {}).map(([key, rule]) => {
      const target = resource.aws_cloudwatch_event_target?.[key] ?? {};
      const { arn } = target.dead_letter_config as { readonly arn: string };
      expect(target).toMatchObject({
        for_each: rule.for_each,
        region: "${each.value}",
        rule: `\${aws_cloudwatch_event_rule.${key}[each.key].name}`,
        retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      });
      return {
        Name: filledIn(rule.name),
        Description: rule.description,
        State: rule.state,
        EventPattern: JSON.parse(String(rule.event_pattern)),
        Targets: [
          {
            Id: target.target_id,
            Arn: filledIn(target.arn),
            RoleArn: filledIn(target.role_arn),
            DeadLetterConfig: { Arn: filledIn(arn) },
            RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
          },
        ],
      };
    });

    expect(made).toHaveLength(3);
    expect(made).toEqual(rules.map(({ Properties }) => Properties));
  });

  test("and role, queue and their policies", () => {
    const { RoleName, AssumeRolePolicyDocument, Policies } = stack.Role?.Properties ?? {};
    const role = resource.aws_iam_role?.forward;
    const queue = resource.aws_sqs_queue?.dead_letters;
    const [inline] = Policies as readonly { readonly PolicyDocument: unknown }[];

    expect(filledIn(role?.name)).toBe(RoleName);
    expect(JSON.parse(filledIn(role?.assume_role_policy))).toEqual(AssumeRolePolicyDocument);
    expect(JSON.parse(filledIn(resource.aws_iam_role_policy?.forward?.policy))).toEqual(inline?.PolicyDocument);
    expect(JSON.parse(filledIn(resource.aws_sqs_queue_policy?.dead_letters?.policy))).toEqual(
      stack.DeadLettersPolicy?.Properties.PolicyDocument,
    );
    expect({
      QueueName: filledIn(queue?.name),
      SqsManagedSseEnabled: queue?.sqs_managed_sse_enabled,
      MessageRetentionPeriod: queue?.message_retention_seconds,
    }).toEqual(stack.DeadLetters?.Properties);
  });

  test("makes everything in every region, and IAM's forwarders where its events occur", () => {
    const all = Object.values(resource).flatMap((named) => Object.values(named));

    expect(all.map(({ for_each }) => for_each).filter((each) => each !== "${var.regions}")).toEqual([
      "${local.global_regions}",
      "${local.global_regions}",
    ]);
    expect(resource.aws_cloudwatch_event_rule?.forward_3?.for_each).toBe("${local.global_regions}");
    expect(main.locals.global_regions).toBe('${toset([for region in var.regions : region if region == "us-east-1"])}');
  });

  test("lets the role be used by the rules of its region alone", () => {
    const arn = (n: number) =>
      `"arn:\${data.aws_partition.current.partition}:events:\${region}:\${local.account}:rule/\${var.name_prefix}-forward-${n}"`;

    expect(main.locals.rule_arns).toBe(
      `\${{ for region in var.regions : region => concat([${arn(1)}, ${arn(2)}], region == "us-east-1" ? [${arn(3)}] : []) }}`,
    );
  });

  test("refuses to be deployed in the central account", () => {
    const [{ condition }] = main.data.aws_caller_identity.current.lifecycle.postcondition;

    expect(condition).toBe("${self.account_id != var.central_account}");
  });

  test("writes patterns so that Terraform takes them literally", () => {
    const pattern = { source: [{ prefix: "aws." }], detail: { eventName: ["${x}", "%{y}"] } };
    const { "main.tf.json": text = "" } = memberModule({
      ...PROPS,
      forwarders: [{ pattern, state: "ENABLED", where: "everywhere" }],
    });
    const written = String(JSON.parse(text).resource.aws_cloudwatch_event_rule.forward_1.event_pattern);

    expect(written).toContain('"$${x}","%%{y}"');
    expect(JSON.parse(written.replaceAll("$${", "${").replaceAll("%%{", "%{"))).toEqual(pattern);
  });

  test("has the configuration's regions and prefix as defaults, and asks for the central account", () => {
    const { variable } = JSON.parse(files["variables.tf.json"] ?? "");

    expect(variable.regions.default).toEqual(["eu-west-1", "us-east-1"]);
    expect(variable.name_prefix.default).toBe("trailwarden");
    expect(variable.central_account).not.toHaveProperty("default");
    for (const name of Object.keys(variable)) expect(files["README.md"]).toContain(`| \`${name}\` |`);
  });

  test("is the same for the same forwarders", () => {
    expect(memberModule({ ...PROPS, forwarders: structuredClone(SOME_FORWARDERS) as typeof SOME_FORWARDERS })).toEqual(
      files,
    );
  });
});
