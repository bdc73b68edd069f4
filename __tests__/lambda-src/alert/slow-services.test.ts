import { SNSClient } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { buildAlert } from "../../../alerting/notices/alert";
import { alertNotice } from "../../../alerting/notices/alert-notice";
import { shortened } from "../../../alerting/notices/shortened";
import { LocalServer } from "../../../cli/demo/local-server";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import { wrapRecord } from "../../../detection/events/envelope";
import { snsPublisher } from "../../../lambda-src/adapters/sns-publisher";
import { unauthorizedDescribe } from "../../detection/events/records";

let silent: LocalServer;
beforeAll(async () => {
  silent = await LocalServer.start(() => {});
});
afterAll(() => silent.stop());

test("a topic that takes the connection and never answers is given up", async () => {
  const client = new SNSClient({
    region: "us-east-1",
    endpoint: silent.endpoint,
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  });
  const publish = snsPublisher(
    client,
    "arn:aws:sns:us-east-1:111122223333:t",
    () => AbortSignal.timeout(200),
    shortened,
  );
  const alert = buildAlert(catalogue[0] as Detection, wrapRecord(unauthorizedDescribe()), "log");
  const begin = Date.now();

  await expect(publish(alertNotice(alert))).rejects.toThrow(/abort/i);
  expect(Date.now() - begin).toBeLessThan(10_000);
  client.destroy();
});
