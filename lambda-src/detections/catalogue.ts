import { readdirSync } from "node:fs";
import { join, parse } from "node:path";
import { type Detection, SEVERITIES } from "./detection";

/**
 * Every shipped detection, most severe first: one file of this folder each, named by its id. Other files here export none.
 */
export const catalogue: readonly Detection[] = readdirSync(__dirname)
  .filter((file) => /^[a-z0-9-]+\.[jt]s$/.test(file) && file !== `catalogue${parse(__filename).ext}`)
  .flatMap((file) => {
    const { name } = parse(file);
    const exported = Object.values(require(join(__dirname, file)) as Record<string, unknown>);
    return exported.filter((value): value is Detection => isDetection(value) && value.id === name);
  })
  .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));

function isDetection(value: unknown): value is Detection {
  return typeof value === "object" && value !== null && "id" in value && "pattern" in value;
}

function rank({ severity }: Detection): number {
  return SEVERITIES.indexOf(severity);
}
