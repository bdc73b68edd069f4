import { readFileSync } from "node:fs";
import { nearest } from "../../config/nearest";
import { ACCOUNT_ID } from "../../detection/events/account-id";
import type { AccountPlace } from "../../detection/events/account-scope";
import { isObject, type JsonObject, kindOf, parseJson } from "../../detection/events/json";
import { oneLine } from "../../detection/events/text";
import { CommandError } from "../command/command-error";
import { UsageError } from "../command/usage-error";
import { USAGE } from "./options";

/** What is known of accounts, by id. */
export type GivenAccounts = Readonly<Record<string, AccountPlace & { readonly name?: string }>>;

/** Characters of a name in an error. */
const SHOWN = 60;

const ALLOWED =
  'a JSON object from account ids to names ({"111122223333": "prod"}) or to objects with name, organizationalUnits and tags, or the output of "aws organizations list-accounts"';

/**
 * Reads a file of accounts.
 *
 * @throws CommandError when it can't be read, or is not what is allowed
 */
export function readAccounts(file: string): GivenAccounts {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError(`--accounts ${file} can't be read: ${(error as Error).message}`);
  }
  const parsed = parseJson(text.replace(/^\ufeff/, ""));
  if ("problem" in parsed) throw new CommandError(`--accounts ${file} is not JSON: ${parsed.problem}`);
  const { value } = parsed;
  if (!isObject(value)) throw new CommandError(`--accounts ${file} is ${kindOf(value)}: must be ${ALLOWED}`);
  const listed = Array.isArray(value.Accounts) ? value.Accounts.map(listedAccount) : Object.entries(value);
  return Object.fromEntries(
    listed.map(([id, given]) => {
      const account = typeof given === "string" ? { name: given } : given;
      if (!ACCOUNT_ID.test(id) || !isObject(account) || !isAccount(account)) {
        throw new CommandError(`--accounts ${file} has ${JSON.stringify(oneLine(id, SHOWN))}: must be ${ALLOWED}`);
      }
      const { name, organizationalUnits, tags } = account as GivenAccounts[string];
      return [
        id,
        {
          ...(name !== undefined && { name }),
          ...(organizationalUnits && { organizationalUnits }),
          ...(tags && { tags }),
        },
      ];
    }),
  );
}

/** As Organizations lists it. */
function listedAccount(account: unknown): readonly [id: string, name: unknown] {
  return isObject(account) ? [String(account.Id), account.Name ?? {}] : ["", account];
}

function isAccount({ name, organizationalUnits, tags }: JsonObject): boolean {
  const isText = (value: unknown) => typeof value === "string";
  return (
    (name === undefined || isText(name)) &&
    (organizationalUnits === undefined || (Array.isArray(organizationalUnits) && organizationalUnits.every(isText))) &&
    (tags === undefined || (isObject(tags) && Object.values(tags).every(isText)))
  );
}

/**
 * The ids of what `--account` names. A name stands for every account that is called so.
 *
 * @param given ids and names
 * @param known ids and names of accounts, of all sources
 * @throws UsageError for a name that no account has, with the nearest ones
 */
export function accountIds(
  given: readonly string[],
  known: readonly (readonly [id: string, name: string])[],
): readonly string[] {
  const ids = given.flatMap((text) => {
    if (ACCOUNT_ID.test(text)) return [text];
    const exact = known.filter(([, name]) => name === text);
    const same = exact.length > 0 ? exact : known.filter(([, name]) => name.toLowerCase() === text.toLowerCase());
    if (same.length > 0) return same.map(([id]) => id);
    throw new UsageError(USAGE, `--account is ${JSON.stringify(oneLine(text, SHOWN))}: ${helpFor(text, known)}`);
  });
  return [...new Set(ids)];
}

function helpFor(text: string, known: readonly (readonly [id: string, name: string])[]): string {
  if (known.length === 0) {
    return "must be an account's 12 digits, or a name that accountNames of the configuration or --accounts FILE has";
  }
  const close = nearest(
    text,
    known.map(([, name]) => name),
  );
  const named = close.map((name) => `${oneLine(name, SHOWN)} (${known.find(([, other]) => other === name)?.[0]})`);
  return `no account has this name; did you mean ${named.join(", ")}?`;
}
