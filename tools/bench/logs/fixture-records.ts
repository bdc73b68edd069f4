import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { matchedDetections } from "../../../detection/matching/matched-detections";
import { DEFAULT_PACK } from "./default-pack";
import { enabled } from "./enable";

export type SampleRecord = Readonly<Record<string, unknown>>;

const FOLDER = join(__dirname, "..", "..", "..", "__tests__", "fixtures", "detections");

export interface FixtureRecords {
  /** Which a detection of the default pack matches. */
  readonly matches: readonly SampleRecord[];
  /** Which come close to one, and none matches. */
  readonly nearMisses: readonly SampleRecord[];
}

let found: FixtureRecords | undefined;

/** The records that the detections are tested with, told apart by the engine: what one must not match, another may. */
export function fixtureRecords(): FixtureRecords {
  found ??= readFixtures();
  return found;
}

function readFixtures(): FixtureRecords {
  const detections = enabled(DEFAULT_PACK);
  const matches: SampleRecord[] = [];
  const nearMisses: SampleRecord[] = [];
  for (const file of readdirSync(FOLDER).sort()) {
    const { cases } = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as {
      readonly cases: readonly { readonly record: SampleRecord }[];
    };
    for (const { record } of cases) {
      const matched = matchedDetections(detections, wrapRecord(parseRecord(record)));
      (matched.length > 0 ? matches : nearMisses).push(record);
    }
  }
  return { matches, nearMisses };
}
