import { at, isUnknown, parsed, type Value, type Values } from "../plan/values";
import { alarmNames } from "./alarm-names";

/** Attributes by which other resources name one. */
const NAMING = ["arn", "id", "name", "bucket", "url", "key_id", "function_name", "qualified_arn", "alarm_name"];

/** All that other resources may name a resource by. */
export function tokensOf(type: string, values: Values): readonly string[] {
  const texts = NAMING.map((attribute) => values[attribute]);
  if (type === "aws_cloudwatch_event_bus_policy") {
    const bus = values.event_bus_name || "default";
    return typeof bus === "string" ? [bus] : [];
  }
  if (type === "aws_cloudwatch_log_metric_filter") {
    const metric = at(values, "metric_transformation", 0, "name");
    return typeof metric === "string" ? [metric] : [];
  }
  if (type === "aws_lambda_function") {
    const namespace = at(values, "environment", 0, "variables", "METRICS_NAMESPACE");
    if (typeof namespace === "string" && namespace !== "") texts.push(metricsOf(namespace));
  }
  return texts.filter((text) => typeof text === "string" && text !== "") as readonly string[];
}

/** No resource is called like this. */
function metricsOf(namespace: string): string {
  return `metrics ${namespace}`;
}

/**
 * The ways in which a value that names a resource may be written by that resource itself: log groups' ARNs with `:*`,
 * functions' with a version or alias, names taken out of ARNs.
 */
export function spellings(value: string): readonly string[] {
  const plain = value.replace(/:\*$/, "");
  if (!plain.startsWith("arn:")) return [plain];
  const unqualified = plain.includes(":function:")
    ? plain.replace(/^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+):.*$/, "$1")
    : plain;
  const resource = unqualified.split(":").slice(5).join(":");
  const name = resource
    .replace(/^(function|log-group|alarm):/, "")
    .replace(/^(key|table|rule|stream|deliverystream|policy|event-bus)\//, "");
  return [...new Set([plain, unqualified, name, name.replace(/^role\/(.*\/)?/, "")])];
}

/** The values at a link's path: nothing that is empty. */
export function valuesAt(values: Values, path: readonly string[]): readonly Value[] {
  const found: Value[] = [];
  collect(values, path, 0, found);
  return found;
}

function collect(value: Value | undefined, path: readonly string[], depth: number, found: Value[]): void {
  if (value === undefined || value === null || value === "") return;
  const step = path[depth];
  if (step === undefined || isUnknown(value)) found.push(value);
  else if (step === "json") collect(parsed(value), path, depth + 1, found);
  else if (step === "alarms") found.push(...(typeof value === "string" ? alarmNames(value) : []));
  else if (step === "metrics") found.push(...(typeof value === "string" ? [metricsOf(value)] : []));
  else if (typeof value !== "object") return;
  else if (step !== "*")
    collect(Object.hasOwn(value, step) ? (value as Values)[step] : undefined, path, depth + 1, found);
  else for (const each of Object.values(value)) collect(each, path, depth + 1, found);
}

/** Whether two values name the same resource: ARNs by themselves, otherwise by the name. */
export function namesSame(one: string, other: string): boolean {
  const [a, b] = [spellings(one), spellings(other)];
  return one.startsWith("arn:") && other.startsWith("arn:") ? a[0] === b[0] : a.some((text) => b.includes(text));
}

/**
 * Whether an ARN that has a resource's name is another resource's: of another service, region or account.
 *
 * @param states what the resource is at different times
 */
export function namesAnother(value: string, states: readonly Values[]): boolean {
  if (!value.startsWith("arn:") || states.some(({ arn }) => arn === value)) return false;
  const arns = states.flatMap(({ arn }) => (typeof arn === "string" && arn.startsWith("arn:") ? [arn] : []));
  if (arns.length === 0) return false;
  const whole = wholeArns(value);
  return !arns.some((arn) => wholeArns(arn).some((one) => whole.includes(one)));
}

function wholeArns(arn: string): readonly string[] {
  return spellings(arn).filter((spelling) => spelling.startsWith("arn:"));
}
