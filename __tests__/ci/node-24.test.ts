import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { REPOSITORY } from "../repository";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trailwarden-node-24-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script with these programs in place of node and npm. */
function run(programs: Readonly<Record<"node" | "npm", string>>) {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return spawnSync(join(REPOSITORY, ".ci", "node-24"), ["--listTests"], {
    encoding: "utf8",
    env: { PATH: `${bin}:/usr/bin:/bin`, HOME: folder, XDG_CACHE_HOME: join(folder, "cache") },
  });
}

/** An npm that installs a Node which runs this. */
const installing = (script: string) =>
  `mkdir -p "$3/node_modules/node/bin" && printf '#!/bin/sh\\n%s\\n' '${script}' > "$3/node_modules/node/bin/node" && chmod +x "$3/node_modules/node/bin/node"`;

test("where Node is that one already there is nothing to do, and it says so", () => {
  const { status, stdout } = run({ node: "echo v24.1.0", npm: "exit 1" });

  expect([status, stdout]).toEqual([0, expect.stringContaining("this is Node v24.1.0 already")]);
});

test("where it can't be had it says why, and fails", () => {
  const { status, stderr } = run({ node: "echo v20.9.0", npm: "echo no network >&2; exit 1" });

  expect(status).toBe(1);
  expect(stderr).toMatch(/^no network\nnode-24: npm install node@24\.\d+\.\d+ failed, see above/);
});

test.each([
  ["does not start", "exit 126"],
  ["is Node v22.0.0, not v24", "echo v22.0.0"],
])("a Node that %s fails", (named, script) => {
  const { status, stderr } = run({ node: "echo v20.9.0", npm: installing(script) });

  expect([status, stderr]).toEqual([1, expect.stringContaining(named)]);
});

test("the tests run on what was installed, and what they start does", () => {
  const version = `case $1 in --version) echo v$(sed -n "s/^version=//p" "${REPOSITORY}/.ci/node-24");; *) echo "$*"; command -v node;; esac`;
  const { status, stdout } = run({ node: "echo v20.9.0", npm: installing(version) });

  const [args, found] = stdout.trimEnd().split("\n");
  expect([status, args]).toEqual([0, "--max-semi-space-size=64 node_modules/jest/bin/jest.js --listTests"]);
  expect(found).toMatch(/cache\/trailwarden\/node-24\.\d+\.\d+\/node_modules\/node\/bin\/node$/);
});
