import * as v from "valibot";
import { defaultRegionsOf } from "./regions";
import { ruled } from "./rule";
import type { Config } from "./schema";
import { list } from "./values";

/** What the key `regions` says instead of a list. */
const WORDS = ["home", "default"] as const;

const ALLOWED = 'home, default, or a list of AWS regions such as ["us-east-1", "eu-west-1"]';

/** @param region the schema of one region */
export function watchedRegions(region: v.GenericSchema<string>) {
  const words = v.picklist(WORDS, `must be ${ALLOWED}`);
  const regions = list(region, ALLOWED, { unique: true });
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

/** Regions whose events come by EventBridge, the home region first; none where there is only the home region of one account. */
export function eventRegions(config: Pick<Config, "region" | "regions" | "organization">): readonly string[] {
  const forwarded = forwardedRegions(config);
  return forwarded.length === 0 && config.organization === undefined ? [] : [config.region, ...forwarded];
}
