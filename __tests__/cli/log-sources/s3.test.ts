import { spawn } from "node:child_process";
import { devNull } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { QUIET_SDK } from "../../../cli/command/quiet-sdk";
import { sdkEnvironment } from "../../../cli/demo/function-process";
import { LocalServer } from "../../../cli/demo/local-server";
import { S3Server } from "./s3-server";

let server: S3Server;

beforeAll(async () => {
  server = await S3Server.start();
  server.put("a.json");
});

afterAll(() => server.stop());

/** Finds in a process of its own, which knows of AWS only what it is told. */
async function find(path: string, environment: Readonly<Record<string, string | undefined>>) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  const child = spawn(process.execPath, ["--require", "tsx/cjs", join(__dirname, "find.ts"), path], {
    env: { ...Object.fromEntries(own), ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  await new Promise((resolve) => child.once("close", resolve));
  return { ...(JSON.parse(stdout) as object), stderr };
}

const FOUND = { sources: 1, unreadable: [], sdk: true, stderr: "" };

test("nothing but what was asked for appears, not even the SDK's warning of Node's age", async () => {
  const environment = {
    ...sdkEnvironment("us-east-1", server.endpoint),
    ...Object.fromEntries(Object.keys(QUIET_SDK).map((name) => [name, undefined])),
  };

  expect(await find("s3://logs", environment)).toEqual(FOUND);
});

test("a region is not needed", async () => {
  expect(await find("s3://logs", { ...sdkEnvironment("", server.endpoint), AWS_REGION: undefined })).toEqual(FOUND);
});

test("the SDK is not loaded for files", async () => {
  expect(await find(__filename, {})).toEqual({ ...FOUND, sdk: false });
});

test("without credentials it says how to come by some", async () => {
  const environment = {
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
  };

  expect(await find("s3://logs", { ...environment, AWS_ENDPOINT_URL_S3: server.endpoint })).toEqual({
    sources: 0,
    unreadable: [{ file: "s3://logs/", reason: expect.stringMatching(/^no AWS credentials: set AWS_PROFILE, or .+$/) }],
    sdk: true,
    stderr: "",
  });
});

test("where nobody answers it asks about the network", async () => {
  const closed = await LocalServer.start(() => {});
  const { endpoint } = closed;
  await closed.stop();

  expect(await find("s3://logs", sdkEnvironment("us-east-1", endpoint))).toEqual({
    sources: 0,
    unreadable: [
      { file: "s3://logs/", reason: "S3 can't be reached (ECONNREFUSED): is the network up, and the region right?" },
    ],
    sdk: true,
    stderr: "",
  });
});
