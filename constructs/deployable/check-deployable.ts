import type { GivenConfig } from "../../config/check";
import { checkDetections } from "../../config/custom-detections/load";
import { ConfigurationError } from "../../config/errors";
import { STACK_KEYS } from "../../config/stack-keys";
import { functionCode } from "../function/function-code";
import { zipFunction } from "../function/function-zip";
import { Deployable } from "./deployable";
import { deployabilityProblems } from "./load-deployable";
import { suppressionsOf } from "./suppressions";
import type { TrailwardenProps, TrailwardenStackProps } from "./trailwarden-props";

/**
 * Checks the configuration of a program, and packs the function. Neither `cdktf.json` nor the environment counts.
 *
 * @param now milliseconds since 1970: no suppression may have expired by then
 * @throws ConfigurationError with one line for every problem: key, value, what is allowed
 */
export function checkDeployable(props: TrailwardenStackProps, now = Date.now()): Deployable {
  const { customDetections = [], ...given } = props;
  const { config, catalogue, warnings } = checkDetections(given as GivenConfig, customDetections, (asked) =>
    deployabilityProblems(asked, now),
  );
  const zip = zipFunction(functionCode(), catalogue, suppressionsOf(config, catalogue, now));
  return new Deployable({ config, catalogue, zip, warnings });
}

/**
 * The same for a stack of the user's own.
 *
 * @throws ConfigurationError also for what only the stack's backend and provider can do
 */
export function checkConstruct(props: TrailwardenProps): Deployable {
  const problems = STACK_KEYS.filter((key) => Object.hasOwn(props, key)).map((key) =>
    key === "tags"
      ? "tags belongs to the stack: give them to the stack's AWS provider as defaultTags, or use TrailwardenStack"
      : `${key} belongs to the stack: add a backend to it, or use TrailwardenStack`,
  );
  if (problems.length > 0) throw new ConfigurationError(problems);
  return checkDeployable(props);
}
