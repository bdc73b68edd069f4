import { describe, expect, test } from "@jest/globals";
import { checkConfig, type GivenConfig } from "../../../config/check";
import { ConfigurationError } from "../../../config/errors";
import { suppressionsOf } from "../../../constructs/deployable/suppressions";
import { catalogue } from "../../../detection/catalogue/catalogue";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const answerable = { owner: "ops@example.com", reason: "known", expires: "2026-11-20" };
const own = { id: "known-scan", detections: ["unauthorized-calls"], pattern: { source: ["aws.ec2"] }, ...answerable };

function load(given: GivenConfig) {
  const { config } = checkConfig(
    given,
    catalogue.map(({ id }) => id),
  );
  return suppressionsOf(config, catalogue, NOW);
}

function problemsOf(...suppressions: readonly object[]): readonly string[] {
  try {
    load({ suppressions } as GivenConfig);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe("suppressions of a configuration", () => {
  test("are those that are always on, then one's own, through their last day", () => {
    const suppressions = load({
      deployers: ["arn:aws:iam::111122223333:role/deployer"],
      suppressions: [own, { use: "console-probes", ...answerable }],
    });

    expect(suppressions.map(({ id }) => id)).toEqual([
      "aws-services",
      "monitor-itself",
      "stack-sets",
      "deployers",
      "known-scan",
      "console-probes",
    ]);
    expect(suppressions[4]).toEqual(own);
    expect(suppressions[5]).toMatchObject(answerable);
  });

  test("whose last day is over are refused, with who may know", () => {
    expect(problemsOf({ ...own, expires: "2026-11-19" })).toEqual([
      'suppressions[0].expires is "2026-11-19": "known-scan" has expired; ask ops@example.com whether it is still needed, then set a later day or remove it',
    ]);
  });

  test("have one id each, and none of those that are taken", () => {
    expect(problemsOf(own, own, { ...own, id: "aws-services" }, { use: "console-probes", ...answerable })).toEqual([
      'suppressions[1].id is "known-scan": duplicate',
      'suppressions[2].id is "aws-services": reserved for a suppression that is always on; choose another id',
    ]);
  });

  test("are told everything that is wrong with them at once", () => {
    expect(
      problemsOf(
        { ...own, detections: ["root-get-caller-identity", "no-such"] },
        { ...own, id: "second", pattern: { source: [{ regex: "x" }] }, expires: "2020-01-01" },
        { ...own, id: "third", pattern: { source: ["{{bukket}}"] } },
      ),
    ).toEqual([
      expect.stringMatching(/^suppressions\[0\]\.detections\[0\]: root-get-caller-identity can't be suppressed: /),
      expect.stringMatching(
        /^suppressions\[0\]\.detections\[1\]: unknown detection "no-such"; did you mean ([a-z-]+, ){2}[a-z-]+\?$/,
      ),
      expect.stringMatching(/^suppressions\[1\]\.pattern\.source\[0\].*: .*regex/),
      expect.stringMatching(/^suppressions\[1\]\.expires is "2020-01-01"/),
      expect.stringMatching(/^suppressions\[2\]\.pattern: unknown placeholder \{\{bukket\}\}/),
    ]);
  });

  test("must have an owner, a reason and a last day, and nothing that nobody knows", () => {
    expect(
      problemsOf(
        { ...own, owner: "", reason: undefined, expires: "2026-02-30", extra: 1 },
        { use: "everything", ...answerable },
        { use: "ci-roles", ...answerable, roles: ["arn:aws:sts::111122223333:assumed-role/ci/x"] },
      ),
    ).toEqual([
      expect.stringMatching(/^suppressions\[0\]\.owner is "".*: must be a non-empty line: who is responsible/),
      expect.stringMatching(
        /^suppressions\[0\]\.reason is missing.*: must be a non-empty line: why no alert is needed/,
      ),
      expect.stringMatching(
        /^suppressions\[0\]\.expires is "2026-02-30".*: must be the last day on which it suppresses/,
      ),
      expect.stringMatching(/^suppressions\[0\]\.extra is 1.*: unknown key/),
      expect.stringMatching(
        /^suppressions\[1\]\.use is "everything".*: must be one of: ci-roles, identity-center-sign-in, console-probes/,
      ),
      expect.stringMatching(/^suppressions\[2\]\.roles\[0\] is "arn:aws:sts.*must be an IAM role's ARN/),
    ]);
  });
});

describe("deployers", () => {
  test.each([
    "arn:aws:sts::111122223333:assumed-role/Deployer/session",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:role/*",
    "Deployer",
  ])("are roles and users, not %s", (arn) => {
    expect(() => load({ deployers: [arn] })).toThrow(/deployers\[0\] is ".*".*: must be an IAM role's or user's ARN/);
  });

  test("are asked for where none is declared", () => {
    const warned = (given: GivenConfig) =>
      checkConfig(given, []).warnings.filter((line) => line.startsWith("deployers"));

    expect(warned({})).toEqual([
      expect.stringMatching(/^deployers is empty: changes by your own deployments raise alerts; add for example "arn:/),
    ]);
    expect(warned({ deployers: ["arn:aws:iam::111122223333:user/ops/bob"] })).toEqual([]);
  });
});
