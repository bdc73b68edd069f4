import { isObject, type JsonObject } from "../../../detection/events/json";
import { cut } from "../../../detection/events/text";
import { plainJson } from "../result/plain-json";

/** What stands in the place of a secret. */
export const MASK = "(masked)";
/** Characters of the JSON that is shown of a request or a response. */
export const SHOWN_CHARACTERS = 2_000;

/** Keys whose values give access, to all who read them; `secretId` and `httpTokens` are none. */
const SECRET_KEY = new RegExp(
  `(${[
    "token",
    "passwords?",
    "passwd|pwd|passphrase|passcode|(^|[-_])pass",
    "secret|credentials?|cookie|signature|authorization|assertion",
    "(secret|private|access|api|customer|pre[-_]?shared)[-_]?key([-_]?pem)?",
    "key[-_]?material|secret[-_]?(string|binary|value)|plain[-_]?text",
    "user[-_]?data([-_]?base64)?",
    "(token|auth|authentication|verification|mfa)[-_]?code[12]?",
    "base32string[-_]?seed|qr[-_]?code[-_]?png",
  ].join("|")})$`,
  "i",
);
/** Ids of access keys tell who, and give no access. */
const NO_SECRET = /accessKeyId$/i;
/** The same, and ARNs: they say which, under whatever key. */
const ID = /^(A[KS]IA[A-Z0-9]{12,124}|arn:[a-z-]+:[a-z0-9-]+:\S*)$/;
/** Keys under which a pair has its name and its value: `parameterKey` and `parameterValue`, `Name` and `Value`. */
const NAME = /(name|key)$/i;
const VALUE = /value$/i;
/** Secrets that tell by their form, wherever they stand: session tokens, JSON Web Tokens, private keys, signed addresses. */
const SECRET_TEXTS: readonly (readonly [form: RegExp, shown: string])[] = [
  [/\b(IQoJ|FwoG|FQoG)[A-Za-z0-9+/=%]{40,}/g, MASK],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)?/g, MASK],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(-----END [A-Z ]*PRIVATE KEY-----)?/g, MASK],
  [/\b(X-Amz-(?:Security-Token|Signature)=)[^&\s"]+/gi, `$1${MASK}`],
  [/\b(Bearer|Basic) [\w.+/=~-]{8,}/g, `$1 ${MASK}`],
  [/\b(gh[pousr]_|github_pat_|glpat-|[rs]k_live_|xox[abprs]-)[\w-]{16,}/g, MASK],
  [/(:\/\/hooks\.slack\.com\/services\/)[\w/]+/g, `$1${MASK}`],
  // Of an address, as in `postgres://user:password@host`.
  [/(:\/\/[^\s:@/]{0,128}:)[^\s@/]{1,256}@/g, `$1${MASK}@`],
  // In JSON within a text, perhaps escaped, and in a command: `"password":"…"`, `--password=…`.
  [
    /((?:passw(?:or)?d|passphrase|secret|token|(?:secret|private|api|access)[-_]?key)(?:\\{0,9}["']\s{0,9}:|\s{0,9}=)\s{0,9})(?!arn:)(?:(\\{0,9}["'])(?!arn:)[^"'\\]+|[^\s"'\\&,;]+)/gi,
    `$1$2${MASK}`,
  ],
];

/** How much of each part is kept; the first that lets the whole be short enough is taken. */
const LIMITS = [
  { text: 1_000, items: 50, depth: 8 },
  { text: 200, items: 20, depth: 6 },
  { text: 60, items: 8, depth: 4 },
  { text: 20, items: 4, depth: 3 },
] as const;

/** Objects and lists in each other, beyond which nothing is shown. */
const DEEPEST = 10;

/** The same value without what gives access: a log goes to fewer people than what is made of it. */
export function masked(value: unknown, depth = DEEPEST): unknown {
  if (typeof value === "string") return SECRET_TEXTS.reduce((text, [form, shown]) => text.replace(form, shown), value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  return isObject(value) ? maskedObject(value, depth) : (value as unknown[]).map((item) => masked(item, depth - 1));
}

/** @param isSecret whether the object stands in the place of a secret */
function maskedObject(object: JsonObject, depth: number, isSecret = false): JsonObject {
  // As in an environment: {"name": "DB_PASSWORD", "value": "…"}.
  const isSecretName = ([key, name]: readonly [string, unknown]) =>
    NAME.test(key) && typeof name === "string" && isSecretKey(name);
  const hasSecret = isSecret || Object.entries(object).some(isSecretName);
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const hides = isSecretKey(key) || (hasSecret && VALUE.test(key));
      return [key, hides ? hidden(value, depth - 1) : masked(value, depth - 1)];
    }),
  );
}

function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key) && !NO_SECRET.test(key);
}

/** Whether there is one is no secret, nor are fields of an object that tell by their own names. */
function hidden(value: unknown, depth: number): unknown {
  if (typeof value === "object" && value !== null && depth <= 0) return "…";
  if (Array.isArray(value)) return value.map((item) => hidden(item, depth - 1));
  if (isObject(value)) return maskedObject(value, depth, true);
  if (typeof value === "string" && ID.test(value)) return value;
  return typeof value === "boolean" || value === null || value === "" ? value : MASK;
}

/**
 * JSON of what was asked or answered, at most {@link SHOWN_CHARACTERS} long and still JSON: long texts end in `…`, and of
 * long lists the first items are kept and a text says how many are not.
 *
 * @param value as {@link masked} gives it, so that it isn't deep
 * @returns empty where there is nothing
 */
export function shownJson(value: unknown): string {
  if (value === undefined || value === null) return "";
  for (const limit of LIMITS) {
    const json = plainJson(kept(value, limit, limit.depth));
    if (json.length <= SHOWN_CHARACTERS) return json;
  }
  return JSON.stringify(`… ${JSON.stringify(value).length} characters`);
}

function kept(value: unknown, limit: (typeof LIMITS)[number], depth: number): unknown {
  if (typeof value === "string") return cut(value, limit.text);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  if (Array.isArray(value)) {
    const items = value.slice(0, limit.items).map((item) => kept(item, limit, depth - 1));
    return value.length > items.length ? [...items, `… ${value.length - items.length} more`] : items;
  }
  const entries = Object.entries(value);
  const fields = entries
    .slice(0, limit.items)
    .map(([key, field]): [string, unknown] => [cut(key, limit.text), kept(field, limit, depth - 1)]);
  if (entries.length > fields.length) fields.push(["…", `${entries.length - fields.length} more`]);
  return Object.fromEntries(fields);
}
