import { describe, expect, test } from "@jest/globals";
import { parseStack } from "../../assertions/synthesized-stack";

describe("parseStack", () => {
  test("leaves CDKTF's comments out, and nothing else that is called //", () => {
    const comment = { metadata: { path: "a/Queue" } };
    const json = JSON.stringify({
      "//": comment,
      resource: { aws_sqs_queue: { Queue: { "//": comment, name: "q", tags: { "//": "slashes" } } } },
      terraform: {},
    });

    expect(parseStack(json).resource).toEqual({ aws_sqs_queue: { Queue: { name: "q", tags: { "//": "slashes" } } } });
    expect(parseStack(json)).not.toHaveProperty("//");
  });

  test("has an empty block where the stack has none", () => {
    const empty = { data: {}, output: {}, provider: {}, resource: {}, terraform: {} };

    expect(parseStack('{"terraform": {}}')).toEqual(empty);
  });

  test.each([
    ["cdktf.out/stacks/a/cdk.tf.json", /^"cdktf\.out.*" is not JSON \(.*\): pass the text itself/],
    ['{"resource": {}}', /^"\{\\"resource\\": \{\}\}" is not a stack's Terraform JSON, which has a "terraform" block/],
    ["null", /is not a stack's Terraform JSON/],
    [`"${"x".repeat(5_000)}"`, /^.{0,90} is not a stack's/],
  ])("says what is wrong with %.40s", (text, message) => {
    expect(() => parseStack(text)).toThrow(message);
  });
});
