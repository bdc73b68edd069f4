import { dictionary } from "./objects";
import { type MapRule, ruled, ruleOf, type TextRule } from "./rule";
import { matching } from "./values";

/** Maps whose keys have rules of their own, which the schema doesn't look at: `contradictionsOf` does. */

export const tagValue = matching(
  "at most 256 letters, digits, spaces and _ . : / = + - @, under a key of at most 128 that does not begin with aws:",
  /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
);

const accountName = matching(
  "a name of 1 to 50 letters, digits, spaces and _ . : / = + - @ ( ), under an account id of 12 digits",
  [/^[\p{L}\p{N} _.:/=+\-@()]{1,50}$/u, /[^ ]/],
);

/** AWS allows fifty tags on a resource. */
export const TAGS: MapRule = {
  kind: "map",
  allowed: 'an object such as {"team": "security"}',
  keys: {
    kind: "text",
    allowed: "1 to 128 letters, digits, spaces and _ . : / = + - @, not beginning with aws:",
    matches: [/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u],
    refuses: [{ pattern: /^[Aa][Ww][Ss]:/ }],
  },
  values: ruleOf(tagValue) as TextRule,
  maximum: 50,
};

/** As many as fit into the function's environment beside the rest. */
export const ACCOUNT_NAMES: MapRule = {
  kind: "map",
  allowed: 'an object such as {"111122223333": "prod"}',
  keys: { kind: "text", allowed: "an account id of 12 digits", matches: [/^\d{12}$/], refuses: [] },
  values: ruleOf(accountName) as TextRule,
  maximum: 50,
};

export const tags = ruled(dictionary(tagValue, TAGS.allowed), TAGS);
export const accountNames = ruled(dictionary(accountName, ACCOUNT_NAMES.allowed), ACCOUNT_NAMES);
