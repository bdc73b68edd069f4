// Over 250 lines: one table of callers and what stops them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { buildAlert } from "../../../alerting/notices/alert";
import { emailText } from "../../../alerting/notices/alert-notice";
import { fillIn, remediation } from "../../../alerting/notices/runbook";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { harmless, unauthorizedDescribe } from "../../detection/events/records";
import { REPOSITORY } from "../../repository";
import { detectionNamed, unwrapped } from "./notices";

interface Case {
  readonly name: string;
  readonly matches: boolean;
  readonly record: CloudTrailRecord;
}

function matched(id: string): readonly Case[] {
  const file = join(REPOSITORY, "__tests__/fixtures/detections", `${id}.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { cases: readonly Case[] }).cases.filter(({ matches }) => matches);
}

/** The record of a fixture, with some fields of ours. */
function fixture(id: string, eventName: string): CloudTrailRecord {
  const found = matched(id).find(({ record }) => record.eventName.startsWith(eventName));
  if (!found) throw new Error(`no fixture of ${id} is a ${eventName}`);
  return found.record;
}

const undone = (id: string, eventName: string) => remediation(detectionNamed(id), fixture(id, eventName)).undo;

describe("fillIn", () => {
  const line = "x <requestParameters.a.b>";
  const filled = (a: unknown) => fillIn(line, harmless({ requestParameters: { a } }));

  test("takes values from the request and the answer, by their path, through lists", () => {
    expect(filled({ b: "one" })).toBe("x one");
    expect(filled([{ b: "one" }, { b: "two" }, { c: 1 }])).toBe("x one two");
    expect(filled({ b: ["one", 2] })).toBe("x one 2");
    expect(fillIn("<responseElements.x>", harmless({ responseElements: { x: "y" } }))).toBe("y");
  });

  test.each([
    ["nothing", undefined],
    ["an object", { b: { c: "d" } }],
    ["a boolean", { b: true }],
    ["a number that is no id", { b: -1.5 }],
    ["one value of several that a shell may not take", { b: ["one", "$(reboot)"] }],
    ["very many", { b: Array(100).fill("one") }],
    ["an address that the CLI would fetch", { b: "https://example.com/x" }],
    ["a file that the CLI would read", { b: "file:///etc/passwd" }],
    ["what CloudTrail hides", { b: "HIDDEN_DUE_TO_SECURITY_REASONS" }],
    ["a text that is too long", { b: "x".repeat(129) }],
    ["broken percent encoding", { b: "%zz" }],
    ["percent encoding of what a shell may not take", { b: "x%20%3B%20reboot" }],
  ])("leaves the placeholder for %s", (_, a) => {
    expect(filled(a)).toBe(line);
  });

  test("reads ARNs in percent encoding", () => {
    expect(filled({ b: "arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fops" })).toBe(
      "x arn:aws:iam::111122223333:role/ops",
    );
  });

  test("lets no value add a key to the CLI's shorthand", () => {
    const shorthand = (value: unknown) =>
      fillIn("--target Id=<requestParameters.a>,Type=ACCOUNT", harmless({ requestParameters: { a: value } }));

    expect(shorthand("444455556666")).toBe("--target Id=444455556666,Type=ACCOUNT");
    expect(shorthand("1,Id=2")).toBe("--target Id=<requestParameters.a>,Type=ACCOUNT");
    expect(shorthand(["1", "2"])).toBe("--target Id=<requestParameters.a>,Type=ACCOUNT");
  });

  test("takes the first of several places that has a value", () => {
    const either = "<requestParameters.a|responseElements.b|accessKeyId>";

    expect(fillIn(either, harmless({ requestParameters: { a: "1" }, responseElements: { b: "2" } }))).toBe("1");
    expect(fillIn(either, harmless({ responseElements: { b: "2" } }))).toBe("2");
    expect(fillIn(either, harmless())).toBe("AKIAEXAMPLEALICE001");
  });

  test("reads no other part of the record", () => {
    expect(fillIn("<userAgent> <userIdentity.arn> <requestParameters.__proto__>", harmless())).toBe(
      "<userAgent> <userIdentity.arn> <requestParameters.__proto__>",
    );
  });

  test.each([
    ["us-gov-east-1", "aws iam list-users --region us-gov-west-1 --max-items 1 && aws ec2 x --region us-gov-east-1"],
    ["cn-northwest-1", "aws iam list-users --region cn-north-1 --max-items 1 && aws ec2 x --region cn-northwest-1"],
    ["ap-southeast-2", "aws iam list-users --max-items 1 && aws ec2 x --region ap-southeast-2"],
  ])("leads services without regions to the partition of %s", (awsRegion, expected) => {
    const command = "aws iam list-users --max-items 1 && aws ec2 x --region <awsRegion>";

    expect(fillIn(command, harmless({ awsRegion }))).toBe(expected);
  });
});

test.each(catalogue)("$id: what one command puts back, the next does not delete", ({ runbook }) => {
  for (const commands of Object.values(runbook.undo ?? {})) {
    const operations = [commands].flat().map((command) => command.split(" ")[2] ?? "");
    for (const operation of operations.filter((name) => name.startsWith("put-"))) {
      expect(operations).not.toContain(operation.replace(/^put/, "delete"));
    }
  }
});

describe("the command of a runbook", () => {
  const command = (record: CloudTrailRecord, id = "attack-tool-seen") =>
    remediation(detectionNamed(id), record).command;

  test.each([
    [{ type: "AWSService", invokedBy: "config.amazonaws.com" }],
    [{ type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" }],
    [{ type: "AWSAccount", principalId: "AIDAEXAMPLE", accountId: "444455556666" }],
    [{ type: "Unknown" }],
    [{ type: "IAMUser", userName: "a b" }],
  ])("looks for the event where history has no name of the caller: %j", (userIdentity) => {
    const record = harmless({ userIdentity });

    expect(command(record)).toContain(`--lookup-attributes AttributeKey=EventId,AttributeValue=${record.eventID}`);
    expect(command({ ...record, eventCategory: "Data" })).toMatch(/^aws s3 cp /);
  });

  test.each([
    [{ type: "Root", accountId: "111122223333" }, "root"],
    [{ type: "IAMUser", userName: "alice" }, "alice"],
    [{ type: "AssumedRole", arn: "arn:aws:sts::111122223333:assumed-role/Ops/jane@example.com" }, "jane@example.com"],
  ])("looks for a caller without a key by name: %j", (userIdentity, name) => {
    expect(command(harmless({ userIdentity }))).toBe(
      `aws cloudtrail lookup-events --region eu-west-1 --lookup-attributes AttributeKey=Username,AttributeValue=${name}`,
    );
  });

  test("looks for a data event in the log archive", () => {
    const record = harmless({ eventCategory: "Data", managementEvent: false });
    const byEvent = { ...detectionNamed("rds-snapshot-shared") };

    expect(remediation(byEvent, record, "example-logs/AWSLogs").command).toBe(
      "aws s3 cp s3://example-logs/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/ log-files --recursive && zgrep -l 5a4e1c91-7b1d-4f0e-9a55-0c2f6d1e8b31 log-files/*.gz",
    );
  });
});

describe("what takes a call back", () => {
  test.each([
    [
      "access-key-for-other-user",
      "CreateAccessKey",
      ["aws iam update-access-key --user-name bob --access-key-id AKIAEXAMPLENEW000001 --status Inactive"],
    ],
    [
      "admin-policy-attached",
      "AttachRolePolicy",
      ["aws iam detach-role-policy --role-name Reports --policy-arn arn:aws:iam::aws:policy/IAMFullAccess"],
    ],
    [
      "admin-policy-attached",
      "AttachGroupPolicy",
      ["aws iam detach-group-policy --group-name developers --policy-arn arn:aws:iam::aws:policy/PowerUserAccess"],
    ],
    [
      "snapshot-shared",
      "ModifySnapshotAttribute",
      [
        "aws ec2 modify-snapshot-attribute --region eu-west-1 --snapshot-id snap-0a1b2c3d4e5f60001 --attribute createVolumePermission --operation-type remove --user-ids 444455556666",
      ],
    ],
    [
      "rds-snapshot-shared",
      "ModifyDBClusterSnapshotAttribute",
      [
        "aws rds modify-db-cluster-snapshot-attribute --region eu-west-1 --db-cluster-snapshot-identifier ledger-2026-11-01 --attribute-name restore --values-to-remove 444455556666",
      ],
    ],
    [
      "lambda-url-open",
      "CreateFunctionUrlConfig20211031",
      ["aws lambda delete-function-url-config --region eu-west-1 --function-name orders"],
    ],
    [
      "lambda-made-public",
      "AddPermission20150331v2",
      ["aws lambda remove-permission --region eu-west-1 --function-name orders --statement-id access"],
    ],
    [
      "domain-transferred",
      "disableDomainTransferLock",
      ["aws route53domains enable-domain-transfer-lock --region us-east-1 --domain-name example.com"],
    ],
    [
      "eks-admin-granted",
      "AssociateAccessPolicy",
      [
        "aws eks disassociate-access-policy --region eu-west-1 --cluster-name shop --principal-arn arn:aws:iam::111122223333:role/ops --policy-arn arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      ],
    ],
    [
      "trail-stopped",
      "StopLogging",
      [
        "aws cloudtrail start-logging --region eu-west-1 --name arn:aws:cloudtrail:eu-west-1:111122223333:trail/MyCloudTrail",
      ],
    ],
    ["trail-stopped", "DeleteTrail", []],
    [
      "bucket-made-public",
      "DeleteAccountPublicAccessBlock",
      [expect.stringContaining("s3control put-public-access-block --region eu-west-1 --account-id 111122223333 ")],
    ],
    [
      "bucket-made-public",
      "PutBucketAcl",
      [expect.stringContaining("s3api put-public-access-block --region eu-west-1 --bucket example-invoices ")],
    ],
  ])("is made from the record: %s, %s", (id, eventName, commands) => {
    expect(undone(id, eventName)).toEqual(commands);
  });

  test("is nothing where the call failed", () => {
    const stopped = { ...fixture("trail-stopped", "StopLogging"), errorCode: "AccessDenied" };

    expect(remediation(detectionNamed("trail-stopped"), stopped)).toMatchObject({
      contain: "The call failed: there is nothing to undo.",
      undo: [],
    });
  });

  test("asks for what the record has: the group, not a user, where everybody may use a snapshot", () => {
    const record = {
      ...fixture("snapshot-shared", "ModifySnapshotAttribute"),
      requestParameters: {
        snapshotId: "snap-0a1b2c3d4e5f60001",
        createVolumePermission: { add: { items: [{ group: "all" }] } },
      },
    };

    expect(remediation(detectionNamed("snapshot-shared"), record).undo).toEqual([
      expect.stringMatching(/--group-names all$/),
    ]);
  });
});

/** Fixtures whose record lacks what a command asks for, by detection. */
const LACKING: Readonly<Record<string, readonly string[]>> = {
  "key-policy-changed": ["a policy that CloudTrail left out as too large"],
  "log-files-deleted": ["a try is refused and comes without parameters"],
  "mfa-removed": ["the root user's device is removed"],
  "organization-changed": ["InviteAccountToOrganization succeeds"],
  "role-trust-changed": ["the policy is too large for the record"],
  "root-session-assumed": ["it is refused"],
  "security-group-changed": ["CreateSecurityGroup succeeds", "a load balancer makes its own group"],
  "security-group-opened": ["a range of ports has a database in it", "half of the internet"],
};

describe("the alert of every fixture", () => {
  test.each(catalogue.map((detection) => [detection.id, detection] as const))(
    "%s has the record's own values",
    (id, detection: Detection) => {
      const lacking = matched(id).filter(({ record }) => {
        const { containment, runbook } = buildAlert(detection, wrapRecord(record), "log");
        const lines = [
          runbook.check,
          runbook.command,
          runbook.contain,
          ...runbook.undo,
          ...(containment?.commands ?? []),
        ];
        return lines.some((line) => /<(requestParameters|responseElements|awsRegion|eventID|accessKeyId)\b/.test(line));
      });

      expect(lacking.map(({ name }) => name).sort()).toEqual([...(LACKING[id] ?? [])].sort());
    },
  );
});

describe("the alert's steps", () => {
  test("have commands on lines of their own, to be copied", () => {
    const text = unwrapped(
      emailText(
        buildAlert(
          detectionNamed("access-key-for-other-user"),
          wrapRecord(fixture("access-key-for-other-user", "CreateAccessKey")),
          "log",
        ),
      ),
    );

    expect(text).toContain(
      "\n3. If it was not intended: Deactivate the new key. Then investigate its creator.\n   aws iam update-access-key --user-name bob ",
    );
    expect(text).toMatch(/\n4\. To stop the caller: .*\n {3}aws iam /);
  });

  test("name what the call made, from its response", () => {
    const record = fixture("policy-version-set", "CreatePolicyVersion");

    expect(buildAlert(detectionNamed("policy-version-set"), wrapRecord(record), "log").runbook.undo).toEqual([
      "aws iam set-default-policy-version --policy-arn arn:aws:iam::111122223333:policy/Reports --version-id <formerVersionId>",
      "aws iam delete-policy-version --policy-arn arn:aws:iam::111122223333:policy/Reports --version-id v3",
    ]);
  });

  test("say once to stop the caller where that comes first", () => {
    const record = wrapRecord(unauthorizedDescribe());
    const plain = detectionNamed("unauthorized-ec2-call");
    const textOf = (contain: string) =>
      unwrapped(emailText(buildAlert({ ...plain, runbook: { ...plain.runbook, contain } }, record, "log")));

    expect(textOf(plain.runbook.contain)).toMatch(
      /\n3\. If it was not intended, stop the caller: Deactivate the key\. .*\n {3}aws iam .*\n {3}aws iam .*\n4\. Check its other calls\.\n\n/,
    );
    expect(textOf(plain.runbook.contain)).not.toMatch(/To stop the caller|\n5\./);
    expect(textOf("Stop the caller.")).toMatch(/\n3\. If it was not intended, stop the caller: .*\n {3}.*\n {3}.*\n\n/);
    expect(textOf("Stop the caller's instance.")).toContain(
      "\n3. If it was not intended: Stop the caller's instance.\n4. To",
    );
  });

  test("don't ask to stop AWS, which puts leaked keys in quarantine", () => {
    const alert = buildAlert(
      detectionNamed("key-quarantined"),
      wrapRecord(fixture("key-quarantined", "AttachUserPolicy")),
      "log",
    );

    expect(alert).not.toHaveProperty("containment");
    expect(emailText(alert)).not.toContain("4. ");
    expect(alert.runbook.undo).toContain("aws iam list-access-keys --user-name bob");
  });

  test("say that event history lags, where a command looks into it", () => {
    const lag =
      "\n2. Look at it. Event history shows a call 5 to 15 minutes after it was made, and management events only.\n   aws ";

    const textOf = (id: string, record: CloudTrailRecord) =>
      unwrapped(emailText(buildAlert(detectionNamed(id), wrapRecord(record), "log")));

    expect(textOf("unauthorized-calls", unauthorizedDescribe())).toContain(lag);
    expect(textOf("trail-stopped", fixture("trail-stopped", "StopLogging"))).toContain("\n2. Look at it.\n   aws ");
  });
});

describe("where the record is", () => {
  const place = (overrides: object, archive?: string) =>
    buildAlert(
      detectionNamed("attack-tool-seen"),
      wrapRecord(harmless(overrides as Record<string, unknown>)),
      "log",
      undefined,
      archive,
    );

  test("is event history for a management event, some minutes later", () => {
    const { link, seeIt } = place({});

    expect(link).toBe(
      "https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/5a4e1c91-7b1d-4f0e-9a55-0c2f6d1e8b31",
    );
    expect(seeIt).toBe(`See it in CloudTrail's event history (5 to 15 minutes after the call, for 90 days): ${link}`);
  });

  test.each([
    [{ eventCategory: "Data", managementEvent: false }, "CloudTrail"],
    [{ eventCategory: undefined, managementEvent: false }, "CloudTrail"],
    [{ eventCategory: "NetworkActivity", managementEvent: false }, "CloudTrail-NetworkActivity"],
  ])("is the log archive alone for %j", (overrides, folder) => {
    const { link, seeIt } = place(overrides, "example-logs/AWSLogs");

    expect(link).toBe(`s3://example-logs/AWSLogs/111122223333/${folder}/eu-west-1/2026/11/20/`);
    expect(seeIt).toContain(`aws s3 cp ${link} log-files --recursive && zgrep -l 5a4e1c91-`);
    expect(seeIt).not.toContain("console.aws");
  });

  test("is in the next day's folder too, shortly before midnight", () => {
    const evening = (eventTime: string) => place({ eventCategory: "Data", eventTime }, "example-logs/AWSLogs").seeIt;

    expect(evening("2026-12-31T23:55:00Z")).toMatch(
      /aws s3 cp \S+\/2026\/12\/31\/ log-files --recursive && aws s3 cp \S+\/2027\/01\/01\/ log-files --recursive && zgrep/,
    );
    expect(evening("2026-12-31T23:30:00Z")).not.toContain("2027");
  });

  test("is the archive for deleted log files, whose record event history doesn't hold", () => {
    const record = fixture("log-files-deleted", "DeleteObject");
    const alert = buildAlert(
      detectionNamed("log-files-deleted"),
      wrapRecord(record),
      "log",
      undefined,
      "example-logs/AWSLogs",
    );

    expect(emailText(alert)).not.toMatch(/cloudtrailv2|lookup-events/);
    expect(alert.link).toMatch(/^s3:\/\/example-logs\/AWSLogs\/111122223333\/CloudTrail\/us-east-1\/2026\/11\/\d\d\/$/);
  });

  test("is left open where the record's own words are none", () => {
    const { link } = place({
      eventCategory: "Data",
      awsRegion: "$(id)",
      recipientAccountId: "../..",
      eventTime: "now",
    });

    expect(link).toBe("s3://<archiveBucket>/AWSLogs/<account>/CloudTrail/<awsRegion>/<year>/<month>/<day>/");
  });
});
