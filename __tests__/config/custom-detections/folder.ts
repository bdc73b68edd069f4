import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What a user has to write at least. */
export const LEAST = {
  id: "bastion-stopped",
  title: "Bastion host stopped",
  severity: "high",
  pattern: { source: ["aws.ec2"], detail: { eventName: ["StopInstances"] } },
} as const;

/** An event that it matches, and one that it does not. */
export const CASES = {
  cases: [
    { name: "stopped", matches: true, record: { eventSource: "ec2.amazonaws.com", eventName: "StopInstances" } },
    { name: "started", matches: false, record: { eventSource: "ec2.amazonaws.com", eventName: "StartInstances" } },
  ],
} as const;

/** Writes files (text, or anything else as JSON) into a folder that is gone once `use` has ended, its promise included. */
export function withFolder<T>(files: Readonly<Record<string, unknown>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden-own-"));
  const remove = () => rmSync(folder, { recursive: true });
  let result: T;
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    }
    result = use(folder);
  } catch (error) {
    remove();
    throw error;
  }
  if (result instanceof Promise) return result.finally(remove) as T;
  remove();
  return result;
}
