/** What the texts of a suppression must be: one rule each for the configuration, the Terraform module and the function. */
interface TextRule {
  /** What an error says after `must be`. */
  readonly allowed: string;
  readonly pattern: RegExp;
}

/** A line that shows something. */
const LINE = /^[^\r\n]*[^\p{Z}\p{Cc}\p{Cf}][^\r\n]*$/u;

export const ID: TextRule = {
  allowed: "lower-case words joined by -, such as nightly-clean-up",
  pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
};

export const OWNER: TextRule = {
  allowed: "a non-empty line: who is responsible, such as platform-team@example.com",
  pattern: LINE,
};

export const REASON: TextRule = { allowed: "a non-empty line: why no alert is needed", pattern: LINE };

/** A day of the calendar, which the pattern alone can't say: see `isDay`. */
export const EXPIRES: TextRule = {
  allowed: "the last day on which it suppresses, such as 2026-12-31",
  pattern: /^\d{4}-\d\d-\d\d$/,
};

export const ACCOUNT: TextRule = { allowed: "an account id of 12 digits", pattern: /^\d{12}$/ };

/** Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html */
export const UNIT: TextRule = {
  allowed: "the id of an organizational unit or root such as ou-ab12-c3d4e5f6 or r-ab12",
  pattern: /^(r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$/,
};

export const ACCOUNT_TAGS = 'an object such as {"env": "sandbox"}, with at least one tag';

export const DETECTIONS = 'a list of detection ids, or "*" for all that are not critical';
