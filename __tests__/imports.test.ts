// Over 250 lines: every rule about what may import what, side by side.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { REPOSITORY } from "./repository";

/** Every folder with sources; `docs/` has none, `samples/` holds projects of their own. */
const FOLDERS = [
  "__tests__",
  "alerting",
  "assertions",
  "cli",
  "config",
  "constructs",
  "detection",
  "lambda-src",
  "plan-review",
  "tools",
];
const PROGRAMS = ["main.ts", "state-bucket.ts", "terraform-module.ts"];

interface Import {
  readonly file: string;
  /** `/` and the path from the repository's root when it is one of our own files, else the package's. */
  readonly imported: string;
}

function sourceFiles(): readonly string[] {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.[cm]?[jt]s$/.test(path) && !path.includes(".cache"))
      .map((path) => [folder, ...path.split(sep)].join("/")),
  );
  return [...PROGRAMS, ...found];
}

function importsOf(file: string): readonly Import[] {
  const source = readFileSync(join(REPOSITORY, file), "utf8");
  const specifiers = source.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*"([^"]+)"/g);
  return [...specifiers].map(([, specifier]) => ({ file, imported: fromRoot(file, String(specifier)) }));
}

function fromRoot(file: string, specifier: string): string {
  return specifier.startsWith(".") ? posix.join("/", posix.dirname(file), specifier) : specifier;
}

const everyImport = sourceFiles().flatMap(importsOf);
/** What ships and what is run; tests may look into every room. */
const imports = everyImport.filter(({ file }) => !file.startsWith("__tests__/"));
/** The same, and what tests are made with; only a test itself belongs to no order. */
const ordered = everyImport.filter(({ file }) => !file.endsWith(".test.ts"));

/** Imports of files in a folder, as `file → imported`, that are of a kind. */
function offending(folder: RegExp, forbidden: RegExp): readonly string[] {
  return imports
    .filter(({ file, imported }) => folder.test(file) && forbidden.test(imported))
    .map(({ file, imported }) => `${file} → ${imported}`);
}

/** Matches our own files, not packages, in any folder but these. */
function ownBut(...folders: readonly string[]): RegExp {
  return new RegExp(`^/(?!${folders.join("|")})`);
}

test("the imports of every source folder are found", () => {
  expect(imports.length).toBeGreaterThan(1_000);
  expect(imports).toContainEqual({ file: "main.ts", imported: "/constructs/program/trailwarden-app" });
  expect(imports).toContainEqual({
    file: "constructs/recording/trail.ts",
    imported: "@cdktf/provider-aws/lib/cloudtrail",
  });
  expect(new Set(everyImport.map(({ file }) => file.split("/")[0]))).toEqual(new Set([...PROGRAMS, ...FOLDERS]));
});

test("at most 12 folders stand at the root", () => {
  const ignored = new Set(readFileSync(join(REPOSITORY, ".gitignore"), "utf8").split("\n"));
  const folders = readdirSync(REPOSITORY, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() &&
        !entry.name.startsWith(".") &&
        !ignored.has(entry.name) &&
        !ignored.has(`${entry.name}/`),
    )
    .map(({ name }) => name);

  expect(folders.length).toBeLessThanOrEqual(12);
  expect(folders).toEqual(expect.arrayContaining(FOLDERS));
});

describe("folders are in order", () => {
  const edges = new Map<string, Map<string, string>>();
  for (const { file, imported } of ordered) {
    if (!imported.startsWith("/")) continue;
    const [from, to] = [posix.dirname(`/${file}`), posix.dirname(imported)];
    if (from === to) continue;
    edges.set(from, (edges.get(from) ?? new Map()).set(to, `${file} → ${imported}`));
  }

  /** The way back to a folder by imports, as the imports on it. */
  function cycle(start: string): readonly string[] | undefined {
    const seen = new Set<string>();
    const ways: (readonly [string, readonly string[]])[] = [[start, []]];
    for (let way = ways.shift(); way; way = ways.shift()) {
      const [folder, path] = way;
      for (const [next, edge] of edges.get(folder) ?? []) {
        if (next === start) return [...path, edge];
        if (!seen.has(next)) ways.push([next, [...path, edge]]);
        seen.add(next);
      }
    }
    return undefined;
  }

  test("no folder imports another that imports it, directly or by others", () => {
    expect([...edges.keys()].map(cycle).filter((found) => found !== undefined)).toEqual([]);
  });
});

describe("no barrel is imported", () => {
  test("of the provider: it costs seven times the synth's time", () => {
    expect(offending(/^/, /^@cdktf\/provider-aws(?!\/lib\/[a-z0-9-]+$)/)).toEqual([]);
  });

  test("of the SDK: clients by their own packages only", () => {
    expect(offending(/^/, /^(aws-sdk|@aws-sdk\/(?!client-[a-z0-9-]+$))/)).toEqual([]);
  });
});

describe("what may import what", () => {
  test("cdktf is for the programs and constructs/ alone", () => {
    expect(
      offending(
        /^(?!main\.ts$|state-bucket\.ts$|terraform-module\.ts$|constructs\/|tools\/bench\/empty-app\.ts$)/,
        /^(cdktf|constructs|@cdktf)($|\/)/,
      ),
    ).toEqual([]);
  });

  test("the programs know constructs/ and config/ alone", () => {
    expect(offending(/^[a-z-]+\.ts$/, ownBut("config/", "constructs/"))).toEqual([]);
  });

  test("assertions/ knows nothing but itself: it goes with any test runner and any CDKTF", () => {
    expect(offending(/^assertions\//, /^(?!\/assertions\/)/)).toEqual([]);
  });

  test("detection/ knows nothing but itself", () => {
    expect(offending(/^detection\//, ownBut("detection/"))).toEqual([]);
  });

  test("alerting/ knows nothing but itself and detection/", () => {
    expect(offending(/^alerting\//, ownBut("alerting/", "detection/"))).toEqual([]);
  });

  test("detection/ and alerting/ are pure: no SDK client, no process, no file system, no network", () => {
    expect(
      offending(
        /^(detection|alerting)\//,
        /^(@aws-sdk\/|@smithy\/|node:(fs|process|child_process|worker_threads|os|http|http2|https|tls|dns|dgram)($|\/))/,
      ),
    ).toEqual([]);
  });

  test("alerting/outcomes/ decides, and knows nothing of rendering, publishing or counting", () => {
    expect(offending(/^alerting\/outcomes\//, ownBut("alerting/outcomes/", "alerting/windows/", "detection/"))).toEqual(
      [],
    );
  });

  test("replay decides as the function does, shows what channels would, and dispatches nothing", () => {
    expect(
      offending(
        /^cli\/replay\//,
        /^\/alerting\/(?!outcomes\/|windows\/|incidents\/|notification\/|notices\/(alert|alert-json|labels)$|channels\/)/,
      ),
    ).toEqual([]);
  });

  test("lambda-src/ knows nothing but itself, its environment, detection/, alerting/ and its packages", () => {
    expect(
      offending(/^lambda-src\//, ownBut("lambda-src/", "config/function-environment/", "detection/", "alerting/")),
    ).toEqual([]);
  });

  test("config/function-environment/ ships with the function: nothing but itself, detection/, what a channel is and Node's zlib", () => {
    expect(
      offending(
        /^config\/function-environment\//,
        /^(?!\/config\/function-environment\/|\/detection\/|\/alerting\/channels\/configured-channel$|node:zlib$)/,
      ),
    ).toEqual([]);
  });

  test("config/ knows nothing but itself, detection/, what may be said of a channel, and its packages", () => {
    expect(offending(/^config\//, ownBut("config/", "detection/", "alerting/channels/"))).toEqual([]);
  });

  test("constructs/ knows nothing but itself, config/, detection/, what a channel may do, and how the functions are bundled", () => {
    expect(
      offending(
        /^constructs\//,
        ownBut("constructs/", "config/", "detection/", "alerting/channels/", "tools/packaging/bundle"),
      ),
    ).toEqual([]);
  });

  test("plan-review/ knows nothing but itself, how patterns match, what forwarders are made from, regions, CIS's numbers, errors, Markdown, and what environment the function starts with", () => {
    expect(
      offending(
        /^plan-review\//,
        ownBut(
          "plan-review/",
          "detection/pattern/",
          "detection/definition/rule-state$",
          "detection/forwarding/(alternatives|fields|global-sources)$",
          "detection/catalogue/cis-controls$",
          "config/function-environment/(read|read-notifier|variables|notifier-variables)$",
          "config/(user-error|markdown|regions)$",
        ),
      ),
    ).toEqual([]);
  });

  test("no command knows another: what they share stands in cli/command/, cli/log-sources/ and cli/cards/", () => {
    // cards: the demo and the replay's report show what channels send in the same way.
    const shared = ["cards", "command", "log-sources"];
    const roomOf = (path: string) => /^\/?cli\/([a-z-]+)\//.exec(path)?.[1];
    const commands = new Set(imports.map(({ file }) => roomOf(file)).filter((room) => room !== undefined));
    const between = imports
      .filter(({ file, imported }) => {
        const [from, to] = [roomOf(file), roomOf(imported)];
        return from !== undefined && to !== undefined && from !== to && !shared.includes(to);
      })
      .map(({ file, imported }) => `${file} → ${imported}`);

    expect([...commands].sort()).toEqual([
      "cards",
      "command",
      "demo",
      "detections",
      "log-sources",
      "member",
      "module",
      "replay",
      "review",
    ]);
    expect(between).toEqual([]);
  });

  test("cli/cards/ shows what channels send, and knows nothing but itself, alerting/ and detection/", () => {
    expect(offending(/^cli\/cards\//, ownBut("cli/cards/", "alerting/(channels|notification)/", "detection/"))).toEqual(
      [],
    );
  });

  test("cli/ knows no construct and nothing of the function: it starts the programs and the zip as users do", () => {
    expect(offending(/^cli\//, /^\/(constructs|lambda-src|tools|__tests__)\//)).toEqual([]);
  });
});
