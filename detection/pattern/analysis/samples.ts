import type { Condition, NumberRange } from "../condition";
import type { Scalar } from "../pattern";
import { parseWildcard, type WildcardParts } from "../wildcard";

/** In no pattern that means it. */
const ANY_TEXT = "something-else";

/** A few values on either side of what a condition tells apart. */
export function samples(condition: Condition): readonly Scalar[] {
  switch (condition.kind) {
    case "equals":
      return [condition.value, ANY_TEXT];
    case "address":
      return [condition.text.split("/")[0] ?? "", ANY_TEXT];
    case "prefix":
    case "suffix":
    case "equals-ignore-case":
      return [...ofText(condition.kind, condition.text), ANY_TEXT];
    case "wildcard":
      return [...ofText("wildcard", condition.text), ANY_TEXT];
    case "numeric":
      return [...ofRange(condition.range), ANY_TEXT];
    case "exists":
      return [ANY_TEXT, "", 0, true];
    case "absent":
      return [ANY_TEXT];
    case "anything-but":
      return [
        ANY_TEXT,
        ...("by" in condition ? condition.texts.flatMap((t) => ofText(condition.by, t)) : condition.values),
        0,
      ];
  }
}

function ofText(kind: "prefix" | "suffix" | "equals-ignore-case" | "wildcard", text: string): readonly string[] {
  switch (kind) {
    case "prefix":
      // A quotation mark at its end also stands for the text's own end: `value-test.ts`.
      return [text, `${text}${ANY_TEXT}`, ...(text.endsWith('"') ? [text.slice(0, -1)] : [])];
    case "suffix":
      return [text, `${ANY_TEXT}${text}`, ...(text.startsWith('"') ? [text.slice(1)] : [])];
    case "equals-ignore-case":
      return [text, text.toUpperCase(), text.toLowerCase()];
    case "wildcard": {
      const parts = parseWildcard(text) as WildcardParts;
      return [parts.join(""), parts.join(ANY_TEXT)];
    }
  }
}

function ofRange({ bottom, top }: NumberRange): readonly number[] {
  const ends = [bottom, top].filter((end) => end !== undefined);
  const middle = bottom !== undefined && top !== undefined ? [(bottom + top) / 2] : [];
  return [...middle, ...ends.flatMap((end) => [end, end - 1, end + 1])];
}
