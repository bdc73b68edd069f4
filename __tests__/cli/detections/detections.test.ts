// Over 250 lines: every subcommand, on one catalogue.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { CommandError } from "../../../cli/command/command-error";
import { coverageTables } from "../../../cli/detections/coverage";
import { listedForwarders } from "../../../cli/detections/forwarders";
import { type ListedDetection, listed, table } from "../../../cli/detections/listing";
import { navigatorLayer } from "../../../cli/detections/navigator-layer";
import { checkConfig } from "../../../config/check";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { type Detection, hasRule, SEVERITIES } from "../../../detection/definition/detection";
import { switchedOn } from "../../../detection/definition/switched-on";
import { compileForwarders } from "../../../detection/forwarding/compile-forwarders";
import { CASES, LEAST, withFolder } from "../../config/custom-detections/folder";
import { REPOSITORY } from "../../repository";
import { ask } from "./ask";

const [shipped] = catalogue as readonly [Detection];
const { pack: _, attack: _attack, ...plain } = shipped;

function listOf(...made: readonly Partial<Detection>[]): readonly ListedDetection[] {
  const { config } = checkConfig({}, []);
  return listed({
    config,
    catalogue: made.map((each, index) => ({ ...plain, id: `made-${index}`, cis: [], ...each })),
  });
}

describe("list", () => {
  test("is a table of every detection, most severe first", async () => {
    const { code, text } = await ask(["list"]);
    const ids = text
      .split("\n")
      .slice(1, catalogue.length + 1)
      .map((line) => line.split(/ +/)[1]);

    expect(code).toBe(0);
    expect(ids).toEqual(catalogue.map(({ id }) => id));
    expect(text).toMatch(/^severity +id +tier +pack +state\n/);
    expect(text).not.toMatch(/ $/m);
  });

  test("is JSON for programs, of exactly these keys", async () => {
    const { text } = await ask(["list", "--format", "json"]);
    const list = JSON.parse(text) as readonly ListedDetection[];

    expect(list.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id));
    for (const each of list) {
      expect(Object.keys(each)).toEqual([
        "id",
        "severity",
        "tier",
        "pack",
        "attack",
        "cis",
        "cisFrom6",
        "pattern",
        "state",
      ]);
    }
  });

  test("says what the configuration disables", async () => {
    const { text } = await ask(["list", "--format=json"], { disabledDetections: ["trail-stopped"], packs: ["cis"] });
    const list = JSON.parse(text) as readonly ListedDetection[];

    for (const { id, cis, state } of list) {
      expect([id, state]).toEqual([id, cis.length > 0 && id !== "trail-stopped" ? "enabled" : "disabled"]);
    }
  });

  test("has the user's own, sorted in", async () => {
    const severities = await withFolder({ "a.json": { ...LEAST, severity: "critical" } }, async (detectionsFolder) => {
      const { text } = await ask(["list", "--format", "json"], { detectionsFolder });
      const list = JSON.parse(text) as readonly ListedDetection[];
      expect(list).toContainEqual(
        expect.objectContaining({ id: LEAST.id, pack: "own", attack: null, state: "enabled" }),
      );
      return list.map(({ severity }) => SEVERITIES.indexOf(severity));
    });

    expect(severities).toEqual([...severities].sort());
  });

  test("counts what is on", () => {
    expect(table(listOf({}, { pack: "strict" }))).toMatch(/\n1 of 2 enabled by the configuration/);
  });
});

/** What a runbook says, undoing included; that the caller is to be stopped has a step of its own. */
function linesOf({ check, command, contain, undo = {} }: Detection["runbook"]): readonly string[] {
  const steps = /^Stop the caller, (?:and|then) .(.+)$/.exec(contain)?.slice(1) ?? [contain];
  return [check, command, ...steps, ...Object.values(undo).flat()];
}

describe("explain", () => {
  test.each(catalogue)("has everything about $id", async (detection) => {
    const { code, text } = await ask(["explain", detection.id], { packs: ["strict"] });
    const { title, why, runbook, references, attack } = detection;

    expect(code).toBe(0);
    for (const part of [title, why, ...linesOf(runbook), ...references, attack?.technique]) {
      expect(text).toContain(part);
    }
    expect(text.match(/stop the caller: use/g) ?? []).toHaveLength(runbook.stopCaller === false ? 0 : 1);
    expect(text).toMatch(hasRule(detection) ? /^EventBridge rule: \S+, state ENABLED/m : /^EventBridge rule: none$/m);
  });

  test("describes counts, refinements, false positives and what is disabled", async () => {
    const own = {
      ...LEAST,
      falsePositives: "Patch days.",
      count: { threshold: 3, minutes: 60, by: ["awsRegion"] },
      refine: [{ kind: "publicIp", field: "sourceIPAddress" }],
    };
    const text = await withFolder({ "a.json": own }, async (detectionsFolder) => {
      return (await ask(["explain", LEAST.id], { detectionsFolder, disabledDetections: [LEAST.id] })).text;
    });

    expect(text).toContain("HIGH, tier alert, pack own, disabled by the configuration");
    expect(text).toContain('  - eventName is "StopInstances"\n  - sourceIPAddress is a public internet address\n');
    expect(text).toContain("Alerts: When 3 different events of the same awsRegion occur within an hour, at most");
    expect(text).toContain("Known false positives: Patch days.");
    expect(text).toContain("EventBridge rule: none (disabled)");
    expect(text).not.toContain("MITRE");
  });

  test("offers what is alike where there is no such detection", async () => {
    await expect(ask(["explain", "trail"])).rejects.toThrow('unknown detection "trail"; did you mean trail-');
    await expect(ask(["explain", "zz"])).rejects.toThrow('unknown detection "zz"; did you mean ');
  });
});

describe("forwarders", () => {
  test("are those of the enabled detections", async () => {
    const { code, text } = await ask(["forwarders", "--format", "json"]);
    const forwarders = compileForwarders(switchedOn(catalogue, { packs: ["default"], disabledDetections: [] }));

    expect(code).toBe(0);
    expect(JSON.parse(text)).toEqual(
      forwarders.map((forwarder) => ({ ...forwarder, characters: JSON.stringify(forwarder.pattern).length })),
    );
  });

  test("are a list for people", async () => {
    const { text } = await ask(["forwarders"]);

    expect(text).toMatch(/^1 {2}every region, \d+ characters, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS\n\{"/);
    expect(text).toMatch(/\n\d {2}the global region, .+\n\{.+\}\n\n\d forwarders for the enabled detections\n$/);
  });

  test("are none where a detection can't be forwarded", () => {
    const { config } = checkConfig({}, []);
    const pattern = { source: ["aws.s3"], detail: { requestParameters: { bucketName: ["{{bucket}}"] } } };

    expect(() => listedForwarders({ config, catalogue: [{ ...plain, id: "made", pattern }] })).toThrow(
      /^detection "made" can't be forwarded/,
    );
  });
});

describe("coverage", () => {
  const list = listOf(
    { attack: { technique: "T1078.004", tactic: "Initial Access" }, cis: ["4.2"] },
    { attack: { technique: "T1078.004", tactic: "Persistence" } },
    { attack: { technique: "T1078.004", tactic: "Initial Access" }, pack: "strict", cis: ["4.2", "4.10"] },
    {},
  );

  test("is a table of techniques and one of controls, holes and all", () => {
    const text = coverageTables(list);

    expect(text).toContain(
      "| [T1078.004](https://attack.mitre.org/techniques/T1078/004/) | Initial Access | `made-0`, `made-2` (off) |",
    );
    expect(text).toContain("| Persistence | `made-1` |");
    expect(text).toContain("| 4.2 | 5.2 | Console sign-in without MFA | `made-0`, `made-2` (off) |");
    expect(text).toContain("| 4.15 | 5.15 | AWS Organizations changes | none |");
    expect(text.match(/^\| 4\.\d+ \|/gm)).toHaveLength(15);
    expect(text).not.toContain("made-3");
  });

  test("is a layer that ATT&CK Navigator takes, scored by what is on", () => {
    expect(navigatorLayer(list)).toMatchObject({
      versions: { layer: "4.5", navigator: expect.stringMatching(/^5\./) },
      domain: "enterprise-attack",
      name: "trailwarden",
      techniques: [
        { techniqueID: "T1078.004", tactic: "initial-access", score: 1, comment: "made-0\nmade-2 (off)" },
        { techniqueID: "T1078.004", tactic: "persistence", score: 1, comment: "made-1" },
      ],
      gradient: { minValue: 0, maxValue: 1 },
    });
  });

  test("comes in both formats", async () => {
    const markdown = await ask(["coverage"]);
    const layer = await ask(["coverage", "--format", "navigator"]);

    for (const { attack } of catalogue) {
      expect(markdown.text).toContain(`[${attack?.technique}]`);
      expect(JSON.parse(layer.text).techniques).toContainEqual(
        expect.objectContaining({ techniqueID: attack?.technique }),
      );
    }
  });
});

describe("test", () => {
  const testing = (files: Readonly<Record<string, unknown>>) => withFolder(files, (folder) => ask(["test", folder]));
  const [stopped, started] = CASES.cases;

  test("passes what is as expected", async () => {
    const { code, text } = await testing({ "a.json": LEAST, "fixtures/bastion-stopped.json": CASES });

    expect(text).toBe("bastion-stopped\n  ✓ matches: stopped\n  ✓ leaves out: started\n\nAll 2 cases as expected\n");
    expect(code).toBe(0);
  });

  test("puts the names of a deployment that configures nothing in the place of placeholders", async () => {
    const requestParameters = (bucketName: string) => ({ ...stopped.record, requestParameters: { bucketName } });
    const ours = { ...stopped, record: requestParameters("trailwarden-logs-111122223333-us-east-1") };
    const other = { ...started, record: requestParameters("another") };
    const pattern = { source: ["aws.ec2"], detail: { requestParameters: { bucketName: ["{{bucket}}"] } } };

    const { code } = await testing({
      "a.json": { ...LEAST, pattern },
      "fixtures/bastion-stopped.json": { cases: [ours, other] },
    });

    expect(code).toBe(0);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      "a case that does not match",
      { "fixtures/bastion-stopped.json": { cases: [stopped, { ...started, name: "x", matches: true }, started] } },
      '  ✗ matches: x: it does not match\n      detail.eventName: asked is that it is "StopInstances"; the event has "StartInstances"\n',
    ],
    [
      "a case that matches",
      { "fixtures/bastion-stopped.json": { cases: [stopped, { ...stopped, name: "x", matches: false }] } },
      "  ✗ leaves out: x: it matches\n",
    ],
    ["no fixtures", {}, "bastion-stopped.json is missing: write one event that matches and one that does not\n"],
    [
      "fixtures of nothing",
      { "fixtures/bastion-stopped.json": CASES, "fixtures/other.json": CASES },
      "other.json belongs to no detection\n",
    ],
    [
      "a faulty detection besides",
      { "fixtures/bastion-stopped.json": CASES, "b.json": { id: "b" } },
      "b.json: title is missing",
    ],
    [
      "an id that ships",
      { "fixtures/bastion-stopped.json": CASES, "b.json": { ...LEAST, id: shipped.id } },
      "a detection of that id ships already",
    ],
  ])("fails %s", async (_, files, line) => {
    const { code, text } = await testing({ "a.json": LEAST, ...files });

    expect(text).toContain(line);
    expect(text).toMatch(/\nFAILED: \d problems?\n$/);
    expect(code).toBe(1);
  });
});

describe("what can't be answered is refused in one line", () => {
  test.each<[readonly string[], string]>([
    [[], "missing argument list|explain|coverage|forwarders|test"],
    [["toString"], 'unknown subcommand "toString"; allowed: list, explain, coverage, forwarders, test'],
    [["list", "--json"], "unknown option --json; allowed options: --format, --help, --version"],
    [["list", "all"], 'unexpected argument "all"'],
    [["list", "--format"], "--format has no value: must be --format FORMAT"],
    [["list", "--format", "yaml"], '--format is "yaml"; allowed: table, json'],
    [["coverage", "--format=json"], '--format is "json"; allowed: markdown, navigator'],
    [["explain"], "missing argument ID"],
    [["explain", "a", "b"], 'unexpected argument "b"'],
    [["explain", "a", "--format", "json"], "unknown option --format; allowed options: --help, --version"],
    [["test"], "missing argument FOLDER"],
  ])("%j", async (args, problem) => {
    await expect(ask(args)).rejects.toThrow(CommandError);
    await expect(ask(args)).rejects.toThrow(problem);
  });

  test("and ends with 1, as a command", () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", require.resolve("tsx/cjs"), join(REPOSITORY, "cli", "main.ts"), "detections", "explain", "nothing"],
      { encoding: "utf8", env: { ...process.env, CDKTF_CONTEXT_JSON: "{}" } },
    );

    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: unknown detection "nothing".*\n$/);
  });

  test("so are the configuration's problems, a line each", async () => {
    await expect(ask(["list"], { region: "mars", packs: ["all"] })).rejects.toThrow(
      /^region is "mars".*\npacks\[0\] is "all".*: must be a pack of detections: default, cis, strict$/,
    );
  });
});
