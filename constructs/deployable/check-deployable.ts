import type { GivenConfig } from "../../config/check";
import { checkDetections } from "../../config/custom-detections/load";
import { ConfigurationError } from "../../config/errors";
import { describeValue, quote } from "../../config/problem";
import { CONFIG_KEYS } from "../../config/schema";
import { STACK_KEYS } from "../../config/stack-keys";
import { isObject } from "../../detection/events/json";
import { functionCode } from "../function/function-code";
import { zipFunction } from "../function/function-zip";
import { notifierZipOf } from "../notifier/notifier-zip";
import { Deployable } from "./deployable";
import { deployabilityProblems } from "./load-deployable";
import { suppressionsOf } from "./suppressions";
import { tokenProblems } from "./tokens";
import type { TrailwardenProps, TrailwardenStackProps } from "./trailwarden-props";

const ALLOWED: readonly string[] = [...CONFIG_KEYS, "customDetections"];

/** Of the stack are its backend and its provider. */
const OF_CONSTRUCTS = ALLOWED.filter((key) => !isOfStack(key));

/**
 * Checks the configuration of a program, and packs the function. Neither `cdktf.json` nor the environment counts.
 *
 * @param now milliseconds since 1970: no suppression may have expired by then
 * @throws ConfigurationError with one line for every problem: key, value, what is allowed
 */
export function checkDeployable(props: TrailwardenStackProps, now = Date.now()): Deployable {
  return check(props, ALLOWED, now);
}

/**
 * The same for a stack of the user's own.
 *
 * @throws ConfigurationError also for what only the stack's backend and provider can do
 */
export function checkConstruct(props: TrailwardenProps): Deployable {
  return check(props, OF_CONSTRUCTS, Date.now());
}

function check(props: TrailwardenStackProps, keys: readonly string[], now: number): Deployable {
  refuseWhatIsNoData(props);
  const given = Object.entries(props).filter(([, value]) => value !== undefined);
  const others = given.filter(([key]) => !keys.includes(key)).map(([key]) => otherKey(key, props, keys));
  const { customDetections = [], ...allowed } = Object.fromEntries(given.filter(([key]) => keys.includes(key)));
  const { config, catalogue, warnings } = checkDetections(
    allowed as GivenConfig,
    customDetections as readonly unknown[],
    (asked) => [...others.map((problem) => ({ keys: [], problem })), ...deployabilityProblems(asked, now)],
  );
  const zip = zipFunction(functionCode(), catalogue, suppressionsOf(config, catalogue, now));
  return new Deployable({ config, catalogue, zip, notifierZip: notifierZipOf(config), warnings });
}

/** What can't be looked into: JavaScript, and `any`, let it through. */
function refuseWhatIsNoData(props: unknown): void {
  if (!isObject(props)) {
    throw new ConfigurationError([
      `the properties are ${shown(props)}: must be an object such as {"region": "us-east-1"}`,
    ]);
  }
  const problems = [...tokenProblems(props)];
  const { customDetections } = props;
  if (customDetections !== undefined && !Array.isArray(customDetections) && problems.length === 0) {
    problems.push(`customDetections is ${shown(customDetections)}: must be a list of detections`);
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function shown(value: unknown): string {
  return typeof value === "function" ? "a function" : quote(value);
}

function otherKey(key: string, props: object, keys: readonly string[]): string {
  if (key === "tags") {
    return "tags belongs to the stack: give them to the stack's AWS provider as defaultTags, or use TrailwardenStack";
  }
  return isOfStack(key)
    ? `${key} belongs to the stack: add a backend to it, or use TrailwardenStack`
    : `${describeValue([key], props)}: unknown key; allowed keys: ${keys.join(", ")}`;
}

function isOfStack(key: string): boolean {
  return STACK_KEYS.some((own) => own === key);
}
