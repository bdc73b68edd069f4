import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "@jest/globals";

const FOLDER = join(__dirname, "golden");

/**
 * Compares what a channel makes with its golden file, `golden/<type>/<name>.json`. After a change that is meant, look at the
 * difference that `UPDATE_GOLDEN=1 npx jest __tests__/alerting/channels` makes.
 */
export function expectGolden(type: string, name: string, value: unknown): void {
  const file = join(FOLDER, type, `${name}.json`);
  const made = `${readable(JSON.parse(JSON.stringify(value)), "")}\n`;
  if (process.env.UPDATE_GOLDEN === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, made);
  }
  expect({ name, there: existsSync(file) }).toEqual({ name, there: true });
  expect(made).toBe(readFileSync(file, "utf8"));
}

const WIDTH = 140;

/** JSON whose objects and lists stand on one line where there is room. */
function readable(value: unknown, indent: string): string {
  const line = JSON.stringify(value);
  if (typeof value !== "object" || value === null || indent.length + line.length <= WIDTH) return line;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const items = Array.isArray(value)
    ? value.map((item) => readable(item, inner))
    : Object.entries(value).map(([name, child]) => `${JSON.stringify(name)}: ${readable(child, inner)}`);
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
}
