// Compares two folders of stacks, CDKTF's and CDK Terrain's: compare-stacks.ts OURS THEIRS
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A place where two documents differ. */
export interface Difference {
  /** `stack/file`, then the path inside it. */
  readonly place: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** Differences that mean nothing to Terraform or to the account. */
export const ALLOWED: readonly {
  readonly place: RegExp;
  readonly when: (difference: Difference) => boolean;
  readonly reason: string;
}[] = [
  {
    place: / (.+\.)?\/\/($|\.)/,
    when: () => true,
    reason: "comments: they name the version of CDKTF or CDK Terrain that wrote them",
  },
  {
    place: / terraform\.required_providers\.aws\.source$/,
    when: ({ ours, theirs }) => ours === "aws" && theirs === "hashicorp/aws",
    reason: "the same provider: Terraform reads a name without a namespace as hashicorp's",
  },
];

/** Every place where two JSON values differ, by its keys joined with a dot. */
export function differences(ours: unknown, theirs: unknown, place: string): readonly Difference[] {
  if (Object.is(ours, theirs)) return [];
  if (!isObject(ours) || !isObject(theirs) || Array.isArray(ours) !== Array.isArray(theirs)) {
    return [{ place, ours, theirs }];
  }
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort();
  return keys.flatMap((key) => differences(ours[key], theirs[key], `${place}${place.endsWith(" ") ? "" : "."}${key}`));
}

/** Why a difference is allowed, or nothing when it is not. */
export function reasonFor(difference: Difference): string | undefined {
  return ALLOWED.find(({ place, when }) => place.test(difference.place) && when(difference))?.reason;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** The folder's files: JSON as what it says, others (the function's zip) as their hash. */
function readStacks(folder: string): ReadonlyMap<string, unknown> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return new Map(
    files.map((name) => {
      const content = readFileSync(join(folder, name));
      const value = name.endsWith(".json")
        ? JSON.parse(content.toString())
        : createHash("sha256").update(content).digest("hex");
      return [name, value];
    }),
  );
}

/** Every place where two folders of stacks differ. */
export function compareFolders(ours: string, theirs: string): readonly Difference[] {
  const [left, right] = [readStacks(ours), readStacks(theirs)];
  const files = [...new Set([...left.keys(), ...right.keys()])].sort();
  if (files.length === 0) throw new Error(`${ours} and ${theirs} hold no stacks`);
  return files.flatMap((file) => differences(left.get(file), right.get(file), `${file} `));
}

function main(ours: string, theirs: string): void {
  const found = compareFolders(ours, theirs);
  for (const reason of new Set(found.map(reasonFor).filter((why) => why !== undefined))) {
    console.log(`allowed: ${reason}`);
    for (const { place, ours: a, theirs: b } of found.filter((difference) => reasonFor(difference) === reason)) {
      console.log(`  ${place}: ${JSON.stringify(a)} → ${JSON.stringify(b)}`);
    }
  }
  const refused = found.filter((difference) => reasonFor(difference) === undefined);
  for (const difference of refused) {
    console.log(`DIFFERENT ${difference.place}`);
    console.log(`  CDKTF       ${JSON.stringify(difference.ours)}`);
    console.log(`  CDK Terrain ${JSON.stringify(difference.theirs)}`);
  }
  if (refused.length === 0) console.log(`the same Terraform JSON, in ${readStacks(ours).size} files`);
  process.exitCode = refused.length === 0 ? 0 : 1;
}

if (require.main === module) main(String(process.argv[2]), String(process.argv[3]));
