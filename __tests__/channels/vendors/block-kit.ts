import { isObject } from "../../../detection/events/json";

/**
 * What Slack accepts of blocks, of those kinds that are used: https://docs.slack.dev/reference/block-kit/blocks and the types of
 * @slack/types. Each kind: its fields, what each must be, and which are required (`!`).
 */

type Check = (value: unknown, path: string) => readonly string[];

const says = (right: boolean, path: string, rule: string) => (right ? [] : [`${path} ${rule}`]);

const text =
  (from: number, to: number): Check =>
  (value, path) =>
    says(
      typeof value === "string" && value.length >= from && value.length <= to,
      path,
      `is ${from} to ${to} characters`,
    );
const flag: Check = (value, path) => says(typeof value === "boolean", path, "is true or false");
const https: Check = (value, path) =>
  says(typeof value === "string" && URL.canParse(value) && value.length <= 3_000, path, "is an address");
const list =
  (from: number, to: number, kinds: readonly string[], lookup: Kinds): Check =>
  (value, path) => {
    if (!Array.isArray(value) || value.length < from || value.length > to)
      return [`${path} has ${from} to ${to} items`];
    return value.flatMap((item, place) => ofKind(kinds, lookup)(item, `${path}[${place}]`));
  };

type Kinds = Readonly<Record<string, Readonly<Record<string, Check>>>>;

function ofKind(kinds: readonly string[], lookup: Kinds): Check {
  return (value, path) => {
    if (!isObject(value)) return [`${path} is an object`];
    const { type, ...fields } = value;
    const kind = lookup[String(type)];
    if (!kinds.includes(String(type)) || kind === undefined) return [`${path}.type is one of ${kinds.join(", ")}`];
    const wanted = new Map(Object.entries(kind).map(([name, check]) => [name.replace("!", ""), check]));
    const missing = Object.keys(kind).filter((name) => name.endsWith("!") && !(name.slice(0, -1) in fields));
    return [
      ...missing.map((name) => `${path}.${name.slice(0, -1)} is required`),
      ...Object.entries(fields).flatMap(([name, field]) => {
        const check = wanted.get(name);
        return check === undefined ? [`${path}.${name} is unknown`] : check(field, `${path}.${name}`);
      }),
    ];
  };
}

const STYLES = ["bold", "italic", "strike", "code"];
const style: Check = (value, path) =>
  says(
    isObject(value) && Object.entries(value).every(([name, on]) => STYLES.includes(name) && typeof on === "boolean"),
    path,
    "has known styles",
  );

const plain: Kinds = { plain_text: { "text!": text(1, 3_000), emoji: flag } };
const header: Kinds = { plain_text: { "text!": text(1, 150), emoji: flag } };
const inlines: Kinds = {
  text: { "text!": text(1, 100_000), style },
  link: { "url!": https, text: text(1, 3_000), style },
};
const rich: Kinds = {
  rich_text_section: { "elements!": list(1, 1_000, ["text", "link"], inlines) },
  rich_text_preformatted: { "elements!": list(1, 1_000, ["text", "link"], inlines), border: flag },
};
const blocks: Kinds = {
  header: { "text!": ofKind(["plain_text"], header), block_id: text(1, 255) },
  section: { "text!": ofKind(["plain_text"], plain), block_id: text(1, 255) },
  context: { "elements!": list(1, 10, ["plain_text"], plain), block_id: text(1, 255) },
  rich_text: { "elements!": list(1, 1_000, Object.keys(rich), rich), block_id: text(1, 255) },
  divider: {},
};

/** Characters in all texts of a message's blocks, above which Slack answers `msg_blocks_too_long`. */
const ALL_TEXTS = 13_000;

/** What Slack would have against a message's blocks. */
export function blockViolations(value: unknown): readonly string[] {
  const found = list(1, 50, Object.keys(blocks), blocks)(value, "blocks");
  const characters = textsOf(value).join("").length;
  return characters > ALL_TEXTS ? [...found, `blocks have ${characters} characters`] : found;
}

/** Every text that a message's blocks show. */
export function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, child]) =>
    name === "text" && typeof child === "string" ? [child] : textsOf(child),
  );
}
