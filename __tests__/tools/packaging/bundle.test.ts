import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { build, type Metafile } from "esbuild";
import { CLIENT_NAMES, measureBundle } from "../../../tools/bench/bundle";
import { MAX_BUNDLE } from "../../../tools/bench/figures";
import { BUNDLE_OPTIONS } from "../../../tools/packaging/bundle";

const ROOT = join(__dirname, "..", "..", "..");

/** Names of clients and commands that the sources of the function's first file import from the SDK. */
function imported(): readonly string[] {
  const folder = join(ROOT, "lambda-src");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !/(sqs-sender|account-alias)\.ts$/.test(file),
  );
  return sources
    .flatMap((file) => [
      ...readFileSync(join(folder, file), "utf8").matchAll(/import \{([^}]+)\} from "@aws-sdk\/client-/g),
    ])
    .flatMap(([, names = ""]) => names.match(/\w+(?:Client|Command)\b/g) ?? []);
}

describe("the function's bundle", () => {
  /** What is in it, without what was left out. */
  let inputs: Metafile["inputs"];

  beforeAll(async () => {
    const options = { ...BUNDLE_OPTIONS, absWorkingDir: ROOT, entryPoints: ["lambda-src/alert/handler.ts"] };
    const { metafile } = await build({ ...options, metafile: true });
    const [output] = Object.values(metafile.outputs);
    inputs = Object.fromEntries(
      Object.entries(metafile.inputs).filter(([path]) => output?.inputs[path]?.bytesInOutput),
    );
  });

  test("is measured against the clients and commands that it uses", () => {
    expect([...CLIENT_NAMES].sort()).toEqual([...new Set(imported())].sort());
  });

  test(`has at most ${MAX_BUNDLE} times their bytes`, () => {
    const { functionBytes, clientsBytes } = measureBundle(ROOT);

    expect(functionBytes / clientsBytes).toBeLessThanOrEqual(MAX_BUNDLE);
  });

  test("loads nothing later that would make esbuild wrap what it shares with the rest", () => {
    const later = Object.values(inputs)
      .flatMap(({ imports }) => imports)
      .filter(({ kind, external }) => kind === "dynamic-import" && !external)
      .map(({ path }) => path);

    expect([...new Set(later)]).toEqual(["lambda-src/adapters/no-event-streams.ts"]);
    expect(inputs["lambda-src/adapters/no-event-streams.ts"]?.imports).toEqual([]);
  });
});
