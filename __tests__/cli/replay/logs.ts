import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FoundSources } from "../../../cli/log-sources/find-sources";
import { replayLogs } from "../../../cli/replay/evaluate/replay-logs";
import type { Plan, Setup } from "../../../cli/replay/evaluate/setup";
import type { ReplayResult } from "../../../cli/replay/result/replay-result";
import { GIVEN } from "../../../config/custom-detections/fixture-names";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { Detection } from "../../../detection/definition/detection";
import type { Suppression } from "../../../detection/suppressions/suppression";

export const EVERYTHING = { regions: [], accounts: [] };

const { account: _, bucket: __, ...names } = GIVEN;

export function setup(detections: readonly Detection[], suppressions: readonly Suppression[] = []): Setup {
  return {
    detections,
    catalogue: [...new Set([...detections, ...catalogue])],
    suppressions,
    names,
    incidentMinutes: 60,
  };
}

/** A plan that asks these detections, for each of the setups that has them. */
export function plan(...setups: readonly Setup[]): Plan {
  const detections = [...new Set(setups.flatMap((each) => each.detections))];
  const asked = detections.map((detection) => ({
    detection,
    setups: [...setups.keys()].filter((number) => setups[number]?.detections.includes(detection)),
  }));
  return { setups, asked, scope: EVERYTHING, places: {} };
}

/** A log file as CloudTrail writes it. */
export function logFile(records: readonly unknown[]): Buffer {
  return gzipSync(JSON.stringify({ Records: records }));
}

/** Writes files into a new folder below the system's temporary one. */
export function folderOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "trailwarden replay "));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The files of a folder, in the order given. */
export function sourcesIn(folder: string, files: readonly string[]): FoundSources {
  const sources = files.map((name) => {
    const path = join(folder, name);
    return { kind: "file" as const, path, bytes: statSync(path).size };
  });
  return { sources, leftOut: 0, unreadable: [] };
}

/** What the first setup would have told of some files; a list of records becomes a log file. */
export async function told(
  files: Readonly<Record<string, Uint8Array | readonly unknown[]>>,
  asked: Plan,
): Promise<ReplayResult> {
  const contents = Object.entries(files).map(
    ([name, content]) => [name, content instanceof Uint8Array ? content : logFile(content)] as const,
  );
  const folder = folderOf(Object.fromEntries(contents));
  try {
    const found = sourcesIn(folder, Object.keys(files));
    const [result] = await replayLogs(found, asked, { advance: () => {} });
    return result as ReplayResult;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
