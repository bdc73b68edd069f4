import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { buildAlert } from "../../../alerting/notices/alert";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { commandsInProse, commandsInShell, type Operation, problemsOf } from "../../../tools/packaging/aws-commands";
import table from "../../../tools/packaging/aws-operations.json";
import { everyCommand } from "../../../tools/packaging/command-texts";
import { REPOSITORY } from "../../repository";

const operations = table.operations as Readonly<Record<string, Operation>>;
const problemsIn = (shell: string) => commandsInShell(shell).flatMap((command) => problemsOf(command, operations));

describe("every command for AWS's CLI", () => {
  const commands = everyCommand();

  test("is found: in runbooks, in what stops callers, in summaries and in the docs", () => {
    const places = new Set(commands.map(({ where }) => where));

    for (const place of ["trail-stopped", "a role's session", "a summary", "README.md", "docs/dead-letters.md"]) {
      expect(places).toContain(place);
    }
    expect(commands.length).toBeGreaterThan(250);
  });

  test("is one that the CLI takes", () => {
    const problems = commands.flatMap(({ where, command }) =>
      problemsOf(command, operations).map((problem) => `${where}: ${problem}`),
    );

    expect(problems).toEqual([]);
  });

  test("is why an operation is in the table", () => {
    const used = new Set(commands.map(({ command }) => `${command.service} ${command.operation}`));

    expect(Object.keys(operations).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe("every command of an alert, with a record's values in it", () => {
  const fixtures = join(REPOSITORY, "__tests__/fixtures/detections");

  test.each([undefined, "us-gov-east-1"])("is one that the CLI takes (region %s)", (awsRegion) => {
    const problems = catalogue.flatMap((detection) => {
      const { cases } = JSON.parse(readFileSync(join(fixtures, `${detection.id}.json`), "utf8")) as {
        readonly cases: readonly { readonly matches: boolean; readonly record: CloudTrailRecord }[];
      };
      return cases
        .filter(({ matches }) => matches)
        .flatMap(({ record }) => {
          const event = wrapRecord({ ...record, ...(awsRegion !== undefined && { awsRegion }) });
          const { runbook, containment, seeIt } = buildAlert(detection, event, "log");
          return [runbook.command, ...runbook.undo, ...(containment?.commands ?? [])]
            .flatMap(problemsIn)
            .concat(
              [runbook.contain, seeIt].flatMap(commandsInProse).flatMap((found) => problemsOf(found, operations)),
            );
        });
    });

    expect([...new Set(problems)]).toEqual([]);
  });
});

describe("a command that the CLI would refuse", () => {
  test.each([
    [
      "aws iam update-access-keys --user-name x",
      /not in tools.packaging.aws-operations.json.*npm run build:aws-operations/,
    ],
    ["aws iam update-access-key --user-name x --access-key-id y", /needs --status/],
    ["aws iam update-access-key --user x --access-key-id y --status Inactive", /has no --user$/],
    ["aws iam update-access-key --access-key-id y --status Off", /--status is Off: allowed are Active, Inactive/],
    ["aws guardduty create-detector --enable true", /--enable is a flag and takes no value/],
    ["aws iam list-access-keys alice", /takes 0 values without a name, not \["alice"\]/],
    ["aws iam get-role --role-name x --max-items 3", /has no --max-items/],
    [`aws iam put-role-policy --role-name x --policy-name y --policy-document '{"a":}'`, /is not JSON/],
    ['aws iam list-access-keys --user-name "$(aws iam get-nothing)"', /aws iam get-nothing is not in/],
    ["echo one | xargs -n 1 aws guardduty get-detector --region <awsRegion>", /needs --detector-id/],
  ])("is found: %s", (shell, problem) => {
    expect(problemsIn(shell)).toEqual([expect.stringMatching(problem)]);
  });

  test("is found in prose, which may leave arguments out", () => {
    const found = commandsInProse(
      "Take it away (aws iam delete-login-profile --username x), or aws iam list-access-keys.",
    );

    expect(found.flatMap((command) => problemsOf(command, operations))).toEqual([
      "aws iam delete-login-profile has no --username",
    ]);
  });
});

describe("a command that the CLI takes", () => {
  test.each([
    "aws iam update-access-key --user-name <userName> --access-key-id <accessKeyId> --status Inactive",
    "aws guardduty create-detector --region <awsRegion> --no-enable",
    `aws guardduty list-detectors --query 'DetectorIds[]' --output text | xargs -n 1 aws guardduty get-detector --detector-id`,
    "aws iam list-access-keys \\\n  --user-name x --max-items 3",
    "KEYS=$(aws iam list-access-keys --user-name alice)",
  ])("has no problem: %s", (shell) => {
    expect(commandsInShell(shell)).not.toEqual([]);
    expect(problemsIn(shell)).toEqual([]);
  });
});
