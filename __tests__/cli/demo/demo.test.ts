// Over 250 lines: the whole demo, and each way to start it.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "@jest/globals";
import { CHANNELS } from "../../../alerting/channels/channels";
import { compare, EXPECTED } from "../../../cli/demo/expected";
import { LEAST, withFolder } from "../../config/custom-detections/folder";
import { harmless, unauthorizedDescribe } from "../../detection/events/records";
import { attribute, elementsOf, textOf } from "../replay/report/parsed-page";

const ROOT = join(__dirname, "..", "..", "..");
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
  mkdirSync(dirname(path), { recursive: true });
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
    expect(stdout).toContain(`All ${EXPECTED.length} expected alerts, no others.`);
    expect(stdout).toContain("▶  CRITICAL root-get-caller-identity  →  topic APICallAlert");
    expect(stdout).toContain('│ "CRITICAL GetCallerIdentity in account 111122223333 us-east-1 at 2026-11-20T02:14:05Z');
    expect(stdout).toContain(
      "│ Subject: [MEDIUM] DescribeInstances denied by unauthorized-user in 111122223333: EC2 access denied",
    );
    expect(stdout).toMatch(/│ HIGH RunInstances succeeded by alice in 111122223333 [a-z0-9-]+ \d\d:\d\dZ: \d x p5/);
    // Lines that go on are indented as in the mail.
    expect(stdout).toMatch(/│ Outcome {2}denied: Client.UnauthorizedOperation\n {3}│ {10}You are not authorized/);
  });

  test("shows what each kind of channel gets: alerts, updates, a summary and a timeline", () => {
    const page = join(ROOT, "cdktf.out", "demo", "channels.html");
    rmSync(page, { force: true });
    const { status, stdout } = trailwarden(["demo"]);

    expect(status).toBe(0);
    const [, shown = ""] = stdout.split("As channels show it");
    const [boxes = ""] = shown.split("── 6");
    for (const { label } of CHANNELS) expect(boxes).toContain(`┌─ ${label} ─`);
    // The most severe alert in each, then the incident: its thread ends with the summary and the timeline.
    expect(boxes.match(/│ .*GetCallerIdentity succeeded by root in 111122223333/g)).not.toBeNull();
    expect(boxes).toMatch(
      /│ Low: ListUsers denied by carol.*│ {3}│ High: CreateAccessKey.*│ {3}│ High: AttachUserPolicy.*│ {3}│ Critical: StopLogging.*│ {3}│ Low: Access denied: 2 more.*│ {3}│ Critical: Incident: 4 alerts by IAM user carol/s,
    );
    expect(boxes.split("\n").filter((line) => line.startsWith("│") && line.length !== 100)).toEqual([]);
    expect(boxes).toContain("10 notifications in all 7 kinds of channels: cdktf.out/demo/channels.html");

    const elements = elementsOf(readFileSync(page, "utf8"));
    const looks = elements.filter((element) => attribute(element, "class")?.startsWith("look ")).map(textOf);
    expect(looks).toHaveLength(5 * CHANNELS.length);
    expect(looks.filter((look) => look.includes("can't be shown"))).toEqual([]);
    // What the function has published in the zip: its own words, with the record's values.
    expect(looks.filter((look) => look.startsWith("PagerDuty"))[0]).toContain(
      "aws cloudtrail lookup-events --region us-east-1",
    );
    expect(looks.filter((look) => look.startsWith("Slack"))[1]).toContain("3 updates, last: Critical: StopLogging");
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
    expect(stdout).not.toMatch(/unauthorized-calls(?!-burst)/);
    expect(stdout).toMatch(/records +read 3, evaluated 3, processing errors 0/);
    expect(stdout).not.toMatch(/\[object|undefined|NaN/);
    // Channels show the user's own alerts, and nothing of the sample.
    expect(stdout).toMatch(/┌─ Slack ─+┐\n│ \[trailwarden\] +│\n│ Medium: DescribeInstances denied by/);
    expect(stdout).not.toContain("carol");
    // What sent no alert is counted, not listed.
    expect(stdout).not.toMatch(/event path +0 +log path +0/);
    expect(stdout).toMatch(/No alert from \d\d other detections\./);
  });

  test("runs the user's own detections with them, by the home region's rules alone, and shows nothing that is off", () => {
    // Of a region that is watched, too.
    const own = file("own.json", JSON.stringify({ Records: [unauthorizedDescribe({ awsRegion: "eu-west-1" })] }));
    const { status, stdout } = withFolder(
      {
        "a.json": describing,
        "b.js": `module.exports = ${JSON.stringify({ ...describing, id: "told-by-rule", route: "topic" })}`,
      },
      (folder) =>
        trailwarden(["demo", own], {
          TRAILWARDEN_DETECTIONS_FOLDER: folder,
          TRAILWARDEN_PACKS: "[]",
          TRAILWARDEN_REGIONS: '["eu-west-1"]',
        }),
    );

    expect(status).toBe(0);
    expect(stdout).toContain("   2 EventBridge rules in us-east-1");
    // By EventBridge, and the whole alert by the function, into which the other is merged.
    expect(stdout).toMatch(/told-by-rule +event path +2 +log path +0/);
    expect(stdout).toMatch(/published 1, merged 1/);
    expect(stdout).not.toMatch(/bastion-stopped +event path/);
    expect(stdout).not.toMatch(/unauthorized-ec2-call/);
  });

  test("names a damaged file with its reason, reads the others and exits 1", () => {
    const damaged = file("damaged.json.gz", gzipSync("{}").subarray(0, 12));
    const good = file("good.json", JSON.stringify({ Records: [unauthorizedDescribe({ awsRegion: "us-east-1" })] }));

    const { status, stdout, stderr } = trailwarden(["demo", damaged, good]);

    expect(status).toBe(1);
    expect(stdout).toContain("its gzip data is truncated");
    expect(stderr).toContain(`error: ${damaged}: returned to its queue`);
    expect(stdout).toMatch(/unauthorized-ec2-call +event path +1 +log path +0/);
  });

  test("takes folders, and every format that replay takes; names what it can't take, and goes on", () => {
    const own = (eventID: string) => unauthorizedDescribe({ eventID, awsRegion: "us-east-1" });
    const event = { "detail-type": "AWS API Call via CloudTrail", source: "aws.ec2", detail: own("3") };
    file("mixed/a/same.json", JSON.stringify({ Records: [own("1")] }));
    file("mixed/b/same.json", JSON.stringify([own("2")]));
    file("mixed/events.jsonl", `${JSON.stringify(event)}\n${JSON.stringify({ ...event, detail: {} })}`);
    file("mixed/query.json", JSON.stringify([JSON.stringify(own("4"))]));
    const data = Buffer.from(JSON.stringify({ ...event, detail: own("6") })).toString("base64");
    const inStream = { kinesis: { data }, eventSource: "aws:kinesis", eventName: "aws:kinesis:record" };
    file("mixed/stream.json", JSON.stringify({ Records: [inStream] }));
    file("mixed/breaks-off.jsonl", `${JSON.stringify(own("5"))}\n{"eventName`);
    file("mixed/ocsf.json", JSON.stringify({ metadata: { version: "1.1.0" }, class_uid: 6003 }));
    file("mixed/notes.txt", "notes");

    const { status, stdout, stderr } = trailwarden(["demo", join(folder, "mixed"), join(folder, "missing.json")], {
      TRAILWARDEN_SUPPRESSIONS: JSON.stringify([
        {
          ...{ id: "known", reason: "a known workload", owner: "security@example.com", expires: "2026-12-31" },
          ...{ detections: ["unauthorized-calls"], pattern: { detail: { userIdentity: { type: ["IAMUser"] } } } },
        },
      ]),
    });

    expect(status).toBe(1);
    expect(stdout).toMatch(
      /records +read 7, evaluated 6, processing errors 1\n.*\n +suppressions by known 6, expired 0/,
    );
    expect(stdout).not.toMatch(/\[object|undefined|NaN/);
    expect(
      stderr
        .trim()
        .split("\n")
        .map((line) => line.replace(folder, "")),
    ).toEqual([
      "error: /missing.json: no such file or folder",
      expect.stringMatching(/^error: \/mixed\/breaks-off.jsonl: it is not JSON: it ends too early$/),
      expect.stringMatching(/^error: \/mixed\/ocsf.json: it is in OCSF, /),
    ]);
  });

  test.each([
    ["missing.json", "no such file or folder"],
    ["empty", "nothing to read: there is nothing in it"],
    ["texts", "no log files in it, but 1 file or folder: log files end in .json"],
    ["zip.json", "it is a zip archive: unpack it first"],
    ["large.json", "68 MB of log files, the demo reads at most 67 MB: name fewer"],
  ])("says in one line why it can't take %s", (name, reason) => {
    mkdirSync(join(folder, "empty"), { recursive: true });
    file("texts/a.txt", "text");
    file("zip.json", "PK\x03\x04");
    file("large.json", "");
    truncateSync(join(folder, "large.json"), 68_000_000);

    const { status, stdout, stderr } = trailwarden(["demo", join(folder, name)]);

    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(reason)]);
  });

  test("says what it takes", () => {
    expect(trailwarden(["demo", "--help"])).toMatchObject({ status: 0, stdout: expect.stringContaining("PATH") });
    expect(trailwarden(["demo", "--format"])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^error: unknown option --format; allowed options: --help, --version\nusage: /),
    });
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

    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: unknown command "dmeo"; did you mean demo\?\nusage: trailwarden COMMAND /);
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

  test("names an unexpected alert, even if it is a repetition", () => {
    const first = EXPECTED[0] as string;

    expect(compare([...EXPECTED, first, "another"])).toEqual({ missing: [], unexpected: [first, "another"] });
  });
});
