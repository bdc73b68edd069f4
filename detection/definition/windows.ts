/** What a detection's windows allow: one rule each for the synth and for the function. `allowed` is what an error says. */

const DAY_MINUTES = 24 * 60;
/** Event hashes in the one item that counts; each is 16 characters, and every matching event reads and writes them all. */
const MAX_THRESHOLD = 1_000;

interface Rule {
  readonly allowed: string;
  readonly isSound: (value: unknown) => boolean;
}

/** Windows begin at midnight UTC and must fill the day, or the last of a day would be cut short. */
export const MINUTES: Rule = {
  allowed: "minutes that divide a day evenly, such as 5, 10, 15, 60 or 1440",
  isSound: (value) => isWhole(value) && value >= 1 && DAY_MINUTES % value === 0,
};

export const THRESHOLD: Rule = {
  allowed: `a whole number of events from 2 to ${MAX_THRESHOLD}`,
  isSound: (value) => isWhole(value) && value >= 2 && value <= MAX_THRESHOLD,
};

/** A field by which matches are counted or grouped. */
export const FIELD: Rule = {
  allowed: 'the path of a field of the record such as "sourceIPAddress", without "detail."',
  isSound: (value) => typeof value === "string" && !value.startsWith("detail.") && !value.split(".").includes(""),
};

export const FIELDS: Rule = {
  allowed: 'a list of the record\'s fields such as ["sourceIPAddress"], at least one',
  isSound: (value) => Array.isArray(value) && value.length > 0 && value.every(FIELD.isSound),
};

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}
