import { describe, expect, test } from "@jest/globals";
import { ConfigurationError } from "../../config/errors";
import { REGION } from "../../config/regions";
import { forwardedRegions } from "../../config/watched-regions";
import { load } from "./load-context";

const QUIET = {
  deployers: ["arn:aws:iam::111122223333:role/deployer"],
  subscribers: [{ protocol: "email", endpoint: "oncall@example.com" }],
};
const GOVCLOUD = { region: "us-gov-west-1", deployers: ["arn:aws-us-gov:iam::111122223333:role/deployer"] };

function warningsOf(context: object): readonly string[] {
  return load({ ...QUIET, ...context }).warnings;
}

function problemsOf(context: object): readonly string[] {
  try {
    load({ ...QUIET, ...context });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  throw new Error("the configuration was taken");
}

describe("regions that are forwarded", () => {
  test.each<[object, number]>([
    [{ regions: "home" }, 0],
    [{ regions: [] }, 0],
    [{ regions: ["us-east-1"] }, 0],
    [{ regions: "default" }, 16],
    [{ regions: "default", region: "eu-central-1" }, 16],
    // An opt-in region is no default one.
    [{ regions: "default", region: "af-south-1" }, 17],
    [{ regions: "default", ...GOVCLOUD }, 1],
    [{ regions: ["us-west-2", "us-east-1", "eu-west-1"] }, 2],
  ])("%j: %d, in order, never home", (context, count) => {
    const { config } = load({ ...QUIET, ...context });
    const forwarded = forwardedRegions(config);

    expect(forwarded).toHaveLength(count);
    expect(forwarded).not.toContain(config.region);
    expect([...forwarded].sort()).toEqual(forwarded);
    for (const each of forwarded) expect(each).toMatch(REGION);
  });
});

describe("a list of regions", () => {
  test("may name home, and regions that every account has", () => {
    expect(warningsOf({ regions: ["us-east-1", "eu-west-1", "us-west-2"] })).toEqual([]);
    expect(warningsOf({ regions: [] })).toEqual([]);
    expect(warningsOf({ regions: "default" })).toEqual([]);
    expect(warningsOf({ ...GOVCLOUD, regions: "default" })).toEqual([]);
  });

  test("is refused where it names a region twice", () => {
    expect(problemsOf({ regions: ["eu-west-1", "us-west-2", "eu-west-1"] })).toEqual([
      'regions[2] is "eu-west-1" (from the context): duplicate',
    ]);
  });

  test("is refused where it names a region of another partition", () => {
    expect(problemsOf({ regions: ["eu-west-1", "us-gov-west-1"] })).toEqual([
      expect.stringMatching(
        /^regions\[1\] is "us-gov-west-1" \(from the context\): lies in partition aws-us-gov, but region is "us-east-1", which lies in aws: .*take it out of regions/,
      ),
    ]);
    expect(problemsOf({ ...GOVCLOUD, regions: ["us-east-1"] })).toEqual([
      expect.stringMatching(/^regions\[0\] is "us-east-1".*: lies in partition aws, but region is "us-gov-west-1"/),
    ]);
  });

  test.each(["home", "default", "all"])("says that a word stands alone where the list has %j", (word) => {
    expect(problemsOf({ regions: [word, "eu-west-1"] })).toEqual([
      `regions[0] is "${word}" (from the context): must be an AWS region such as us-east-1; home or default stands alone, in place of the list`,
    ]);
  });

  test("has one line for each that is wrong, at its place in what was given", () => {
    expect(problemsOf({ regions: ["mars", "eu-west-1", "cn-north-1", "us-gov-west-1", "eu-west-1"] })).toEqual([
      expect.stringMatching(/^regions\[0\] is "mars".*: must be an AWS region/),
      expect.stringMatching(/^regions\[2\] is "cn-north-1".* isn't supported yet/),
      expect.stringMatching(/^regions\[3\] is "us-gov-west-1".*: lies in partition aws-us-gov/),
      expect.stringMatching(/^regions\[4\] is "eu-west-1".*: duplicate/),
    ]);
  });

  test("does not blame regions for a home region that is wrong itself", () => {
    expect(problemsOf({ region: "mars", regions: ["us-gov-west-1"] })).toEqual([
      expect.stringMatching(/^region is "mars"/),
    ]);
  });

  test("is warned of where it names one that AWS doesn't have yet", () => {
    expect(warningsOf({ regions: ["eu-west-9"] })).toEqual([
      expect.stringMatching(/^regions has "eu-west-9": is an unknown region .*did you mean eu-west-1/),
    ]);
  });

  test("is warned of where accounts must opt in, but for home", () => {
    expect(warningsOf({ regions: ["af-south-1", "eu-west-1", "ap-east-1"] })).toEqual([
      'regions has "af-south-1", "ap-east-1": must be enabled in the account, or the apply fails; for example aws account enable-region --region-name af-south-1',
    ]);
    expect(warningsOf({ region: "af-south-1", regions: ["af-south-1", "us-east-1"] })).toEqual([]);
  });
});

describe("that IAM's events are seen in one region only", () => {
  test.each<[string, object, RegExp]>([
    ["home alone", {}, /^region is "eu-west-1": .* in us-east-1 only; .*minutes later; set "regions": \["us-east-1"\]/],
    ["a list without it", { regions: ["eu-west-2"] }, /minutes later; add "us-east-1" to regions to be alerted/],
  ])("is said of %s", (_, context, line) => {
    expect(warningsOf({ region: "eu-west-1", ...context })).toEqual([expect.stringMatching(line)]);
  });

  test.each<[string, object]>([
    ["the default regions", { regions: "default" }],
    ["that region", { regions: ["us-east-1"] }],
  ])("is not said where forwarders bring them from %s", (_, context) => {
    expect(warningsOf({ region: "eu-west-1", ...context })).toEqual([]);
  });
});

describe("an organization", () => {
  const organization = { id: "o-a1b2c3d4e5", managementAccount: "111122223333", busStatements: [] };
  const ofOthers = expect.stringMatching(
    /^organization is set, but regions names no region beside "us-east-1": .*"default"$/,
  );

  test("whose other regions alert late is warned of", () => {
    expect(warningsOf({ organization })).toContainEqual(ofOthers);
    expect(warningsOf({ organization, regions: ["us-east-1"] })).toContainEqual(ofOthers);
  });

  test("with other regions is not, nor is one account", () => {
    expect(warningsOf({ organization, regions: ["eu-west-1"] })).not.toContainEqual(ofOthers);
    expect(warningsOf({})).not.toContainEqual(ofOthers);
  });
});
