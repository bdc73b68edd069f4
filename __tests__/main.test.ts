import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { resources } from "../assertions/resources";
import { parseStack, type SynthesizedStack } from "../assertions/synthesized-stack";
import { synthesizeStack } from "./constructs/synthesize-stack";
import { REPOSITORY } from "./repository";
import { type Outcome, startSynth } from "./synth-program";

const SUBSCRIBERS = '[{"protocol": "email", "endpoint": "oncall@example.com"}]';
const GOOD = { TRAILWARDEN_SUBSCRIBERS: SUBSCRIBERS, TRAILWARDEN_ARCHIVE_RETENTION_DAYS: "183" };
const BAD = { TRAILWARDEN_REGION: "mars", TRAILWARDEN_TRAIL_NAME: "a b", TRAILWARDEN_SPEED: "9" };
const CONTEXT = { CDKTF_CONTEXT_JSON: '{"namePrefix": "guard"}' };

let temporary: string;
let good: Outcome;
let silent: Outcome;
let bad: Outcome;
let elsewhere: Outcome;
let forwarding: Outcome;

const start = (name: string, how: Parameters<typeof startSynth>[2]) =>
  startSynth("main.ts", join(temporary, name), how);

function written({ outdir }: Outcome): string {
  return readFileSync(join(outdir, "stacks", "trailwarden", "cdk.tf.json"), "utf8");
}

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), "trailwarden-main-"));
  const folder = join(temporary, "another folder");
  mkdirSync(folder);
  writeFileSync(join(folder, ".terraform.lock.hcl"), "# pinned\n");
  [good, silent, bad, elsewhere, forwarding] = await Promise.all([
    start("good", { environment: GOOD }),
    start("silent", { environment: CONTEXT }),
    start("bad", { environment: BAD }),
    start("elsewhere", { environment: CONTEXT, folder }),
    start("forwarding", { environment: { ...GOOD, TRAILWARDEN_REGIONS: "us-west-2,eu-west-1" } }),
  ]);
}, 30_000);
afterAll(() => rmSync(temporary, { recursive: true }));

describe("a good configuration", () => {
  test("ends well, warns of what is odd and says where the Terraform JSON is", () => {
    expect(good.status).toBe(0);
    expect(good.stderr.split("\n")).toEqual([
      expect.stringMatching(/^warning: deployers is empty: /),
      expect.stringMatching(/^warning: archiveRetentionDays is 183: /),
      `Terraform JSON: ${good.outdir}/stacks/trailwarden/cdk.tf.json`,
      "",
    ]);
    expect(good.stdout).toBe("");
  });

  test("says which regions alert within seconds, where it is more than home", () => {
    expect(forwarding.status).toBe(0);
    expect(forwarding.stderr).toContain(
      "\nnote: alerts within seconds: us-east-1, and by forwarders eu-west-1, us-west-2\nTerraform JSON: ",
    );
    expect(parseStack(written(forwarding)).output.watched_regions).toEqual({
      description: "Regions that alert within seconds, the home region first",
      value: ["us-east-1", "eu-west-1", "us-west-2"],
    });
    expect(parseStack(written(good)).output).not.toHaveProperty("watched_regions");
  });

  test("writes the stack at the addresses that the tests of constructs/ pin", () => {
    const stack = parseStack(written(good));
    const tested = synthesizeStack({ subscribers: JSON.parse(SUBSCRIBERS) });
    const addresses = (of: SynthesizedStack) =>
      resources(of)
        .map(({ address }) => address)
        .sort();

    expect(addresses(stack)).toEqual(addresses(tested));
  });

  test("lays the function's zip beside it", () => {
    const stack = parseStack(written(good));
    const [fn] = resources(stack, "aws_lambda_function");

    expect(existsSync(join(good.outdir, "stacks", "trailwarden", String(fn?.attributes.filename)))).toBe(true);
  });

  test("lays the lock file of the folder beside the stack, where there is one", () => {
    const lock = ({ outdir }: Outcome) => join(outdir, "stacks", "trailwarden", ".terraform.lock.hcl");

    expect(readFileSync(lock(elsewhere), "utf8")).toBe("# pinned\n");
    expect(existsSync(lock(silent))).toBe(false);
  });

  test("writes the same from any folder, and no path of this machine", () => {
    expect(elsewhere.status).toBe(0);
    expect(written(elsewhere)).toBe(written(silent));
    expect(written(elsewhere)).not.toContain(REPOSITORY);
    expect(written(elsewhere)).not.toContain(tmpdir());
  });

  test("leaves the folder it is started in alone", () => {
    expect(readdirSync(join(temporary, "another folder"))).toEqual([".terraform.lock.hcl"]);
  });
});

test("the cdktf command shows the warnings itself: they are kept in the stack, not printed", () => {
  expect(silent.status).toBe(0);
  expect(silent.stderr).not.toContain("warning:");
  expect(readFileSync(join(silent.outdir, "manifest.json"), "utf8")).toContain("subscribers is empty");
});

describe("a bad configuration", () => {
  test("ends with 1 and one line a problem, no stack trace", () => {
    expect(bad.status).toBe(1);
    expect(bad.stderr.split("\n")).toEqual([
      expect.stringMatching(/^error: region is "mars" \(from TRAILWARDEN_REGION\): must be an AWS region/),
      expect.stringMatching(/^error: trailName is "a b" \(from TRAILWARDEN_TRAIL_NAME\): must be 3 to 128 letters/),
      expect.stringMatching(/^error: TRAILWARDEN_SPEED is "9": unknown key; allowed keys: region, /),
      "",
    ]);
    expect(bad.stdout).toBe("");
  });

  test("writes nothing", () => {
    expect(existsSync(bad.outdir)).toBe(false);
  });
});
