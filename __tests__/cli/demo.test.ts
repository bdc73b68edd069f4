import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "@jest/globals";
import { compare, EXPECTED } from "../../cli/demo/expected";
import { harmless, unauthorizedDescribe } from "../lambda-src/records";
import { LEAST, withFolder } from "../own-detections/folder";

const ROOT = join(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "trailwarden-demo-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

function trailwarden(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", "tsx/cjs", "cli/main.ts", ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const describing = { ...LEAST, pattern: { source: ["aws.ec2"], detail: { eventName: ["DescribeInstances"] } } };

describe("trailwarden demo", () => {
  test("shows the sample's alerts as their subscribers read them, whatever the environment says", () => {
    const { status, stdout, stderr } = trailwarden(["demo"], { TRAILWARDEN_REGION: "eu-west-1" });

    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("cdktf.out/demo/stacks/trailwarden/cdk.tf.json");
    expect(stdout).toContain(`All ${EXPECTED.length} expected alerts, none too many.`);
    expect(stdout).toContain("▶  CRITICAL root-get-caller-identity  →  topic APICallAlert");
    expect(stdout).toContain('│ "CRITICAL GetCallerIdentity in account 111122223333 us-east-1 at 2026-11-20T02:14:05Z');
    expect(stdout).toContain(
      "│ Subject: [MEDIUM] EC2 call without permission: DescribeInstances denied in 111122223333 us-east-1",
    );
    expect(stdout).toContain("│ HIGH RunInstances succeeded, by IAM user alice. Costly resource created or asked for.");
  });

  test("takes a user's own log files, compressed or not, with the user's configuration", () => {
    const plain = file("plain.json", JSON.stringify({ Records: [harmless(), unauthorizedDescribe()] }));
    const zipped = file(
      "zipped.json.gz",
      gzipSync(JSON.stringify({ Records: [unauthorizedDescribe({ eventID: "e2" })] })),
    );

    const { status, stdout } = trailwarden(["demo", plain, zipped], {
      TRAILWARDEN_REGION: "eu-west-1",
      TRAILWARDEN_DISABLED_DETECTIONS: "unauthorized-calls",
    });

    expect(status).toBe(0);
    expect(stdout).toMatch(/unauthorized-ec2-call +event path +1 +log path +0/);
    expect(stdout).not.toMatch(/unauthorized-calls +event path/);
    expect(stdout).toContain("records   read 3, judged 3, findings 0");
  });

  test("runs the user's own detections with them, and tells of nothing that is off", () => {
    const own = file("own.json", JSON.stringify({ Records: [unauthorizedDescribe({ awsRegion: "us-east-1" })] }));
    const { status, stdout } = withFolder(
      {
        "a.json": describing,
        "b.js": `module.exports = ${JSON.stringify({ ...describing, id: "told-by-rule", route: "topic" })}`,
      },
      (folder) => trailwarden(["demo", own], { TRAILWARDEN_DETECTIONS_FOLDER: folder, TRAILWARDEN_PACKS: "[]" }),
    );

    expect(status).toBe(0);
    expect(stdout).toContain("   2 EventBridge rules in us-east-1");
    expect(stdout).toMatch(/bastion-stopped +event path +1 +log path +0/);
    expect(stdout).toMatch(/told-by-rule +event path +1 +log path +0/);
    expect(stdout).not.toMatch(/unauthorized-ec2-call/);
  });

  test("names a damaged file with its reason, reads the others and exits 1", () => {
    const damaged = file("damaged.json.gz", gzipSync("{}").subarray(0, 12));
    const good = file("good.json", JSON.stringify({ Records: [unauthorizedDescribe({ awsRegion: "us-east-1" })] }));

    const { status, stdout, stderr } = trailwarden(["demo", damaged, good]);

    expect(status).toBe(1);
    expect(stdout).toContain("its gzip data is truncated");
    expect(stderr).toContain(`error: ${damaged}: back to its queue`);
    expect(stdout).toMatch(/unauthorized-ec2-call +event path +1 +log path +0/);
  });

  test.each([
    ["missing.json", "it can't be opened (ENOENT)"],
    [".", "it is a folder: name its files"],
  ])("says in one line why it can't take %s", (name, reason) => {
    const { status, stderr } = trailwarden(["demo", join(folder, name)]);

    expect(status).toBe(1);
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(reason)]);
  });

  test("says what is wrong with the configuration, without a stack trace", () => {
    const good = file("any.json", '{"Records":[]}');

    const { status, stderr } = trailwarden(["demo", good], { TRAILWARDEN_REGION: "mars-1" });

    expect(status).toBe(1);
    expect(stderr).toContain('region is "mars-1" (from TRAILWARDEN_REGION)');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("trailwarden", () => {
  test("refuses a command that it does not have", () => {
    const { status, stderr } = trailwarden(["dmeo"]);

    expect(status).toBe(1);
    expect(stderr).toBe(
      'error: there is no command "dmeo"; there are: demo, detections, module, replay, review, help\n',
    );
  });

  test.each([[[]], [["help"]], [["--help"]]])("shows the help for %j", (args) => {
    const { status, stdout } = trailwarden(args);

    expect(status).toBe(0);
    expect(stdout).toContain("npm run demo");
  });
});

describe("the comparison with the expected alerts", () => {
  test("finds nothing when they are the same in another order", () => {
    expect(compare([...EXPECTED].reverse())).toEqual({ missing: [], unexpected: [] });
  });

  test("names the alert that is missing", () => {
    expect(compare(EXPECTED.slice(1))).toEqual({ missing: [EXPECTED[0]], unexpected: [] });
  });

  test("names the alert that is one too many, even if it is a repetition", () => {
    const first = EXPECTED[0] as string;

    expect(compare([...EXPECTED, first, "another"])).toEqual({ missing: [], unexpected: [first, "another"] });
  });
});
