import { describe, expect, test } from "@jest/globals";
import { withNames } from "../../assertions/names";
import { reference, resources, theAttributes, theResource } from "../../assertions/resources";
import { strings } from "../../assertions/strings";
import { parseStack } from "../../assertions/synthesized-stack";

const queue = (name: string) => ({ name });
const stack = parseStack(
  JSON.stringify({
    resource: {
      aws_s3_bucket: { Logs_Bucket_4CEEDFB3: { bucket: "logs" } },
      aws_sqs_queue: { Queue: queue("q"), Events_Queue_724D86F7: queue("e"), Events_Queue_0000AAAA: queue("f") },
    },
    terraform: {},
  }),
);

describe("resources", () => {
  test("are those of the types, or all", () => {
    expect(resources(stack, "aws_s3_bucket").map(({ address }) => address)).toEqual([
      "aws_s3_bucket.Logs_Bucket_4CEEDFB3",
    ]);
    expect(resources(stack)).toHaveLength(4);
    expect(resources(stack, "aws_sns_topic")).toEqual([]);
  });
});

describe("theResource", () => {
  test("is found by its type, or by type and path without the hash", () => {
    expect(theResource(stack, "aws_s3_bucket").attributes).toEqual({ bucket: "logs" });
    expect(theResource(stack, "aws_s3_bucket", "Logs_Bucket").address).toBe("aws_s3_bucket.Logs_Bucket_4CEEDFB3");
    expect(theAttributes(stack, "aws_sqs_queue", "Queue")).toEqual({ name: "q" });
  });

  test.each([
    ["aws_sns_topic", undefined, "no resource is aws_sns_topic; there are: aws_s3_bucket, aws_sqs_queue"],
    ["aws_s3_bucket", "Log_Bucket", 'no aws_s3_bucket is at "Log_Bucket"; there are: Logs_Bucket'],
    [
      "aws_sqs_queue",
      undefined,
      "3 resources are aws_sqs_queue; say which by its path: Events_Queue, Events_Queue, Queue",
    ],
    [
      "aws_sqs_queue",
      "Events_Queue",
      '2 resources are aws_sqs_queue at "Events_Queue": aws_sqs_queue.Events_Queue_0000AAAA, aws_sqs_queue.Events_Queue_724D86F7',
    ],
  ])("names what there is instead of %s %s", (type, path, message) => {
    expect(() => theResource(stack, type, path)).toThrow(new Error(message));
  });

  test("says that a stack without resources has none", () => {
    expect(() => theResource(parseStack('{"terraform": {}}'), "aws_sns_topic")).toThrow("there are: none");
  });
});

test("a reference is put together as others write it, and resolved where the value is known", () => {
  const named = reference(theResource(stack, "aws_sqs_queue", "Queue"), "name");

  expect(named).toBe("${aws_sqs_queue.Queue.name}");
  expect(withNames(stack, `to ${named} by \${aws_sqs_queue.Queue.arn}`)).toBe("to q by ${aws_sqs_queue.Queue.arn}");
});

test("strings are found however deep, keys are none", () => {
  expect(strings({ a: ["b", { c: "d", e: 1, f: null }], g: true })).toEqual(["b", "d"]);
});
