import { describe, expect, test } from "@jest/globals";
import { parseArguments } from "../../../cli/command/arguments";
import { helpText } from "../../../cli/command/usage";
import { UsageError } from "../../../cli/command/usage-error";
import { type ReplayOptions, readOptions, USAGE } from "../../../cli/replay/options";
import { given } from "../command/given";

function read(...args: readonly string[]): ReplayOptions {
  return readOptions(given(USAGE, args));
}

function refusal(...args: readonly string[]): string {
  try {
    read(...args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

test("paths alone ask for everything, as text", () => {
  expect(read("a.json", "s3://bucket/prefix", "-")).toEqual({
    paths: ["a.json", "s3://bucket/prefix", "-"],
    scope: { regions: [], accounts: [] },
    detections: [],
    format: "text",
  });
});

test("every option arrives", () => {
  expect(
    read(
      ...["--from", "2026-11-20", "--to=2026-11-21T14:30Z", "--region", "eu-west-1", "--account", "111122223333"],
      ...["--detection", "user-created", "--min-severity", "high", "--fail-on", "critical", "--workers", "3"],
      ...["logs", "--config", "a.json", "--compare", "b.json", "--format", "markdown"],
    ),
  ).toEqual({
    paths: ["logs"],
    scope: {
      from: Date.UTC(2026, 10, 20),
      to: Date.UTC(2026, 10, 21, 14, 30),
      regions: ["eu-west-1"],
      accounts: ["111122223333"],
    },
    detections: ["user-created"],
    minSeverity: "high",
    failOn: "critical",
    workers: 3,
    config: "a.json",
    compare: "b.json",
    format: "markdown",
  });
});

test("lists take commas and repetition, and each thing once", () => {
  const { scope, detections } = read(
    ...["logs", "--region", "eu-west-1, us-east-1", "--region", "us-gov-west-1", "--region", "us-east-1"],
    ...["--account", "111122223333,444455556666", "--detection", "a,b", "--detection", "c"],
  );

  expect(scope.regions).toEqual(["eu-west-1", "us-east-1", "us-gov-west-1"]);
  expect(scope.accounts).toEqual(["111122223333", "444455556666"]);
  expect(detections).toEqual(["a", "b", "c"]);
});

test("the day of --to is in, an instant of --to is not", () => {
  expect(read("logs", "--from", "2026-11-20", "--to", "2026-11-20").scope).toMatchObject({
    from: Date.UTC(2026, 10, 20),
    to: Date.UTC(2026, 10, 21),
  });
  expect(read("logs", "--to", "2026-11-20T00:00:30Z").scope.to).toBe(Date.UTC(2026, 10, 20, 0, 0, 30));
});

test("--help wins over all that is missing", () => {
  expect(parseArguments(USAGE, ["--help"])).toBe("help");
  expect(parseArguments(USAGE, ["logs", "-h"])).toBe("help");
});

test("the help lists every option", () => {
  const known = refusal("logs", "--nonsense-of-mine")
    .replace(/.*allowed options: /, "")
    .split(", ");

  expect(known).toHaveLength(14);
  for (const option of known) expect(helpText(USAGE)).toContain(`${option} `);
});

describe("refuses, saying what it takes:", () => {
  test.each([
    [[], /^missing argument PATH\.\.\.$/],
    [["--from", "2026-11-20"], /^missing argument PATH\.\.\.$/],
    [["-", "-"], /^- is given more than once: standard input can be read only once$/],
    [["logs", "--nope"], /^unknown option --nope; allowed options: --from, --to, .*--workers, --help, --version$/],
    [["logs", "-x"], /^unknown option -x; allowed options: /],
    [["logs", "--nope=1"], /^unknown option --nope; /],
    [["logs", "--fromm", "1"], /^unknown option --fromm; did you mean --from\?$/],
    [["logs", "--from"], /^--from has no value: must be --from TIME$/],
    [
      ["logs", "--from", "--to", "2026-11-20"],
      /^--from has no value: must be --from TIME; a value that begins with - is written --from=TIME$/,
    ],
    [["logs", "--min-severity"], /^--min-severity has no value: must be --min-severity SEVERITY$/],
    [["logs", "--help=yes"], /^--help is "--help=yes": must not have a value$/],
    [
      ["logs", "--from", "yesterday"],
      /^--from is "yesterday": must be a day \(UTC\) such as 2026-11-20, or a time such as /,
    ],
    [["logs", "--from", "2026-02-30"], /^--from is "2026-02-30": must be a day/],
    [["logs", "--to", "2026-11-20T14:00"], /^--to is "2026-11-20T14:00": must be a day/],
    [["logs", "--to", "2026-11-20T24:00Z"], /^--to is "2026-11-20T24:00Z": must be a day/],
    [["logs", "--from", ""], /^--from is "": must be a day/],
    [["logs", "--from", "2026-11-21", "--to", "2026-11-20"], /^--from 2026-11-21 is not before --to 2026-11-20: /],
    [["logs", "--from", "2026-11-20T14:00Z", "--to", "2026-11-20T14:00Z"], /^--from 2026-11-20T14:00Z is not before /],
    [
      ["logs", "--from", "2026-11-20", "--from", "2026-11-21"],
      /^--from is given more than once: 2026-11-20, 2026-11-21$/,
    ],
    [["logs", "--region", "Ireland"], /^--region is "Ireland": must be an AWS region such as eu-west-1$/],
    [["logs", "--region", "eu-west-1,"], /^--region is "": must be an AWS region/],
    [
      ["logs", "--region", "cn-north-1"],
      /^--region is "cn-north-1": lies in China's partition \(aws-cn\), which isn't supported/,
    ],
    [
      ["logs", "--region", "eu-west-1,eusc-de-east-1"],
      /^--region is "eusc-de-east-1": lies in .* \(aws-eusc\), which isn't/,
    ],
    [
      ["logs", "--region", "us-iso-east-1"],
      /^--region is "us-iso-east-1": lies in .* \(aws-iso\), which isn't supported/,
    ],
    [
      ["logs", "--account", "1111-2222-3333"],
      /^--account is "1111-2222-3333": must be an account's 12 digits, or its name$/,
    ],
    [["logs", "--detection", ""], /^--detection is "": must be a non-empty string$/],
    [["logs", "--min-severity", "HIGH"], /^--min-severity is "HIGH"; allowed: critical, high, medium, low$/],
    [["logs", "--fail-on", "any"], /^--fail-on is "any"; allowed: critical, high, medium, low$/],
    [["logs", "--format", "csv"], /^--format is "csv"; allowed: text, json, html, markdown, ocsf$/],
    [["logs", "--config", ""], /^--config is "": must be a non-empty string$/],
    [["logs", "--workers", "0"], /^--workers is "0": must be a whole number from 1 to 64$/],
    [["logs", "--workers", "2.5"], /^--workers is "2.5": must be a whole number from 1 to 64$/],
    [["logs", "--workers", "65"], /^--workers is "65": must be a whole number from 1 to 64$/],
    [["logs", "--format", "markdown"], /^--format markdown is for a comparison: add --compare FILE/],
    [
      ["logs", "--format", "html", "--compare", "b.json"],
      /^--format html shows one configuration: leave --compare out/,
    ],
    [
      ["logs", "--format", "ocsf", "--compare", "b.json"],
      /^--format ocsf shows one configuration: leave --compare out/,
    ],
  ])("%j", (args, message) => {
    expect(refusal(...args)).toMatch(message);
    expect(refusal(...args)).not.toContain("\n");
  });
});
