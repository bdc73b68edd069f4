import type * as v from "valibot";
import { KEYS } from "./keys";
import { closedObject } from "./objects";

/**
 * The configuration of a deployment: what `KEYS` says, as a schema and as types.
 *
 * A key stands in `cdktf.json`'s `context`, or in the environment as `TRAILWARDEN_<KEY>` (`trailName` is
 * `TRAILWARDEN_TRAIL_NAME`), which wins. Messages say what is allowed; the loader puts key and value before them.
 */

export type ConfigKey = keyof typeof KEYS;

type Schemas = { readonly [Key in ConfigKey]: (typeof KEYS)[Key]["schema"] };

/** Every key, in the order of the table. */
export const CONFIG_KEYS = Object.keys(KEYS) as readonly ConfigKey[];

/** What is allowed for each key. */
export const KEY_SCHEMAS = Object.fromEntries(CONFIG_KEYS.map((key) => [key, KEYS[key].schema])) as Schemas;

export const configSchema = closedObject(KEY_SCHEMAS);

/** A checked configuration, defaults filled in. */
export type Config = v.InferOutput<typeof configSchema> & { readonly ruleBudget: number };

/** Where alerts are sent. */
export type Subscriber = Config["subscribers"][number];
