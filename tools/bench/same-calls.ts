import { DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { SdkCall } from "./fixed-aws";
import { readsAlias } from "./reads-alias";

// What the function's cold start is measured against: the same clients, with the same settings, and calls that it is
// handed. Nothing is read, judged, decided or worded. Bundled as the function is.
const timeouts = (requestTimeout: number) => ({
  connectionTimeout: 2_000,
  requestTimeout,
  throwOnRequestTimeout: true,
});
const s3 = new S3Client({ requestHandler: timeouts(10_000) });
const sns = new SNSClient({ requestHandler: timeouts(3_000), maxAttempts: 8 });
const dynamodb = new DynamoDBClient({ requestHandler: timeouts(3_000), maxAttempts: 8 });

export async function handler(calls: readonly SdkCall[]): Promise<void> {
  let beside: Promise<void> | undefined;
  for (const each of calls) {
    if (each.name === "Publish") await beside;
    if (readsAlias(each)) beside = call(each.name, each.input);
    else await call(each.name, each.input);
  }
}

async function call(name: string, input: unknown): Promise<void> {
  switch (name) {
    case "GetObject": {
      const { Body } = await s3.send(new GetObjectCommand(input as GetObjectCommand["input"]));
      await Body?.transformToByteArray();
      return;
    }
    case "GetItem":
      await dynamodb.send(new GetItemCommand(input as GetItemCommand["input"]));
      return;
    case "UpdateItem":
      await dynamodb.send(new UpdateItemCommand(input as UpdateItemCommand["input"]));
      return;
    case "PutItem":
      await dynamodb.send(new PutItemCommand(input as PutItemCommand["input"]));
      return;
    case "Publish":
      await sns.send(new PublishCommand(input as PublishCommand["input"]));
      return;
    default:
      throw new Error(`the function calls ${name}, which tools/bench/same-calls.ts does not know`);
  }
}
