import type { Key } from "../../config/key";
import { KEYS } from "../../config/keys";
import { type Rule, ruleOf } from "../../config/rule";
import { STACK_KEYS } from "../../config/stack-keys";
import { defaultOf } from "./configuration-page";

/** The file of the types of the construct's properties, from the repository's root. */
export const CONSTRUCT_PROPERTIES = "constructs/deployable/trailwarden-props.ts";

const MAX_COLUMNS = 120;

/** Types of keys whose rule doesn't say it, or not so that it helps an editor. */
const TYPES: Readonly<Partial<Record<keyof typeof KEYS, string>>> = {
  region: "string",
  regions: '"home" | "default" | readonly string[]',
  organization: "OrganizationProps",
  subscribers: "readonly SubscriberProps[]",
  channels: "readonly ChannelProps[]",
  resources: "ResourceProps",
  suppressions: "readonly SuppressionProps[]",
  stateRegion: "string",
};

const HEAD = `import type {
  ChannelProps,
  CustomDetection,
  OrganizationProps,
  ResourceProps,
  SubscriberProps,
  SuppressionProps,
} from "./nested-props";

// Generated from config/keys.ts: change a key there, and run \`npm run docs\`.

/** The keys of the configuration (\`docs/configuration.md\`), and what only a program can give. */
export interface TrailwardenProps {`;

const CUSTOM_DETECTIONS = `  /**
   * Custom detections, checked as those of a folder are; see \`docs/custom-detections.md\`.
   *
   * @default - none
   */
  readonly customDetections?: readonly CustomDetection[];
}`;

const STACK_HEAD = `
/** Those of {@link TrailwardenProps}, and what the stack's provider and backend need. */
export interface TrailwardenStackProps extends TrailwardenProps {`;

/**
 * The source of the types of the construct's properties: one a key, optional, with its purpose and default. Written out, so
 * that editors show both and the package's declarations don't need the library of the schemas.
 *
 * @throws Error for a key whose type neither its rule nor {@link TYPES} says
 */
export function constructProperties(): string {
  const all = Object.entries<Key>(KEYS);
  const ofStack = (name: string) => STACK_KEYS.some((key) => key === name);
  const properties = (entries: typeof all) => entries.map(([name, key]) => property(name, key));
  return [
    HEAD,
    ...properties(all.filter(([name]) => !ofStack(name))),
    CUSTOM_DETECTIONS,
    STACK_HEAD,
    ...properties(all.filter(([name]) => ofStack(name))),
    "}\n",
  ].join("\n");
}

function property(name: string, key: Key): string {
  const text = [key.docs, key.inPrograms].filter((part) => part !== undefined).join(". ");
  const fallback = key.defaultInWords === undefined ? JSON.stringify(defaultOf(key)) : `- ${key.defaultInWords}`;
  const lines = ["/**", ...wrapped(`${withoutLinks(text)}.`), " *", ` * @default ${fallback}`, " */"];
  const comment = lines.map((line) => `  ${line}\n`).join("");
  return `${comment}  readonly ${name}?: ${TYPES[name as keyof typeof KEYS] ?? typeOf(name, ruleOf(key.schema))};`;
}

/** A relative link leads nowhere from a docstring: the page is named instead. */
function withoutLinks(markdown: string): string {
  return markdown
    .replace(/\(\[[^\]]*\]\(([^)#]*)[^)]*\)\)/g, "(`$1`)")
    .replace(/\[([^\]]*)\]\(([^)#]*)[^)]*\)/g, "$1 (`$2`)");
}

/** As lines of a docstring. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let line = " *";
  for (const word of text.split(" ")) {
    if (line.length + word.length + 3 > MAX_COLUMNS) {
      lines.push(line);
      line = " *";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

function typeOf(name: string, rule: Rule | undefined): string {
  switch (rule?.kind) {
    case "text":
      return "string";
    case "wholeNumber":
      return "number";
    case "choice":
      // Programs compute numbers; the schema checks which are allowed.
      return typeof rule.values[0] === "number"
        ? "number"
        : rule.values.map((value) => JSON.stringify(value)).join(" | ");
    case "list": {
      const item = typeOf(name, rule.of);
      return `readonly ${item.includes(" | ") ? `(${item})` : item}[]`;
    }
    case "map":
      return `Readonly<Record<string, ${typeOf(name, rule.values)}>>`;
    default:
      throw new Error(`the type of ${name}: its rule doesn't say it; add it to TYPES`);
  }
}
