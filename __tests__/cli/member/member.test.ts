import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { member } from "../../../cli/member/member";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { switchedOn } from "../../../detection/definition/switched-on";
import { compileForwarders } from "../../../detection/forwarding/compile-forwarders";
import { memberTemplate } from "../../../detection/forwarding/member-template";
import { REPOSITORY } from "../../repository";

const folder = mkdtempSync(join(tmpdir(), "trailwarden-member-"));
afterAll(() => rmSync(folder, { recursive: true }));

const organization = { id: "o-a1b2c3d4e5", managementAccount: "444455556666" };

/** Runs the command in a folder of this configuration. */
function trailwarden(context: object, ...args: readonly string[]) {
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ context }));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), join(REPOSITORY, "cli", "main.ts"), "member", ...args],
    { cwd: folder, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

const read = (path: string) => readFileSync(join(folder, path), "utf8");

describe("trailwarden member", () => {
  test("writes the template of the folder's configuration, and says where to deploy it", () => {
    const context = { organization, region: "eu-west-1", regions: ["us-east-1"], namePrefix: "keeper", packs: ["cis"] };
    const { status, stdout, stderr } = trailwarden(context, "member.json");

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(read("member.json")).toBe(
      memberTemplate({
        forwarders: compileForwarders(switchedOn(catalogue, { packs: ["cis"], disabledDetections: [] })),
        namePrefix: "keeper",
        homeRegion: "eu-west-1",
        globalRegion: "us-east-1",
      }),
    );
    expect(stdout).toContain("Deploy it in every member account, in each of: eu-west-1, us-east-1.");
    expect(stdout).toContain("leave out the management account (444455556666)");
    for (const region of ["eu-west-1", "us-east-1"]) {
      expect(stdout).toContain(
        `  aws cloudformation deploy --region ${region} --stack-name keeper-member --template-file "member.json" --capabilities CAPABILITY_NAMED_IAM --parameter-overrides CentralAccount=CENTRAL_ACCOUNT_ID\n`,
      );
    }
  });

  test("says that a stack set deploys it already, and where it does not", () => {
    const stackSet = { organizationalUnits: ["r-ab12"] };
    const { stdout } = trailwarden({ organization: { ...organization, stackSet } }, "set.json");

    expect(stdout).toContain("organization.stackSet deploys it in r-ab12.\n");
    expect(stdout).toContain("leave out the management account (444455556666)");
  });

  test("writes the template again over its own, and over nothing else", () => {
    expect(trailwarden({ organization }, "again.json").status).toBe(0);
    expect(trailwarden({ organization, namePrefix: "keeper" }, "again.json").status).toBe(0);
    expect(read("again.json")).toContain('"Default": "keeper"');

    writeFileSync(join(folder, "other.json"), "{}");
    const { status, stderr } = trailwarden({ organization }, "other.json");
    expect(status).toBe(1);
    expect(stderr).toBe(
      "error: other.json holds something else: name a file that does not exist yet, or one that this command wrote\n",
    );
    expect(read("other.json")).toBe("{}");
  });

  test("says in one line where it can't write", () => {
    mkdirSync(join(folder, "a-folder"));

    for (const [out, why] of [
      ["a-folder", /^error: a-folder can't be written: EISDIR.*; name a file that you may write to\n$/],
      [
        "missing/member.json",
        /^error: missing\/member.json can't be written: ENOENT.*; name a file that you may write to\n$/,
      ],
    ] as const) {
      const { status, stderr } = trailwarden({ organization }, out);
      expect(status).toBe(1);
      expect(stderr).toMatch(why);
    }
  });

  test("writes a module, again over its own, and over nothing else", () => {
    const { status, stdout } = trailwarden({ organization }, "--format", "terraform", "module");

    expect(status).toBe(0);
    expect(readdirSync(join(folder, "module")).sort()).toEqual([
      ".trailwarden-member",
      "README.md",
      "main.tf.json",
      "variables.tf.json",
    ]);
    expect(stdout).toContain("  main.tf.json\n");
    expect(stdout).toContain("in the management account (444455556666)");
    expect(trailwarden({ organization }, "--format", "terraform", "module").status).toBe(0);

    mkdirSync(join(folder, "theirs"));
    writeFileSync(join(folder, "theirs", "main.tf"), "");
    const refused = trailwarden({ organization }, "--format", "terraform", "theirs");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("error: theirs holds other things (main.tf): ");
    expect(readdirSync(join(folder, "theirs"))).toEqual(["main.tf"]);
  });

  test("writes nothing without an organization, and says how to set it", () => {
    const { status, stderr } = trailwarden({}, "none.json");

    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: organization is not set: .*"managementAccount": "111122223333"\}\n$/);
    expect(existsSync(join(folder, "none.json"))).toBe(false);
  });

  test.each([
    [[], "OUT"],
    [["a", "b"], "b"],
    [["--", "-x"], 'OUT is "-x": must be a path that does not begin with -'],
    [[""], "OUT"],
    [["--format", "yaml", "x"], '--format is "yaml"; allowed: cloudformation, terraform'],
  ])("refuses wrong arguments: %j", async (args, says) => {
    await expect(member(args)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(says) });
  });
});
