import * as v from "valibot";
import type { Contradiction, Origins } from "./contradiction";
import { quote } from "./problem";
import { defaultRegionsOf, globalEventsRegionOf, partitionOf, REGION, unknownRegion } from "./regions";
import { ruled } from "./rule";
import type { Config } from "./schema";
import { list } from "./values";

/** What the key `regions` says instead of a list. */
const WORDS = ["home", "default"] as const;

const ALLOWED = 'home, default, or a list of AWS regions such as ["us-east-1", "eu-west-1"]';

/** @param region the schema of one region */
export function watchedRegions(region: v.GenericSchema<string>) {
  const words = v.picklist(WORDS, `must be ${ALLOWED}`);
  const named = v.custom<string>(
    (value) => typeof value === "string" && REGION.test(value),
    `must be an AWS region such as us-east-1; ${WORDS.join(" or ")} stands alone, in place of the list`,
  );
  const regions = list(v.pipe(named, region), ALLOWED, { unique: true });
  const schema = v.lazy(
    (input): v.GenericSchema<(typeof WORDS)[number] | readonly string[]> => (Array.isArray(input) ? regions : words),
  );
  const allowed = "an AWS region such as us-east-1";
  return ruled(schema, { kind: "list", allowed: ALLOWED, of: { kind: "text", allowed, matches: [], refuses: [] } });
}

/** Regions beside the home region whose events come there within seconds, in alphabetical order. */
export function forwardedRegions({ region, regions }: Pick<Config, "region" | "regions">): readonly string[] {
  if (regions === "home") return [];
  const all = regions === "default" ? defaultRegionsOf(region) : regions;
  return [...new Set(all)].filter((each) => each !== region).sort();
}

/** Those of them that an account must enable first. */
export function optInRegions(config: Pick<Config, "region" | "regions">): readonly string[] {
  const given = new Set(defaultRegionsOf(config.region));
  return forwardedRegions(config).filter((each) => !given.has(each));
}

/** Regions that the list names twice, and those of another partition: no event leaves its own. */
export function watchedRegionContradictions(
  { region, regions }: Config,
  { from, placeOf }: Origins,
): readonly Contradiction[] {
  if (typeof regions === "string") return [];
  const home = partitionOf(region)?.id;
  return regions.flatMap((each, index): readonly Contradiction[] => {
    const what = `regions[${placeOf("regions", index)}] is ${quote(each)}${from("regions")}`;
    if (regions.indexOf(each) < index) return [{ keys: ["regions"], problem: `${what}: duplicate` }];
    const its = partitionOf(each)?.id;
    if (its === home) return [];
    return [
      {
        keys: ["regions", "region"],
        problem: `${what}: lies in partition ${its}, but region is "${region}", which lies in ${home}: events stay within one partition; take it out of regions, and deploy trailwarden in ${its} too`,
      },
    ];
  });
}

/** What the apply may fail for, and what alerts late without need. */
export function watchedRegionWarnings(config: Pick<Config, "region" | "regions" | "organization">): readonly string[] {
  const { region, regions, organization } = config;
  const forwarded = forwardedRegions(config);
  const warnings: string[] = [];
  for (const each of forwarded) {
    const problem = unknownRegion(each);
    if (problem !== undefined) warnings.push(`regions has "${each}": ${problem}`);
  }
  const optIn = optInRegions(config).filter((each) => unknownRegion(each) === undefined);
  if (optIn.length > 0) {
    const names = optIn.map((each) => `"${each}"`).join(", ");
    warnings.push(
      `regions has ${names}: must be enabled in the account, or the apply fails; for example aws account enable-region --region-name ${optIn[0]}`,
    );
  }
  if (organization && forwarded.length === 0) {
    warnings.push(
      `organization is set, but regions names no region beside "${region}": what is done in the others alerts when its log file arrives, minutes later; set "regions": "default"`,
    );
  }
  const globalEvents = globalEventsRegionOf(region);
  if (region !== globalEvents && !forwarded.includes(globalEvents)) {
    const remedy =
      typeof regions === "string" ? `set "regions": ["${globalEvents}"]` : `add "${globalEvents}" to regions`;
    warnings.push(
      `region is "${region}": EventBridge sees IAM, Organizations and root sign-in events in ${globalEvents} only; they alert when their log file arrives, minutes later; ${remedy} to be alerted within seconds`,
    );
  }
  return warnings;
}

/** Regions whose events come by EventBridge, the home region first; none where there is only the home region of one account. */
export function eventRegions(config: Pick<Config, "region" | "regions" | "organization">): readonly string[] {
  const forwarded = forwardedRegions(config);
  return forwarded.length === 0 && config.organization === undefined ? [] : [config.region, ...forwarded];
}
