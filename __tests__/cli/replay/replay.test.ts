// Over 250 lines: one command with one set of made-up log files.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, jest, test } from "@jest/globals";
import { replay } from "../../../cli/replay/replay";
import { reportError } from "../../../config/report-error";
import { validFinding } from "../../alerting/notification/ocsf-schema";
import { harmless, rootGetCallerIdentity, unauthorizedDescribe } from "../../detection/events/records";
import { folderOf, logFile } from "./logs";
import { attribute, elementsOf, elementsWithin, textOf } from "./report/parsed-page";

const ROOT = join(__dirname, "..", "..", "..");
const truncated = logFile([unauthorizedDescribe({ eventID: "lost" })]).subarray(0, 60);
const suppression = {
  ...{ id: "alice", detections: ["unauthorized-ec2-call"], owner: "a", reason: "b", expires: "2026-11-20" },
  pattern: { detail: { userIdentity: { userName: ["alice"] } } },
};
const EXISTING_TRAIL = { mode: "existing", id: "arn:aws:cloudtrail:us-east-1:111122223333:trail/management-events" };
const folder = folderOf({
  "good/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/a.json.gz": logFile([
    unauthorizedDescribe(),
    unauthorizedDescribe({ eventID: "second", eventTime: "2026-11-20T02:13:00Z" }),
  ]),
  "good/AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/b.json.gz": logFile([rootGetCallerIdentity()]),
  "bad/good.json.gz": logFile([unauthorizedDescribe()]),
  "bad/truncated.json.gz": truncated,
  "bad/text.json.gz": gzipSync("no JSON"),
  "odd.json": JSON.stringify([unauthorizedDescribe(), { eventName: "NoSource" }]),
  "now.json": JSON.stringify({ context: {} }),
  "then.json": JSON.stringify({
    context: { suppressions: [suppression], disabledDetections: ["root-credentials-used"], packs: ["strict"] },
  }),
  "hostile/cdktf.json": JSON.stringify({ context: { "\u009b2J": 1, packs: ["\u202e"], detectionsFolder: "." } }),
  "hostile/\u001b[2J.json": "{",
  "harmless.json": JSON.stringify({ Records: [harmless()] }),
  "secret.json": JSON.stringify({
    Records: [
      unauthorizedDescribe({
        requestParameters: { password: "hunter2" },
        errorMessage: "not allowed with eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.c2lnbmF0dXJl",
      }),
    ],
  }),
  "channels.json": JSON.stringify({
    context: {
      channels: [
        { type: "webhook", secret: "trailwarden/webhook" },
        { type: "slack", secret: "trailwarden/slack", channel: "C0123456789" },
        { type: "slack", secret: "trailwarden/slack", channel: "C0123456780", minSeverity: "high" },
      ],
    },
  }),
  "wrong.json": JSON.stringify({ context: { packs: ["none"] } }),
  "before/cdktf.json": JSON.stringify({ context: {} }),
  "after/cdktf.json": JSON.stringify({ context: { suppressions: [{ ...suppression, detections: ["none"] }] } }),
  "trail/cdktf.json": JSON.stringify({ context: { resources: { trail: EXISTING_TRAIL } } }),
});
afterAll(() => rmSync(folder, { recursive: true }));

const good = join(folder, "good");
const now = ["--config", join(folder, "now.json")];
const then = ["--config", join(folder, "then.json")];

/** The command as a process of its own, in the folder. */
function trailwarden(...args: readonly string[]) {
  const loader = ["--require", join(ROOT, "node_modules", "tsx", "dist", "cjs", "index.cjs")];
  const command = [...loader, join(ROOT, "cli", "main.ts"), "replay", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr, lines: stdout.split("\n").filter((line) => line !== "") };
}

/** The section "As your channels show it". */
function shownIn(page: string) {
  return elementsOf(page)
    .filter((element) => attribute(element, "class") === "shown")
    .map((shown) => {
      const inside = elementsWithin(shown);
      return {
        title: inside.filter(({ tagName }) => tagName === "summary").map(textOf)[0],
        channels: inside.filter(({ tagName }) => tagName === "h3").map(textOf),
        text: textOf(shown),
      };
    });
}

/** The command within this process. */
async function run(...args: readonly string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  jest.spyOn(console, "error").mockImplementation((line) => errors.push(String(line)));
  const status = await replay(args);
  const stdout = out.join("");
  return { status, stdout, errors, lines: stdout.split("\n").filter((line) => line !== "") };
}
afterEach(() => {
  jest.restoreAllMocks();
});

describe("trailwarden replay", () => {
  test("reads a folder with the defaults where there is no configuration, and ends with tables", () => {
    const { status, stdout, stderr, lines } = trailwarden("good");

    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(lines[0]).toBe("2026-11-20");
    expect(stdout).toMatch(
      /^ {2}02:12:31 {2}MEDIUM {4}EC2 access denied: DescribeInstances .*unauthorized-ec2-call, unauthorized-calls-burst, unauthorized-calls$/m,
    );
    expect(stdout).toMatch(
      /^ {12}IAM user alice \(account 111122223333\), from 203\.0\.113\.77, in 111122223333 eu-west-1 {2}a\.json\.gz$/m,
    );
    expect(stdout).toMatch(/^severity {2}detection +2026-11-20$/m);
    expect(stdout).toMatch(/^medium +unauthorized-ec2-call +2 +1 +1 +1$/m);
    expect(stdout).toMatch(/^high +root-credentials-used +1 +1$/m);
    expect(lines.at(-1)).toBe("3 records in 2 files: 2 alerts, 2 summaries, 0 events in digests, 0 suppressed.");
  });

  test("ends with 1 when something can't be read, whatever was told, and says what beside the rest", () => {
    const { status, stderr, lines } = trailwarden("bad", "--format", "json", "--fail-on", "low");

    expect(status).toBe(1);
    expect(lines.map((line) => JSON.parse(line).eventID)).toContain(unauthorizedDescribe().eventID);
    expect(stderr.trim().split("\n")).toEqual([
      expect.stringMatching(/^can't be read: bad\/text\.json\.gz: .*not JSON/),
      expect.stringMatching(/^can't be read: bad\/truncated\.json\.gz: .*truncated/),
    ]);
  });

  test("ends with 1 when a record can't be processed, and says which beside the rest", async () => {
    const { status, errors, lines } = await run(join(folder, "odd.json"), ...now, "--format", "json");

    expect(status).toBe(1);
    expect(lines).not.toEqual([]);
    expect(errors).toEqual([
      expect.stringMatching(/^processing error: a record in .*odd\.json: eventSource is absent/),
    ]);
  });

  test("says every problem of a configuration in a line", () => {
    expect(trailwarden("good", "--config", "wrong.json")).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/^error: packs\[0\] is "none" \(from wrong\.json\): .*\n$/),
    });
  });

  test.each([
    [
      "before",
      "after",
      /^.*after.cdktf\.json: suppressions\[0\]\.detections\[0\]: unknown detection "[a-z-]+"; did you mean /,
    ],
    ["before", "trail", /^resources\.bucket is not given \(from .*trail.cdktf\.json\): /],
    [
      "after",
      "before",
      /^.*after.cdktf\.json: suppressions\[0\]\.detections\[0\]: unknown detection "[a-z-]+"; did you mean /,
    ],
  ])("names the file that a problem is in, of two that have the same name: %s and %s", async (config, other, line) => {
    const files = ["--config", join(folder, config, "cdktf.json"), "--compare", join(folder, other, "cdktf.json")];

    await expect(run(good, ...files)).rejects.toThrow(line);
  });

  test("says problems in lines, and lets nothing through that moves a terminal's cursor", async () => {
    const config = join(folder, "hostile", "cdktf.json");
    const refusal = await run(good, "--config", config).catch((error: unknown) => error);
    const printed: string[] = [];
    jest.spyOn(console, "error").mockImplementation((line) => printed.push(String(line)));
    reportError(refusal);
    jest.restoreAllMocks();

    expect(printed.join("\n")).toMatch(/^error: packs\[0\] is /);
    expect(printed.join("\n")).toMatch(/^error: .*hostile.*: it is not JSON/m);
    for (const line of printed) expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test("writes an alert a line for programs, and nothing else", async () => {
    const { status, errors, lines } = await run(good, ...now, "--format", "json", "--min-severity", "medium");
    const alerts = lines.map((line) => JSON.parse(line));

    expect(errors).toEqual([]);
    expect(status).toBe(0);
    expect(alerts.map(({ detection }) => detection)).toEqual(["unauthorized-ec2-call", "root-get-caller-identity"]);
    expect(alerts.map(({ alsoMatched }) => alsoMatched)).toEqual([
      ["unauthorized-calls-burst"],
      ["root-credentials-used"],
    ]);
    expect(alerts.map(({ incident }) => incident)).toEqual([
      { id: expect.stringMatching(/^[0-9a-f]{16}-20261120T021231Z$/), role: "opens", number: 1 },
      { id: expect.stringMatching(/^[0-9a-f]{16}-20261120T021231Z$/), role: "opens", number: 1 },
    ]);
    for (const alert of alerts) {
      expect(Object.keys(alert)).toEqual([
        ...["detection", "severity", "tier", "title", "eventID", "eventTime", "eventSource", "eventName"],
        ...["account", "region", "actor", "principal", "sourceIPAddress", "userAgent", "accessKeyId"],
        "outcome",
        ...(alert.outcome === "succeeded" ? [] : ["errorCode", "errorMessage"]),
        ...["target", ...("requestParameters" in alert ? ["requestParameters"] : [])],
        ...["alsoMatched", "incident", "file"],
      ]);
    }
  });

  test("ends with 3 when something was told at or above the severity of --fail-on, else with 0", async () => {
    const { status } = await run(good, ...now, "--fail-on", "critical");
    const { status: lower } = await run(good, ...now, "--fail-on", "critical", "--detection", "unauthorized-ec2-call");

    expect([status, lower]).toEqual([3, 0]);
  });

  test("says in the text what can't be read", async () => {
    const { status, stdout } = await run(join(folder, "nowhere"), join(folder, "bad"), ...now);

    expect(status).toBe(1);
    expect(stdout).toMatch(/^can't be read: .*nowhere: /m);
    expect(stdout).toMatch(/^can't be read: .*truncated\.json\.gz: /m);
  });

  test("refuses a detection that there is none of, and a file to compare with that is not there", async () => {
    await expect(run(good, "--detection", "nope", ...now)).rejects.toThrow('unknown detection "nope"');
    await expect(run(good, "--compare", "absent.json", ...now)).rejects.toThrow(/^absent\.json can't be read/);
  });

  test("writes a page for browsers", async () => {
    const { status, stdout } = await run(good, ...now, "--format", "html");

    expect(status).toBe(0);
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).toContain("unauthorized-ec2-call");
  });

  test("shows in the page what channels would: the most severe first, one alert of each detection, secrets masked", async () => {
    const { stdout } = await run(good, ...now, "--format", "html");
    const shown = shownIn(stdout);

    expect(shown.map(({ title }) => title)).toEqual([
      "GetCallerIdentity succeeded by root in 111122223333",
      "DescribeInstances denied by alice in 111122223333",
    ]);
    expect(shown.map(({ channels }) => channels)).toEqual(Array(2).fill(["Slack", "Microsoft Teams", "PagerDuty"]));
    // What the replay's result does not hold: what else matched in titles, and what to do with the record's values.
    expect(shown[0]?.text).toMatch(/Also matched: Root credentials used \(high\).*aws cloudtrail lookup-events/s);
    expect(shown[1]?.text).toMatch(/incident [0-9a-f]{16}-20261120T\d{6}Z/);
  });

  test("shows the channels that are configured, each kind once; and nothing of a secret", async () => {
    const { stdout } = await run(
      join(folder, "secret.json"),
      "--config",
      join(folder, "channels.json"),
      "--format",
      "html",
    );
    const [first] = shownIn(stdout);

    expect(first?.channels).toEqual(["Webhook", "Slack"]);
    expect(first?.text).toContain('"name": "DescribeInstances"');
    expect(stdout).toContain("(masked)");
    expect(stdout).not.toMatch(/hunter2|eyJhbGciOi/);
  });

  test("has no such section where nothing alerts", async () => {
    const { stdout } = await run(join(folder, "harmless.json"), ...now, "--format", "html");

    expect(stdout).toContain("No alerts");
    expect(stdout).not.toContain("As your channels show it");
  });

  test("writes OCSF for SIEMs, one finding a line", async () => {
    const { status, lines } = await run(good, ...now, "--format", "ocsf");

    expect(status).toBe(0);
    expect(lines.map((line) => validFinding(JSON.parse(line)).finding_info.analytic.uid).sort()).toContain(
      "unauthorized-ec2-call",
    );
  });

  test("compares with another configuration, in Markdown for a pull request", async () => {
    const { status, stdout, errors } = await run(
      good,
      ...now,
      "--compare",
      join(folder, "then.json"),
      "--format",
      "markdown",
    );

    expect(errors).toEqual([]);
    expect(status).toBe(0);
    expect(stdout).toContain("### Alerts added and removed");
    expect(stdout).toMatch(/^\| `unauthorized-ec2-call` \| medium \| 2026-11-20 \| 1 \| 0 \| {2}\| −1 \|$/m);
    // Its event still alerts, led by another detection.
    expect(stdout).not.toContain("root-credentials-used");
  });

  test("fails by what a comparison adds, not by what is told already", async () => {
    const json = ["--fail-on", "medium", "--format", "json"];
    const removing = await run(good, ...now, "--compare", join(folder, "then.json"), ...json);
    const adding = await run(good, ...then, "--compare", join(folder, "now.json"), ...json);

    const changes = (lines: readonly string[]) =>
      lines.map((line) => JSON.parse(line)).map(({ change, detection }) => `${change} ${detection}`);
    expect(removing.status).toBe(0);
    expect(changes(removing.lines)).toEqual(["removed unauthorized-ec2-call"]);
    expect(adding.status).toBe(3);
    expect(changes(adding.lines)).toEqual(["added unauthorized-ec2-call"]);
  });
});
