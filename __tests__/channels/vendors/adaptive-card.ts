import { isObject, type JsonObject } from "../../../detection/events/json";

/**
 * What Adaptive Cards 1.4 allow, of those elements that are used: https://adaptivecards.io/schemas/1.4.0/adaptive-card.json
 * By type: the values of each field, or the types of what it holds; `!` marks a required one.
 */
const ANY_TEXT = /^/;
const SPACING = /^(default|none|small|medium|large|extraLarge|padding)$/i;

type Field = RegExp | "flag" | { readonly of: readonly string[] };

const TYPES: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  AdaptiveCard: {
    "version!": /^1\.[0-4]$/,
    $schema: /^https?:\/\/adaptivecards\.io\/schemas\/adaptive-card\.json$/,
    body: { of: ["RichTextBlock", "Container"] },
    actions: { of: ["Action.OpenUrl"] },
  },
  Container: {
    "items!": { of: ["RichTextBlock"] },
    style: /^(default|emphasis|good|attention|warning|accent)$/,
    spacing: SPACING,
  },
  RichTextBlock: { "inlines!": { of: ["TextRun"] }, spacing: SPACING, horizontalAlignment: /^(left|center|right)$/ },
  TextRun: {
    "text!": ANY_TEXT,
    color: /^(default|dark|light|accent|good|warning|attention)$/i,
    fontType: /^(default|monospace)$/i,
    isSubtle: "flag",
    size: /^(default|small|medium|large|extraLarge)$/i,
    weight: /^(default|lighter|bolder)$/i,
  },
  "Action.OpenUrl": { "url!": /^https:\/\/[^\s]+$/, title: ANY_TEXT },
};

/** Teams shows no more actions of a card. */
const ACTIONS = 6;

/** What a renderer of Adaptive Cards 1.4 would have against the element. */
export function cardViolations(value: unknown, types: readonly string[] = ["AdaptiveCard"], path = "card"): string[] {
  if (!isObject(value)) return [`${path} is an object`];
  const type = String(value.type);
  const fields = TYPES[type];
  if (fields === undefined || !types.includes(type)) return [`${path}.type ${type} is one of ${types.join(", ")}`];
  const names = new Map(Object.entries(fields).map(([name, field]) => [name.replace("!", ""), field]));
  const missing = Object.keys(fields).filter((name) => name.endsWith("!") && value[name.slice(0, -1)] === undefined);
  return [
    ...missing.map((name) => `${path}.${name.slice(0, -1)} is required`),
    ...Object.entries(value).flatMap(([name, child]) => {
      // Teams' own: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
      if (name === "type" || (name === "msteams" && path === "card")) return [];
      return fieldViolations(names.get(name), child, `${path}.${name}`);
    }),
    ...(Array.isArray(value.actions) && value.actions.length > ACTIONS
      ? [`${path} has more than ${ACTIONS} actions`]
      : []),
  ];
}

function fieldViolations(field: Field | undefined, value: unknown, path: string): string[] {
  if (field === undefined) return [`${path} is unknown`];
  if (field === "flag") return typeof value === "boolean" ? [] : [`${path} is true or false`];
  if (field instanceof RegExp) return typeof value === "string" && field.test(value) ? [] : [`${path} is wrong`];
  if (!Array.isArray(value)) return [`${path} is a list`];
  return value.flatMap((item, place) => cardViolations(item, field.of, `${path}[${place}]`));
}

/** Every text run of a card. */
export function textRuns(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(textRuns);
  if (!isObject(value)) return [];
  return value.type === "TextRun" ? [value] : Object.values(value).flatMap(textRuns);
}
