import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { loadDeployable } from "../../../constructs/deployable/load-deployable";
import { synthesizeApp } from "../../../constructs/program/trailwarden-app";
import { problemsOf } from "../../config/problem-lines";

const NAME = "team-secrets/chat-of-security";
const VALUE = ["xoxb", "123456789012", "AbCdEfGhIjKlMnOpQrSt"].join("-");

function environment(secret: string): Readonly<Record<string, string>> {
  const channels = [{ type: "slack", secret, channel: "C0123456789" }];
  return { CDKTF_CONTEXT_JSON: JSON.stringify({ channels }) };
}

/** Everything that a synth writes, as text. */
function written(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");
}

test("a secret's name is all that is written: in the role's policy and in the notifier's environment, nowhere else", () => {
  const outdir = mkdtempSync(join(tmpdir(), "trailwarden-secrets-"));
  const kept = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = outdir;
  try {
    synthesizeApp(loadDeployable(environment(NAME)), { "index.js": Buffer.from("") }, () => {});
    const stack = JSON.parse(readFileSync(join(outdir, "stacks", "trailwarden", "cdk.tf.json"), "utf8")) as {
      resource: Readonly<Record<string, Readonly<Record<string, object>>>>;
    };
    const naming = Object.entries(stack.resource).flatMap(([type, byId]) =>
      Object.values(byId).flatMap((attributes) => (JSON.stringify(attributes).includes(NAME) ? [type] : [])),
    );
    const all = written(outdir);

    expect(naming.sort()).toEqual(["aws_iam_role_policy", "aws_lambda_function"]);
    expect(all).toContain(String.raw`\"secret\":\"${NAME}\"`);
    expect(Object.keys(stack.resource).filter((type) => /secretsmanager|ssm_parameter/.test(type))).toEqual([]);
  } finally {
    if (kept === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = kept;
    rmSync(outdir, { recursive: true });
  }
});

test.each([
  { type: "slack", secret: "chat", [VALUE]: 1 },
  { type: "slack", secret: "chat", detections: [VALUE] },
  { type: "slack", secret: "chat", detections: ["0123456789abcdef0123456789abcdef"] },
])("a value in the wrong place is not quoted: %j", (channel) => {
  const lines = problemsOf(() => loadDeployable({ CDKTF_CONTEXT_JSON: JSON.stringify({ channels: [channel] }) }));

  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^channels\[0\]\./);
  expect(lines[0]).not.toMatch(/xoxb-|0123456789abcdef/);
});

test("a secret's value gets nowhere: the synth ends before it writes, in words without it", () => {
  const lines = problemsOf(() => loadDeployable(environment(VALUE)));

  expect(lines).toEqual([expect.stringMatching(/^channels\[0\]\.secret is "xoxb…".*: secrets are names/)]);
  expect(lines.join()).not.toContain(VALUE.slice(0, 9));
});
