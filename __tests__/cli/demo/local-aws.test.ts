import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { ListTopicsCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { LocalAws } from "../../../cli/demo/local-aws";
import { alertStateTable } from "../../alerting/alert-state-table";

const QUEUE = "https://sqs.us-east-1.amazonaws.com/111122223333/dead-letters";
const table = alertStateTable();
let aws: LocalAws;
let options: object;

beforeAll(async () => {
  aws = await LocalAws.start(table);
  options = {
    region: "us-east-1",
    endpoint: aws.endpoint,
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
    maxAttempts: 1,
  };
});
afterAll(() => aws.stop());

test("S3 gives the objects that were put, and lists them", async () => {
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  aws.putObject("logs", "a/ä b.json", Buffer.from("{}"));
  aws.putObject("others", "a/c.json", Buffer.from("{}"));

  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "logs", Key: "a/ä b.json" }));
  expect(await Body?.transformToString()).toBe("{}");
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: "logs", Prefix: "a/", EncodingType: "url" }));
  expect(Contents).toEqual([{ Key: expect.stringMatching(/^a\/.*json$/), Size: 2 }]);
  await expect(s3.send(new GetObjectCommand({ Bucket: "logs", Key: "a/c.json" }))).rejects.toThrow(
    "The specified key does not exist",
  );
});

test("SNS takes messages, each told once", async () => {
  const sns = new SNSClient(options);
  const attributes = { severity: { DataType: "String", StringValue: "low" } };

  await sns.send(
    new PublishCommand({ TopicArn: "t", Subject: "s", Message: "m & more", MessageAttributes: attributes }),
  );

  expect(aws.takeMessages()).toEqual([
    { topicArn: "t", subject: "s", message: "m & more", structure: undefined, attributes: { severity: "low" } },
  ]);
  expect(aws.takeMessages()).toEqual([]);
  await expect(sns.send(new ListTopicsCommand({}))).rejects.toThrow();
});

test("SQS takes messages, and the topic none of them", async () => {
  const sqs = new SQSClient(options);

  await sqs.send(new SendMessageCommand({ QueueUrl: QUEUE, MessageBody: "damaged" }));

  expect(aws.takeSent()).toEqual([{ queueUrl: QUEUE, body: "damaged" }]);
  expect(aws.takeMessages()).toEqual([]);
});

test("DynamoDB has the table, and refuses what doesn't meet its condition", async () => {
  const dynamodb = new DynamoDBClient(options);
  const key = { pk: { S: "a" }, sk: { S: "b" } };
  const put = new PutItemCommand({
    TableName: table.name,
    Item: { ...key, told: { N: "1" } },
    ConditionExpression: "attribute_not_exists(pk)",
  });

  await dynamodb.send(put);

  await expect(dynamodb.send(put)).rejects.toThrow("The conditional request failed");
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table.name, Key: key }));
  expect(Item?.told).toEqual({ N: "1" });
});
