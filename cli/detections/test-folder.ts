import { join } from "node:path";
import { matchesRecord, readFixture, strayFixtures } from "../../config/custom-detections/fixtures";
import { mismatches } from "../../config/custom-detections/mismatch";
import { readOwnDetections } from "../../config/custom-detections/own-detections";
import { patternProblems } from "../../config/custom-detections/pattern/pattern-problems";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import { oneLine } from "../../detection/events/text";

/** Characters of a reason, which quotes what the event has. */
const REASON = 500;

/** The result of testing a folder of detections: lines to print, and the number of problems. */
export interface FolderReport {
  readonly lines: readonly string[];
  readonly cases: number;
  readonly failures: number;
}

/** Checks the detections of a folder and tests each against its cases, `<folder>/fixtures/<id>.json`. */
export function testFolder(folder: string): FolderReport {
  const { detections, problems } = readOwnDetections(
    folder,
    catalogue.map(({ id }) => id),
  );
  const fixtures = join(folder, "fixtures");
  const faulty = [
    ...problems,
    // A faulty detection's fixtures would be reported twice.
    ...(problems.length > 0
      ? []
      : strayFixtures(fixtures, detections).map((file) => `${file} belongs to no detection`)),
  ];
  const tested = detections.map((detection) => testDetection(detection, fixtures));
  return {
    lines: [...faulty.map((problem) => `✗ ${problem}`), ...tested.flatMap(({ lines }) => lines)],
    cases: tested.reduce((sum, { cases }) => sum + cases, 0),
    failures: faulty.length + tested.reduce((sum, { failures }) => sum + failures, 0),
  };
}

function testDetection(detection: Detection, folder: string): FolderReport {
  const fixture = readFixture(folder, detection.id);
  if ("problems" in fixture) {
    const { problems } = fixture;
    return {
      lines: [detection.id, ...problems.map((problem) => `  ✗ ${problem}`)],
      cases: 0,
      failures: problems.length,
    };
  }
  const results = fixture.cases.map(({ name, matches, record }) => {
    const wanted = matches ? "matches" : "leaves out";
    const right = matchesRecord(detection, record) === matches;
    if (right) return { right, lines: [`  ✓ ${wanted}: ${name}`] };
    return matches
      ? {
          right,
          lines: [
            `  ✗ ${wanted}: ${name}: it does not match`,
            ...mismatches(detection, record).map((line) => `      ${oneLine(line, REASON)}`),
          ],
        }
      : { right, lines: [`  ✗ ${wanted}: ${name}: it matches`] };
  });
  const warnings = patternProblems(detection.pattern).map(({ message }) => `  warning: its pattern ${message}`);
  return {
    lines: [detection.id, ...warnings, ...results.flatMap(({ lines }) => lines)],
    cases: results.length,
    failures: results.filter(({ right }) => !right).length,
  };
}
