import { isObject, type JsonObject } from "../../detection/events/json";
import type { Tone } from "./look";

/** The objects of a list in a payload; nothing where there is no list. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(shownText) : [];
}

/** A value as people see it: a list's items below each other. */
export function shownText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(shownText).join("\n");
  return value === undefined || value === null ? "" : JSON.stringify(value);
}

export function rowsOf(value: unknown): readonly { readonly name: string; readonly value: string }[] {
  return Object.entries(objectOf(value)).map(([name, child]) => ({ name, value: shownText(child) }));
}

const TONES: readonly Tone[] = ["critical", "high", "medium", "low"];

export function toneOf(value: unknown): Tone {
  const name = String(value).toLowerCase();
  return TONES.find((tone) => tone === name) ?? "plain";
}
