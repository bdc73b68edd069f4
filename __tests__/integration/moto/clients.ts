import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { QUIET_SDK } from "../../../cli/command/quiet-sdk";

/** The harness's own clients. */
export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly endpoint: string;
  readonly region: string;
  close(): void;
}

export function clientsFor(endpoint: string, region: string): Clients {
  Object.assign(process.env, QUIET_SDK);
  const options = { endpoint, region, credentials: { accessKeyId: "harness", secretAccessKey: "harness" } };
  const dynamodb = new DynamoDBClient(options);
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const sns = new SNSClient(options);
  const sqs = new SQSClient(options);
  return {
    dynamodb,
    s3,
    sns,
    sqs,
    endpoint,
    region,
    close: () => {
      for (const client of [dynamodb, s3, sns, sqs]) client.destroy();
    },
  };
}
