import { allowedFor } from "../../config/allowed";
import { environmentName, type Key } from "../../config/key";
import { KEYS } from "../../config/keys";
import { cell, ownText } from "../../config/markdown";

const KEY_COLUMN = 24;
const ENVIRONMENT_COLUMN = 38;

/** The lines of `help`, one a key: name, environment variable, purpose, default. */
export function helpLines(): string {
  return Object.entries<Key>(KEYS)
    .map(([name, key]) => {
      const fallback = (key.defaultInWords ?? withCommas(defaultOf(key))).replaceAll("`", "");
      return `  ${name.padEnd(KEY_COLUMN)}${environmentName(name).padEnd(ENVIRONMENT_COLUMN)}${key.help} [${fallback}]`;
    })
    .join("\n");
}

/**
 * The rows of docs/configuration.md, one a key.
 *
 * @param file that the table is for, from the repository's root: links lead from its folder
 */
export function configurationTable(file: string): string {
  const rows = Object.entries<Key>(KEYS).map(([name, key]) => {
    const fallback = key.defaultInWords ?? `\`${plain(defaultOf(key))}\``;
    const text = key.outsidePrograms === undefined ? key.docs : `${key.docs}. ${key.outsidePrograms}`;
    const docs = file.startsWith("docs/") ? text.replaceAll("](docs/", "](") : text;
    return `| \`${name}\` | ${[fallback, ownText(allowedFor(key)), docs].map(cell).join(" | ")} |`;
  });
  return ["| key | default | allowed | |", "|---|---|---|---|", ...rows].join("\n");
}

/** The schema's default; undefined where it has none. */
export function defaultOf({ schema }: Key): unknown {
  return "default" in schema ? schema.default : undefined;
}

/** As a list is written in the environment. */
function withCommas(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : plain(value);
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
