import { expect, test } from "@jest/globals";
import { environmentCheck } from "../../../cli/module/environment-check";

test("what is known when Terraform plans is measured, the rest counts as long as it may be", () => {
  const { condition, error_message } = environmentCheck(
    {
      A: "12${var.x}",
      QUEUE: "${aws_sqs_queue.Q.arn}",
      KEY: '{"id":"${aws_kms_key.K.key_id}"}',
      TOPIC: "${aws_sns_topic.T.arn}",
    },
    { T: "t-${var.topic}" },
    "account_names",
  );
  const names = "A".length + "QUEUE".length + "KEY".length + "TOPIC".length;
  const topic = "arn:aws-us-gov:sns:ap-southeast-99:111122223333:t-".length;
  const known = names + "12".length + 128 + '{"id":""}'.length + 36 + topic;

  expect(condition).toBe(`\${((${known} + length("\${var.x}\${var.topic}")) <= 4096)}`);
  expect(error_message).toMatch(
    /^the function's environment would have \$\{.*\} bytes, Lambda takes at most 4096: shorten account_names$/,
  );
});
