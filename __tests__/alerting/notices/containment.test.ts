import { describe, expect, test } from "@jest/globals";
import { containment } from "../../../alerting/notices/containment";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { CALLERS } from "../../../tools/packaging/callers";
import { recordOf } from "../../../tools/packaging/command-texts";
import { unauthorizedDescribe } from "../../detection/events/records";

const REVOKED = `--policy-name AWSRevokeOlderSessions --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"'"$(date -u +%FT%TZ)"'"}}}]}'`;

const of = (caller: string) => containment(recordOf(caller));
const commandsOf = (caller: string) => of(caller).commands;
const DENY_ALICE = "aws iam attach-user-policy --user-name alice --policy-arn arn:aws:iam::aws:policy/AWSDenyAll";

describe("containment", () => {
  test("makes a user's key inactive, and stops what was made with it", () => {
    expect(commandsOf("a user's key")).toEqual([
      "aws iam update-access-key --user-name alice --access-key-id AKIAEXAMPLEEXAMPLE01 --status Inactive",
      DENY_ALICE,
    ]);
  });

  test.each(Object.keys(CALLERS).filter((caller) => JSON.stringify(CALLERS[caller]).includes("ASIA")))(
    "never makes a temporary key inactive: %s",
    (caller) => {
      const text = commandsOf(caller).join("\n");

      expect(text).not.toContain("update-access-key");
      expect(text).not.toContain("delete-access-key");
    },
  );

  test("denies a user with a temporary key everything, and asks for the user's own keys", () => {
    expect(commandsOf("a user's temporary key")).toEqual([DENY_ALICE, "aws iam list-access-keys --user-name alice"]);
  });

  test.each(["a user in the console", "a user who signs in"])("takes the password away too: %s", (caller) => {
    expect(commandsOf(caller)).toEqual([
      DENY_ALICE,
      "aws iam delete-login-profile --user-name alice",
      "aws iam list-access-keys --user-name alice",
    ]);
  });

  test("has nothing to end after a sign-in that failed", () => {
    expect(of("a sign-in that failed")).toEqual({ text: expect.stringContaining("no session to end"), commands: [] });
  });

  test("revokes a role's sessions as of now, and shows who can assume it", () => {
    expect(commandsOf("a role's session")).toEqual([
      `aws iam put-role-policy --role-name Deployer ${REVOKED}`,
      "aws iam get-role --role-name Deployer --query Role.AssumeRolePolicyDocument",
    ]);
  });

  test("names the identity provider that a workload's token came from", () => {
    expect(of("a workload with an identity provider's token").text).toContain(
      "identity provider arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
    );
  });

  test("says in which account to run the commands", () => {
    expect(of("a role of another account").text).toMatch(
      /^The caller belongs to account 444455556666: run the commands there/,
    );
    expect(of("a role's session").text).not.toContain("belongs to account");
  });

  test("puts no policy on a role of Identity Center: denies the user by a policy of the organization", () => {
    const { text, commands } = of("a role of Identity Center");

    expect(commands.join("\n")).not.toContain("put-role-policy");
    expect(commands).toEqual([
      `aws organizations attach-policy --target-id 111122223333 --policy-id "$(aws organizations create-policy --type SERVICE_CONTROL_POLICY --name contain-5a4e1c93-7b1d-4f0e-9a55-0c2f6d1e8b33 --description 'Denies a user of Identity Center' --content '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:userId":"*:jane@example.com"}}}]}' --query Policy.PolicySummary.Id --output text)"`,
      "aws sso-admin delete-account-assignment --region eu-west-1 --instance-arn <instanceArn> --permission-set-arn <permissionSetArn> --principal-type USER --principal-id <userId> --target-type AWS_ACCOUNT --target-id 111122223333",
    ]);
    expect(text).toContain("permission set Admins, user jane@example.com");
  });

  test("puts no policy on a role of Identity Center, or of a service, that a caller is about to enter", () => {
    const record = recordOf("another account's principal");
    const requestParameters = {
      roleArn: "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig",
    };

    expect(commandsOf("a user who enters a role of Identity Center")).toEqual(commandsOf("a role of Identity Center"));
    expect(containment({ ...record, requestParameters }).commands).toEqual([]);
  });

  test("says of a user's call without an access key, or by a service, nothing of the console or GetSessionToken", () => {
    const without = of("a user without an access key");

    expect(without.text).toContain("names no access key");
    expect(without.commands).toContain("aws iam list-service-specific-credentials --user-name alice");
    expect(without.commands.join("\n")).not.toContain("login-profile");
    expect(of("a service with a user's session").text).toContain("used by a service (cloudformation.amazonaws.com)");
  });

  test.each([
    ["aws-reserved/sso.amazonaws.com/eu-west-1/", "eu-west-1"],
    ["aws-reserved/sso.amazonaws.com/", "us-east-1"],
    ["", "<identityCenterRegion>"],
  ])("knows Identity Center's region by the role's path: %j", (path, region) => {
    const record = JSON.stringify(recordOf("a role of Identity Center"));
    const moved = JSON.parse(record.replaceAll("aws-reserved/sso.amazonaws.com/eu-west-1/", path));

    expect(containment(moved).commands[1]).toContain(`delete-account-assignment --region ${region} `);
  });

  test("parts an instance from its role before the role's sessions are revoked", () => {
    const commands = commandsOf("an instance's role");

    expect(commands.map((command) => command.split(" ").slice(0, 3).join(" "))).toEqual([
      "aws ec2 disassociate-iam-instance-profile",
      "aws iam put-role-policy",
      "aws ec2 modify-instance-attribute",
    ]);
    expect(commands[0]).toContain("Name=instance-id,Values=i-0a1b2c3d4e5f60001");
  });

  test("stops a function, in its region, before its role's sessions are revoked", () => {
    expect(commandsOf("a function's role")).toEqual([
      "aws lambda put-function-concurrency --region eu-central-1 --function-name arn:aws:lambda:eu-central-1:111122223333:function:orders --reserved-concurrent-executions 0",
      `aws iam put-role-policy --role-name orders ${REVOKED}`,
    ]);
    const named = JSON.parse(
      JSON.stringify(recordOf("a function's role")).replaceAll(":function:orders", ":function:$(id)"),
    );
    expect(containment(named).commands.join("\n")).not.toMatch(/aws lambda|\$\(id\)/);
  });

  test("leaves the instance's region open where the call's service has none", () => {
    const commands = containment({
      ...recordOf("an instance's role"),
      eventSource: "iam.amazonaws.com",
      awsRegion: "us-east-1",
    }).commands.join("\n");

    expect(commands.match(/--region <instanceRegion>/g)).toHaveLength(3);
    expect(commands).not.toContain("us-east-1");
  });

  test("takes a session that is only named like an instance for any session", () => {
    const record = recordOf("an instance's role");
    const named = JSON.parse(JSON.stringify(record).replaceAll("i-0a1b2c3d4e5f60001", "i-0ncall-dana"));

    expect(containment(named).commands.join("\n")).not.toContain("ec2");
  });

  test.each([
    ["a role that is linked to a service", /can't be revoked/],
    ["a service", /no credentials to revoke/],
    ["an anonymous caller", /Remove public access/],
    ["a session of GetFederationToken that root issued", /service control policy/],
    ["a caller that the record says nothing of", /doesn't say enough/],
  ])("has no command where none would help: %s", (caller, text) => {
    expect(of(caller)).toEqual({ text: expect.stringMatching(text), commands: [] });
  });

  test("denies the user that issued a federated session", () => {
    expect(commandsOf("a session of GetFederationToken")).toEqual([
      DENY_ALICE,
      "aws iam list-access-keys --user-name alice",
    ]);
  });

  test("makes the root user's key inactive without a user's name", () => {
    expect(commandsOf("the root user's key")).toEqual([
      "aws iam update-access-key --access-key-id AKIAEXAMPLEEXAMPLE01 --status Inactive",
      "aws sts assume-root --region eu-west-1 --target-principal 111122223333 --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials",
    ]);
    expect(of("the root user in the console").text).toContain("mailbox");
  });

  test("looks for the AssumeRoot that issued a privileged root session, and doesn't ask to sign in as root", () => {
    const { text, commands } = of("a privileged root session");

    expect(text).toContain("AssumeRoot");
    expect(text).not.toMatch(/password|mailbox|sign in/i);
    expect(commands).toEqual([
      "aws cloudtrail lookup-events --region eu-west-1 --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoot --query 'Events[?contains(CloudTrailEvent, `\"ASIAEXAMPLEEXAMPLE01\"`)].CloudTrailEvent' --output text",
      "aws iam disable-organizations-root-sessions",
    ]);
  });

  test("asks Identity Center who its user is", () => {
    expect(commandsOf("a user of Identity Center")[0]).toBe(
      "aws identitystore describe-user --region eu-west-1 --identity-store-id d-9067642ac7 --user-id 94482488-3041-7055-0000-0000000000a1",
    );
  });

  test("revokes the role that another account's principal, or a provider's user, entered by", () => {
    expect(commandsOf("another account's principal")[0]).toContain("put-role-policy --role-name Audit ");
    expect(of("another account's principal").text).toContain("account 444455556666");
    expect(commandsOf("a user of an identity provider")[0]).toContain("put-role-policy --role-name Deployer ");
  });

  test("stays in the record's partition", () => {
    const govCloud = (caller: string) => containment({ ...recordOf(caller), awsRegion: "us-gov-east-1" }).commands;

    expect(govCloud("a user's key")).toEqual([
      "aws iam update-access-key --region us-gov-west-1 --user-name alice --access-key-id AKIAEXAMPLEEXAMPLE01 --status Inactive",
      "aws iam attach-user-policy --region us-gov-west-1 --user-name alice --policy-arn arn:aws-us-gov:iam::aws:policy/AWSDenyAll",
    ]);
    expect(govCloud("the root user's key")[1]).toContain("arn=arn:aws-us-gov:iam::aws:policy/root-task/");
  });
});

describe("what callers choose", () => {
  const HOSTILE = [
    "x; rm -rf /",
    "$(reboot)",
    "`id`",
    "a b",
    "--profile",
    "'quoted'",
    'a"b',
    "a\nb",
    "file:///etc/passwd",
    "https://example.com/x",
    "HIDDEN_DUE_TO_SECURITY_REASONS",
    "x".repeat(200),
  ];

  test.each(HOSTILE)("gets into no command: %j", (text) => {
    for (const caller of Object.keys(CALLERS)) {
      const plain = recordOf(caller);
      const replaced = JSON.parse(JSON.stringify(plain), (key, value) =>
        ["userName", "accessKeyId", "userId", "roleArn", "awsRegion", "eventID", "accountId", "arn"].includes(key)
          ? text
          : key === "principalId" && typeof value === "string"
            ? `AROAEXAMPLE:${text}`
            : value,
      ) as CloudTrailRecord;
      for (const command of containment(replaced).commands) expect(command).not.toContain(text);
    }
  });

  test("leaves a placeholder for a name that isn't safe in a shell", () => {
    const record = unauthorizedDescribe({
      userIdentity: { type: "IAMUser", userName: "a b", accessKeyId: "AKIAEXAMPLEEXAMPLE01" },
    });

    expect(containment(record).commands[0]).toBe(
      "aws iam update-access-key --user-name <userName> --access-key-id AKIAEXAMPLEEXAMPLE01 --status Inactive",
    );
  });
});
