import * as v from "valibot";
import { ACCOUNT, ACCOUNT_TAGS, UNIT } from "../detection/suppressions/rules";
import { TAGS, tagValue } from "./maps";
import { dictionary } from "./objects";
import { type MapRule, ruled, ruleOf, type TextRule, textProblem } from "./rule";
import { filledList, matching } from "./values";

/** Tags that one filter may ask for. */
const MOST_TAGS = 10;

const TAGS_RULE: MapRule = {
  kind: "map",
  allowed: ACCOUNT_TAGS,
  keys: TAGS.keys,
  values: ruleOf(tagValue) as TextRule,
  minimum: 1,
  maximum: MOST_TAGS,
};

/** Ids of accounts that something is for. */
export const accounts = filledList(
  matching(ACCOUNT.allowed, ACCOUNT.pattern),
  'a list of account ids such as ["111122223333"]',
  "at least one account's id; leave it out for all accounts",
);

/** Ids of units that something is for: accounts in one of them, or below it. */
const organizationalUnits = filledList(
  matching(UNIT.allowed, UNIT.pattern),
  'a list of organizational units such as ["ou-ab12-c3d4e5f6"]',
  "at least one organizational unit; leave it out for all of them",
);

/** Tags of accounts that something is for: those that have each of them. */
const accountTags = ruled(
  v.pipe(
    dictionary(tagValue, ACCOUNT_TAGS),
    v.check((tags) => Object.keys(tags).length >= 1, `must be ${ACCOUNT_TAGS}`),
    v.check((tags) => Object.keys(tags).length <= MOST_TAGS, `must be at most ${MOST_TAGS} tags`),
    v.check(
      (tags) => Object.keys(tags).every((key) => textProblem(TAGS.keys, key) === undefined),
      `must have keys of ${TAGS.keys.allowed}`,
    ),
  ),
  TAGS_RULE,
);

/** Which accounts something is for; all that is given must hold. */
export const accountScope = {
  accounts: v.optional(accounts),
  organizationalUnits: v.optional(organizationalUnits),
  accountTags: v.optional(accountTags),
};
