import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { strFromU8, unzipSync } from "fflate";
import { FunctionProcess } from "../../../cli/demo/function-process";
import { LocalAws } from "../../../cli/demo/local-aws";
import { LocalServer } from "../../../cli/demo/local-server";
import { zipFunction } from "../../../constructs/function/function-zip";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { wrapRecord } from "../../../detection/events/envelope";
import { alwaysOn } from "../../../detection/suppressions/always-on";
import { defaultProvider, readCredentials } from "../../../lambda-src/adapters/environment-credentials";
import { bundleFunction } from "../../../tools/packaging/bundle";
import { alertStateTable } from "../../alerting/alert-state-table";
import { unauthorizedDescribe } from "../../detection/events/records";

const ROOT = join(__dirname, "..", "..", "..");
const TOPIC = "arn:aws:sns:us-east-1:111122223333:cloudtrail-alerts-demo";

describe("the credentials", () => {
  test("are those that Lambda puts into the environment", () => {
    const credentials = readCredentials({
      AWS_ACCESS_KEY_ID: "an-id",
      AWS_SECRET_ACCESS_KEY: "a-secret",
      AWS_SESSION_TOKEN: "a-token",
    });

    expect(credentials).toEqual({ accessKeyId: "an-id", secretAccessKey: "a-secret", sessionToken: "a-token" });
  });

  test("have no token where there is none", () => {
    const credentials = readCredentials({
      AWS_ACCESS_KEY_ID: "an-id",
      AWS_SECRET_ACCESS_KEY: "a-secret",
      AWS_SESSION_TOKEN: "",
    });

    expect(credentials).toEqual({ accessKeyId: "an-id", secretAccessKey: "a-secret" });
  });

  test.each([
    ["key id", { AWS_SECRET_ACCESS_KEY: "a-secret" }],
    ["secret", { AWS_ACCESS_KEY_ID: "an-id" }],
    ["key id that is not empty", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "a-secret" }],
  ])("can't be had without a %s", (_, variables) => {
    expect(() => readCredentials(variables)).toThrow(
      "AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not set: Lambda sets both",
    );
  });

  test("that are missing fail the call, not the start", async () => {
    const provide = defaultProvider();
    const { AWS_ACCESS_KEY_ID: before } = process.env;
    delete process.env.AWS_ACCESS_KEY_ID;
    try {
      await expect(provide()).rejects.toThrow("AWS_ACCESS_KEY_ID");
    } finally {
      if (before !== undefined) process.env.AWS_ACCESS_KEY_ID = before;
    }
  });
});

describe("the function as zipped", () => {
  let path: string;
  const requests: { readonly authorization: unknown; readonly token: unknown }[] = [];
  let aws: LocalAws;
  let server: LocalServer;
  let fn: FunctionProcess;

  beforeAll(async () => {
    path = zipFunction(await bundleFunction(ROOT), catalogue, alwaysOn(catalogue, [])).path;
    const table = alertStateTable();
    aws = await LocalAws.start(table);
    server = await LocalServer.start((request, response) => {
      const { authorization, "x-amz-security-token": token } = request.headers;
      requests.push({ authorization, token });
      return aws.answer(request, response);
    });
    fn = await FunctionProcess.start(path, "index.handler", "us-east-1", server.endpoint, {
      SNS_TOPIC_ARN: TOPIC,
      SEEN_TABLE: table.name,
      AWS_SESSION_TOKEN: "a-token",
    });
  });

  afterAll(async () => {
    fn.stop();
    await server.stop();
    await aws.stop();
  });

  test("signs its calls with them, token included", async () => {
    await fn.invoke({
      Records: [{ messageId: "m", eventSource: "aws:sqs", body: JSON.stringify(wrapRecord(unauthorizedDescribe())) }],
    });

    const services = requests.map(
      ({ authorization }) =>
        /^AWS4-HMAC-SHA256 Credential=demo\/\d{8}\/us-east-1\/(\w+)\/aws4_request,/.exec(String(authorization))?.[1],
    );
    expect(new Set(services)).toEqual(new Set(["dynamodb", "sns"]));
    expect(requests.filter(({ token }) => token !== "a-token")).toEqual([]);
  });

  test("holds no other way to credentials: no container, no web identity, no process, no sign-in", () => {
    const code = strFromU8(unzipSync(readFileSync(path))["index.js"] ?? new Uint8Array());

    const others = [
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
      "AWS_WEB_IDENTITY_TOKEN_FILE",
      "credential_process",
      "sso_start_url",
    ];
    expect(others.filter((trace) => code.includes(trace))).toEqual([]);
    expect(code).toContain("AWS_SESSION_TOKEN");
  });
});
