import { binary, call, type Expression, literal, name, text } from "../../config/hcl/expression";
import { jsonExpression, jsonTemplate } from "../../config/hcl/print";

/** Bytes of environment that Lambda takes: names and values. */
const MAX_BYTES = 4_096;
/** The most characters that a resource's attribute has, which is known after apply only. */
const ATTRIBUTES: Readonly<Record<string, number>> = { key_id: 36, bucket: 63, name: 64 };
/** The most characters of any other attribute: an address or ARN of a queue of ours. */
const OTHERS = 128;
/** A topic's ARN without the topic's name. */
const TOPIC_ARN = "arn:aws-us-gov:sns:ap-southeast-99:111122223333:".length;

/** A template of Terraform's JSON in its parts: text, and expressions without braces. */
const PARTS = /\$\{([^}]*)\}/;

/**
 * Refuses an environment that Lambda would refuse, when Terraform plans: what is known by then is measured, the rest
 * counts as long as it may be.
 *
 * @param variables as Terraform's JSON has them
 * @param topicNames the topics' names, by their resources' names
 * @param shorten the variables of the module that a caller can shorten
 */
export function environmentCheck(
  variables: Readonly<Record<string, string>>,
  topicNames: Readonly<Record<string, string>>,
  shorten: string,
): { readonly condition: string; readonly error_message: string } {
  let known = 0;
  const measured: Expression[] = [];
  const measure = (template: string) => {
    for (const [index, part] of template.split(PARTS).entries()) {
      const [, type, resource, attribute] = /^(aws_\w+)\.(\w+)\.(\w+)$/.exec(part) ?? [];
      if (index % 2 === 0) known += part.length;
      else if (type === undefined || resource === undefined) measured.push(name(part));
      else if (type === "aws_sns_topic") {
        known += TOPIC_ARN;
        measure(topicNames[resource] ?? "");
      } else known += ATTRIBUTES[String(attribute)] ?? OTHERS;
    }
  };
  for (const [key, value] of Object.entries(variables)) measure(key + value);
  const bytes = binary(literal(known), "+", call("length", text("", ...measured)));
  return {
    condition: jsonExpression(binary(bytes, "<=", literal(MAX_BYTES))),
    error_message: jsonTemplate(
      text(
        "the function's environment would have ",
        bytes,
        ` bytes, Lambda takes at most ${MAX_BYTES}: shorten ${shorten}`,
      ),
    ),
  };
}
