import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DeleteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { FunctionProcess } from "../../../cli/demo/function-process";
import { LocalAws } from "../../../cli/demo/local-aws";
import { GIVEN } from "../../../config/custom-detections/fixture-names";
import { zipFunction } from "../../../constructs/function/function-zip";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { wrapRecord } from "../../../detection/events/envelope";
import { alwaysOn } from "../../../detection/suppressions/always-on";
import { bundleFunction } from "../../../tools/packaging/bundle";
import { alertStateTable } from "../../alerting/alert-state-table";
import { unauthorizedDescribe } from "../../detection/events/records";

const ROOT = join(__dirname, "..", "..", "..");
const PAYMENTS = "444455556666";
const SANDBOX = "777788889999";
const inSandbox = {
  ...{ id: "sandbox", detections: ["unauthorized-ec2-call", "unauthorized-calls"], pattern: { source: ["aws.ec2"] } },
  ...{ owner: "a", reason: "b", expires: "2999-12-31", organizationalUnits: ["ou-ab12-sandbox1"] },
};

/** What Organizations answers, by the operation and the parent or account that it is asked about. */
const ANSWERS: Readonly<Record<string, object>> = {
  "ListRoots ": { Roots: [{ Id: "r-ab12", Name: "Root" }] },
  "ListOrganizationalUnitsForParent r-ab12": {
    OrganizationalUnits: [{ Id: "ou-ab12-prodprod" }, { Id: "ou-ab12-sandbox1" }],
  },
  "ListOrganizationalUnitsForParent ou-ab12-sandbox1": {},
  "ListAccountsForParent ou-ab12-sandbox1": { Accounts: [{ Id: SANDBOX, Name: "try", Status: "ACTIVE" }] },
  [`ListTagsForResource ${SANDBOX}`]: { Tags: [] },
  "ListOrganizationalUnitsForParent ou-ab12-prodprod": { OrganizationalUnits: [] },
  "ListAccountsForParent r-ab12": { Accounts: [{ Id: "111122223333", Name: "management", Status: "ACTIVE" }] },
  "ListAccountsForParent ou-ab12-prodprod": { Accounts: [{ Id: PAYMENTS, Name: "payments-prod\n", Status: "ACTIVE" }] },
  "ListTagsForResource 111122223333": { Tags: [] },
  [`ListTagsForResource ${PAYMENTS}`]: {
    Tags: [
      { Key: "env", Value: "prod" },
      { Key: "owner", Value: "ann" },
    ],
  },
};

/** The zip that would be deployed, against Organizations and a table on this machine. */
describe("the function of an organization's central account", () => {
  const table = alertStateTable();
  const started: FunctionProcess[] = [];
  let aws: LocalAws;
  let organizations: Server;
  let path: string;
  let isDenied = false;
  let calls: string[] = [];

  beforeAll(async () => {
    const suppressions = [...alwaysOn(catalogue, []), inSandbox];
    path = zipFunction(await bundleFunction(ROOT), catalogue, suppressions).path;
    aws = await LocalAws.start(table);
    organizations = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const operation = String(request.headers["x-amz-target"]).replace("AWSOrganizationsV20161128.", "");
        const { ParentId = "", ResourceId = "" } = JSON.parse(body) as Readonly<Record<string, string>>;
        const call = `${operation} ${ParentId}${ResourceId}`;
        calls.push(call);
        const answer = isDenied ? undefined : ANSWERS[call];
        response.writeHead(answer ? 200 : 400, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify(answer ?? { __type: "AccessDeniedException", Message: "no" }));
      });
    }).listen(0, "127.0.0.1");
    await once(organizations, "listening");
  });
  afterEach(() => {
    for (const process of started.splice(0)) process.stop();
    calls = [];
  });
  afterAll(async () => {
    await aws.stop();
    organizations.close();
  });

  const start = async () => {
    const { port } = organizations.address() as AddressInfo;
    const fn = await FunctionProcess.start(path, "index.handler", "us-east-1", aws.endpoint, {
      SNS_TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:cloudtrail-alerts-demo",
      SEEN_TABLE: table.name,
      NAMES: JSON.stringify(GIVEN),
      ORGANIZATION: JSON.stringify({ id: "o-a1b2c3d4e5", managementAccount: "111122223333" }),
      ACCOUNT_TAGS: '["env"]',
      AWS_ENDPOINT_URL_ORGANIZATIONS: `http://127.0.0.1:${port}`,
    });
    started.push(fn);
    return fn;
  };
  const sqs = (body: string) => ({ Records: [{ messageId: "m0", eventSource: "aws:sqs", body }] });
  const closeWindows = sqs('{"trailwarden":"close-windows"}');
  const denied = (eventID: string, account = PAYMENTS) =>
    sqs(
      JSON.stringify(
        wrapRecord(
          unauthorizedDescribe({
            ...{ eventID, recipientAccountId: account },
            userIdentity: { type: "IAMUser", userName: eventID, accountId: account },
          }),
        ),
      ),
    );
  const warnings = (fn: FunctionProcess) =>
    fn
      .takeLog()
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
      .filter(({ level }) => level === "WARN");

  // The table outlives the tests: in this order.
  test("alerts with the id where Organizations refuses, applies no suppression by unit, and says both", async () => {
    isDenied = true;
    const fn = await start();
    await fn.invoke(closeWindows);
    await fn.invoke(closeWindows);
    expect(calls).toEqual(["ListRoots "]);
    expect(warnings(fn)).toEqual([
      expect.objectContaining({
        message: "accounts of the organization can't be read",
        reason: expect.stringContaining("AccessDeniedException"),
        fix: expect.stringContaining("register-delegated-administrator"),
      }),
    ]);
    await fn.invoke(denied("e1"));

    const [alert] = aws.takeMessages();
    expect(alert?.subject).toContain(` in ${PAYMENTS}`);
    expect(warnings(fn)).toEqual([
      expect.objectContaining({
        message: "suppression can't be applied: the account's organizational units or tags are unknown",
        suppression: "sandbox",
      }),
    ]);
  });

  test("names the account, its units and the tags that are asked for, and suppresses by unit", async () => {
    isDenied = false;
    const credentials = { accessKeyId: "x", secretAccessKey: "x" };
    const client = new DynamoDBClient({ region: "us-east-1", endpoint: aws.endpoint, credentials });
    const Key = { pk: { S: "organization" }, sk: { S: "#walk" } };
    await client.send(new DeleteItemCommand({ TableName: table.name, Key }));
    client.destroy();
    const asking = await start();
    await asking.invoke(closeWindows);
    expect(calls.sort()).toEqual(Object.keys(ANSWERS).sort());
    await asking.invoke(closeWindows);
    expect(calls).toHaveLength(Object.keys(ANSWERS).length);
    const fn = await start();
    await fn.invoke(denied("e2"));

    const [alert, ...others] = aws.takeMessages();
    expect(others).toEqual([]);
    expect(alert?.subject).toBe("[MEDIUM] DescribeInstances denied by e2 in payments-prod: EC2 access denied");
    const texts = JSON.parse(alert?.message ?? "{}") as Readonly<Record<"email" | "sms" | "sqs", string>>;
    expect(texts.email).toContain("payments-prod (444455556666)");
    expect(texts.sms).toContain("payments-prod");
    expect(JSON.parse(texts.sqs)).toMatchObject({
      account: {
        id: PAYMENTS,
        name: "payments-prod",
        organization: "o-a1b2c3d4e5",
        organizationalUnits: ["r-ab12", "ou-ab12-prodprod"],
        tags: { env: "prod" },
      },
    });
    expect(JSON.parse(texts.sqs).account.tags).toEqual({ env: "prod" });
    await fn.invoke(denied("e3", SANDBOX));
    expect(aws.takeMessages()).toEqual([]);
    // Known not to be in the sandbox: no processing error.
    expect([...warnings(asking), ...warnings(fn)]).toEqual([]);
  });
});
