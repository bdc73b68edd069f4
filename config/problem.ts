import type * as v from "valibot";

/** The steps from the top of what was given to what is wrong with it. */
export type ProblemPath = readonly (string | number)[];

export function pathOf({ path }: v.BaseIssue<unknown>): ProblemPath {
  return path?.map(({ key }) => key as string | number) ?? [];
}

/** Path and value of what is wrong: `subscribers[0].protocol is "fax"`. */
export function describeValue(path: ProblemPath, input: unknown): string {
  const name = path
    .map((part, i) =>
      typeof part === "number" ? `[${part}]` : `${i > 0 ? "." : ""}${oneLine(keyShown(path[0], String(part)))}`,
    )
    .join("");
  const value = path.reduce<unknown>(
    (parent, part) => (parent as Record<string | number, unknown> | undefined)?.[part],
    input,
  );
  const shown = shownOf(path[0], value);
  return `${name || "it"} ${shown === undefined ? "is missing" : `is ${quote(shown)}`}`;
}

function shownOf(key: ProblemPath[number] | undefined, value: unknown): unknown {
  if (key === "channels") return textsMapped(value, beginning);
  return key === "subscribers" ? textsMapped(value, withoutPath) : value;
}

/** Path and query of a webhook's address, and its password, are its secret: scheme and host are left. */
export function withoutPath(address: string): string {
  const [, scheme, password = "", host = "", rest = ""] =
    /^(\s*[a-z][a-z\d+.-]*:\/\/)([^/?#]*@)?([^/?#]*)(.*)$/is.exec(address) ?? [];
  if (scheme === undefined) return address;
  return `${scheme}${password && "…@"}${host}${rest.length > 1 ? "/…" : rest}`;
}

/** Texts that are longer than this may be a channel's secret, whatever key they were written under. */
const TOO_SHORT_FOR_A_SECRET = 12;

/** A secret may have been written in the place of a key. */
function keyShown(top: ProblemPath[number] | undefined, key: string): string {
  return top !== "channels" || /^[A-Za-z]{1,24}$/.test(key) ? key : beginning(key);
}

/** Leaves of texts that may be secrets no more than their beginning. */
export function beginning(text: string): string {
  return text.length > TOO_SHORT_FOR_A_SECRET ? `${text.slice(0, 4)}…` : text;
}

function textsMapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((child) => textsMapped(child, change));
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, textsMapped(child, change)]));
}

/** A value as JSON, on one line of bounded length. */
export function quote(value: unknown): string {
  if (typeof value === "number") return shorten(String(value));
  try {
    return shorten(JSON.stringify(value));
  } catch {
    return "nested too deeply to show";
  }
}

/** A key may hold anything, and must not break a problem into two lines. */
function oneLine(text: string): string {
  return shorten(JSON.stringify(text).slice(1, -1));
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
