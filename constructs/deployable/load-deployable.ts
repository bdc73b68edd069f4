import type { Contradiction } from "../../config/contradiction";
import { type Asked, type LoadedDetections, loadDetections } from "../../config/custom-detections/load";
import { namesOf, placesElsewhere } from "../../config/names";
import type { Config } from "../../config/schema";
import { checkSuppressions } from "../../config/suppressions/check";
import { forwardedRegions } from "../../config/watched-regions";
import type { Detection } from "../../detection/definition/detection";
import type { GivenNames } from "../../detection/definition/names";
import { switchedOn } from "../../detection/definition/switched-on";
import { UNKNOWN_NAMES } from "../deployment/longest-names";
import { SynthError } from "../deployment/synth-error";
import { forwardersOf } from "../forwarding/forwarders";
import { planRules } from "../rules/rule-plan";

/**
 * Reads what is to be deployed: configuration, detections and suppressions. Whatever of them AWS or the function would not
 * take is reported in one round.
 *
 * @param now milliseconds since 1970: no suppression may have expired by then
 * @throws ConfigurationError with one line for every problem
 */
export function loadDeployable(
  environment: Readonly<Record<string, string | undefined>>,
  now = Date.now(),
): LoadedDetections {
  return loadDetections(environment, undefined, (asked) => deployabilityProblems(asked, now));
}

/** What of a sound configuration can't be deployed all the same. */
export function deployabilityProblems(asked: Asked, now: number): readonly Contradiction[] {
  return [...suppressions(asked, now), ...rules(asked)];
}

function suppressions({ config, origins, catalogue, faultyIds }: Asked, now: number): readonly Contradiction[] {
  const placeOf = (index: number) => origins.placeOf("suppressions", index);
  const { problems } = checkSuppressions(config, catalogue, now, { faultyIds, placeOf });
  return problems.map((problem) => ({ keys: ["suppressions"], problem }));
}

function rules({ config, catalogue }: Asked): readonly Contradiction[] {
  const { region, ruleBudget: budget } = config;
  const detections = switchedOn(catalogue, config);
  const { problems, roomProblems } = planRules({ detections, bus: { region, budget }, names: namesIn(config) });
  return [
    // Of detections that are sound.
    ...(problems.length === 0 && forwardedRegions(config).length > 0 ? forwarderProblems(detections) : []),
    ...problems.map((problem) => ({ keys: ["namePrefix", "packs"], problem })),
    ...roomProblems.map((problem) => ({ keys: ["region", "ruleBudget", "packs", "disabledDetections"], problem })),
  ];
}

function forwarderProblems(detections: readonly Detection[]): readonly Contradiction[] {
  try {
    forwardersOf(detections);
    return [];
  } catch (error) {
    if (!(error instanceof SynthError)) throw error;
    return error.problems.map((problem) => ({ keys: ["regions", "region", "packs", "disabledDetections"], problem }));
  }
}

/** What placeholders stand for, as far as the configuration says it. */
function namesIn(config: Config): GivenNames {
  const names = namesOf(config);
  return {
    ...UNKNOWN_NAMES,
    ...placesElsewhere(config),
    prefix: config.namePrefix,
    region: config.region,
    trail: names.trailName,
    logGroup: names.logGroupName,
    deliveriesTopic: names.deliveriesTopicName,
    alertsTopic: names.alertsTopicName,
    urgentTopic: names.urgentTopicName,
    ...(names.bucketName !== undefined && { bucket: names.bucketName }),
  };
}
