import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { build, type Metafile } from "esbuild";
import { CLIENT_NAMES, measureBundle } from "../../../tools/bench/bundle";
import { MAX_BUNDLE } from "../../../tools/bench/figures";
import { BUNDLE_OPTIONS, bundleFunction, ENTRY_POINTS, NOTIFIER_ENTRY_POINTS } from "../../../tools/packaging/bundle";
import { sourcesOf } from "../../lambda-src/sources-of";

const ROOT = join(__dirname, "..", "..", "..");

/** Names of clients and commands that the sources of the function's first file import from the SDK. */
function imported(): readonly string[] {
  return sourcesOf([ENTRY_POINTS["index.js"]])
    .flatMap((file) => [
      ...readFileSync(join(ROOT, file), "utf8").matchAll(/import \{([^}]+)\} from "@aws-sdk\/client-/g),
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

describe("the notifier's bundle", () => {
  test("has less than a megabyte", async () => {
    const files = Object.values(await bundleFunction(ROOT, NOTIFIER_ENTRY_POINTS));
    const bytes = files.reduce((sum, { byteLength }) => sum + byteLength, 0);

    expect(bytes).toBeLessThan(1_000_000);
  });

  test("shares no entry point with the alert function, whose files know nothing of channels or delivery", () => {
    const alert = sourcesOf(Object.values(ENTRY_POINTS));

    expect(Object.values(NOTIFIER_ENTRY_POINTS).filter((file) => alert.includes(file))).toEqual([]);
    expect(alert).toContain("lambda-src/adapters/dynamodb-alert-state.ts");
    expect(alert.filter((file) => /^(alerting\/(channels|delivery)|lambda-src\/notifier)\//.test(file))).toEqual([]);
  });

  test("reads later only what is a file of its own", () => {
    const handler = readFileSync(join(ROOT, NOTIFIER_ENTRY_POINTS["index.js"]), "utf8");
    const required = [...handler.matchAll(/require\("\.\/([^"]+)"\)/g)].map(([, file]) => file);

    expect([...new Set(required), "index.js"].sort()).toEqual(Object.keys(NOTIFIER_ENTRY_POINTS).sort());
  });
});
