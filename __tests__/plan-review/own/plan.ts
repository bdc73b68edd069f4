import type { Attributes, SynthesizedStack } from "../../../assertions/synthesized-stack";
import { type Entry, entry } from "../plans";

const ACCOUNT = "111122223333";
/** Objects that are values themselves; all others are blocks, of which plans have lists. */
const MAPS = new Set(["tags", "dimensions", "variables", "input_paths", "parameters"]);

/** Stands for a resource's region. */
const HOME = "(region)";
/** What comes behind the account in ARNs. */
const ARNS: Readonly<Record<string, (name: string) => string>> = {
  aws_cloudformation_stack_set: (name) => `arn:aws:cloudformation:${HOME}:${ACCOUNT}:stackset/${name}:1`,
  aws_cloudtrail: (name) => `arn:aws:cloudtrail:${HOME}:${ACCOUNT}:trail/${name}`,
  aws_cloudwatch_event_rule: (name) => `arn:aws:events:${HOME}:${ACCOUNT}:rule/${name}`,
  aws_cloudwatch_log_group: (name) => `arn:aws:logs:${HOME}:${ACCOUNT}:log-group:${name}`,
  aws_cloudwatch_metric_alarm: (name) => `arn:aws:cloudwatch:${HOME}:${ACCOUNT}:alarm:${name}`,
  aws_dynamodb_table: (name) => `arn:aws:dynamodb:${HOME}:${ACCOUNT}:table/${name}`,
  aws_iam_role: (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
  aws_kms_key: (name) => `arn:aws:kms:${HOME}:${ACCOUNT}:key/${name}`,
  aws_lambda_function: (name) => `arn:aws:lambda:${HOME}:${ACCOUNT}:function:${name}`,
  aws_s3_bucket: (name) => `arn:aws:s3:::${name}`,
  aws_sns_topic: (name) => `arn:aws:sns:${HOME}:${ACCOUNT}:${name}`,
  aws_sqs_queue: (name) => `arn:aws:sqs:${HOME}:${ACCOUNT}:${name}`,
};

/**
 * The plan of a stack that stands as it was synthesized, with made-up values where AWS makes them up.
 *
 * @param home its region
 */
export function planOfStack({ resource }: SynthesizedStack, home = "us-east-1"): readonly Entry[] {
  const text = (value: string): string =>
    value.replace(/\$\$\{|\$\{([^}]+)\}/g, (_, reference: string | undefined) => {
      if (reference === undefined) return "${";
      const choice = /\? "([^"]*)" : /.exec(reference);
      if (choice) return choice[1] ?? "";
      const [type = "", id = "", attribute = ""] = reference.split(".");
      if (type === "data") return reference.includes("partition") ? "aws" : ACCOUNT;
      const attributes = resource[type]?.[id];
      if (!attributes) throw new Error(`the stack has no ${reference}`);
      return String(computed(type, id, attributes)[attribute] ?? resolved(attributes[attribute], attribute));
    });
  const resolved = (value: unknown, name: string): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value))
      return value.map((each) => (typeof each === "object" ? fields(each) : resolved(each, "")));
    if (typeof value !== "object" || value === null) return value;
    return MAPS.has(name) ? fields(value) : [fields(value)];
  };
  const fields = (values: object) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, resolved(value, name)]));
  const computed = (type: string, id: string, attributes: Attributes): Attributes => {
    const name = String(
      resolved(attributes.name ?? attributes.bucket ?? attributes.function_name ?? attributes.alarm_name ?? id, ""),
    );
    const region = String(attributes.region ?? home);
    const arn = ARNS[type]?.(name).replace(`:${HOME}:`, `:${region}:`);
    return {
      ...(arn !== undefined && { arn }),
      ...(!type.startsWith("aws_iam_") && { region }),
      ...(type === "aws_kms_key" && { key_id: name }),
      ...(type === "aws_sqs_queue" && { url: `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}` }),
    };
  };
  return Object.entries(resource).flatMap(([type, those]) =>
    Object.entries(those).map(([id, { depends_on: _, lifecycle: __, ...attributes }]) => {
      const values = { ...computed(type, id, attributes), ...fields(attributes) };
      return entry(`${type}.${id}`, ["no-op"], values, values);
    }),
  );
}
