import type { Log } from "../log";

const REMOVED = "[secret]";
/** Parts of a secret that are shorter say nothing, and would be found in any text. */
const MIN_PART = 6;

interface ErrorLike extends Error {
  readonly $metadata?: unknown;
  readonly $fault?: unknown;
  readonly syscall?: unknown;
}

/** Removes the secrets of channels from whatever is written: log lines, reasons of dead letters, answers. */
export class Scrubber {
  /** The longest first: a part must not be removed from the middle of the whole. */
  #parts: readonly string[] = [];

  /** @param secret as it is stored: a text, an address with a secret path, or JSON with secrets in it */
  add(secret: string): void {
    const parts = new Set([...this.#parts, ...formsOf(secret)]);
    this.#parts = [...parts].sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    let clean = text;
    for (const part of this.#parts) clean = clean.replaceAll(part, REMOVED);
    return clean;
  }

  /** The same value with every text in it scrubbed, names of fields too. */
  value(value: unknown): unknown {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [this.text(key), this.value(child)]));
  }

  /** What was thrown, as an error whose message, stack and causes are scrubbed: before anything cuts them. */
  error(thrown: unknown, causes = 5): Error {
    if (!(thrown instanceof Error)) return new Error(this.text(textOf(thrown)));
    const { name, message, stack, cause, $metadata, $fault, syscall }: ErrorLike = thrown;
    const clean = new Error(this.text(String(message)), {
      ...(cause !== undefined && causes > 0 && { cause: this.error(cause, causes - 1) }),
    });
    const marks = { ...($metadata !== undefined && { $metadata: {} }), ...(syscall !== undefined && { syscall }) };
    return Object.assign(clean, marks, {
      name: this.text(String(name)),
      stack: this.text(String(stack ?? "")),
      ...($fault !== undefined && { $fault }),
    });
  }

  /** A log whose lines are scrubbed. */
  log(log: Log): Log {
    return {
      processingError: (what, fields) => log.processingError(what, this.value(fields) as Record<string, unknown>),
      info: (what, fields) => log.info(what, this.value(fields) as object),
    };
  }
}

function textOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return "an error that can't be read";
  }
}

/** The secret, what is secret in it, and how either may be written elsewhere. */
function formsOf(secret: string): readonly string[] {
  const whole = secret.trim();
  if (whole === "") return [];
  const parts = [secret, whole, ...leavesOf(whole)].flatMap((part) => [part, ...addressParts(part)]);
  return parts
    .flatMap((part) => [part, part.replace(/\s+/g, " "), JSON.stringify(part).slice(1, -1), ...encoded(part)])
    .filter((part) => part === whole || part.length >= MIN_PART);
}

function encoded(part: string): readonly string[] {
  try {
    return [encodeURIComponent(part), encodeURI(part), Buffer.from(part).toString("base64")];
  } catch {
    // Half a character, which no address can hold.
    return [];
  }
}

/** The texts in a secret that is JSON. */
function leavesOf(text: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const leaves = (inner: unknown): readonly string[] => {
    if (typeof inner === "string") return [inner];
    return typeof inner === "object" && inner !== null ? Object.values(inner).flatMap(leaves) : [];
  };
  return leaves(value);
}

/** Of an address, what stands behind the host: paths of webhooks are secret, and so are their queries. */
function addressParts(text: string): readonly string[] {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return [];
  const { pathname, search, href, username, password } = new URL(text);
  // Without a digit in it, a part of a path is a word such as `services`.
  const segments = pathname.split("/").filter((segment) => /\d/.test(segment));
  const path = pathname.length > 1 ? [pathname, pathname.slice(1), ...segments] : [];
  const query = search.length > 1 ? [search.slice(1), ...new URLSearchParams(search).values()] : [];
  return [href, `${pathname}${search}`, ...path, ...query, username, password];
}
