import type { Detection } from "../../detection/definition/detection";
import { isObject, textAt } from "../../detection/events/json";
import type { FolderOfDetections } from "../parse";
import { plainData } from "../plain-data";
import { quote } from "../problem";
import { checkOwn } from "./check-detection";
import { type Offered, readFolder } from "./read-folder";

/** A user's own detections: those that work, and what is wrong with the others. */
export interface OwnDetections extends FolderOfDetections {
  readonly detections: readonly Detection[];
}

/**
 * Reads and checks the detections of a folder.
 *
 * @param shippedIds ids that are taken
 */
export function readOwnDetections(folder: string, shippedIds: readonly string[]): OwnDetections {
  const offered = readFolder(folder);
  const checked = checkOffered(offered, shippedIds);
  if (offered.length > 0) return checked;
  return { ...checked, problems: [`${folder}: it has no detections: put a .json, .ts or .js file there`] };
}

/**
 * Checks the detections of a list in a program.
 *
 * @param name of the list, for the problems
 * @param shippedIds ids that are taken
 */
export function checkListed(list: readonly unknown[], name: string, shippedIds: readonly string[]): OwnDetections {
  return checkOffered(
    list.map((value, index) => ({ file: `${name}[${index}]`, ...plainData(value) })),
    shippedIds,
  );
}

function checkOffered(offered: readonly Offered[], shippedIds: readonly string[]): OwnDetections {
  const ids: string[] = [];
  const detections: Detection[] = [];
  const problems: string[] = [];
  const owners = new Map<string, string>();
  const report = (file: string, id: string | undefined, lines: readonly string[]) => {
    for (const line of lines) problems.push(`${file}${id === undefined ? "" : ` (${quote(id)})`}: ${line}`);
  };
  for (const each of offered) {
    const { file } = each;
    if ("problems" in each) {
      report(file, undefined, each.problems);
      continue;
    }
    // Where a module exports several, the file alone does not say which one is meant.
    const id = idOf(each.value);
    const shown = severalIn(offered, file) ? id : undefined;
    const taken = id === undefined ? [] : idProblems(id, shippedIds, owners.get(id));
    report(file, shown, taken);
    if (id !== undefined) {
      ids.push(id);
      owners.set(id, file);
    }
    const checked = checkOwn(each.value);
    if ("problems" in checked) report(file, shown, checked.problems);
    // Of two with one id, the rules would report a second conflict.
    else if (taken.length === 0) detections.push(checked.detection);
  }
  // Not in the order of exports, which depends on what evaluates a module: the zip's bytes must not.
  return { ids, detections: detections.sort((a, b) => (a.id < b.id ? -1 : 1)), problems };
}

function idProblems(id: string, shippedIds: readonly string[], owner: string | undefined): readonly string[] {
  if (shippedIds.includes(id)) {
    return [
      `id is ${quote(id)}: a detection of that id ships already; choose another id; to replace the shipped one, add it to disabledDetections`,
    ];
  }
  return owner === undefined ? [] : [`id is ${quote(id)}: ${owner} has that id already; take another`];
}

function idOf(value: unknown): string | undefined {
  return isObject(value) ? textAt(value, "id") : undefined;
}

function severalIn(offered: readonly Offered[], file: string): boolean {
  return offered.filter((other) => other.file === file).length > 1;
}
