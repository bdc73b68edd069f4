import { type BuildOptions, build, buildSync, type OutputFile } from "esbuild";

/** How the function is bundled; `docs/decisions/0010-bundle.md` has the reasons. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  write: false,
  platform: "node",
  // Lambda runs it on Node 24; demo and tests run the same zip on the oldest Node that we support.
  target: "node20",
  format: "cjs",
  // ES modules first: what nobody imports from them is left out.
  mainFields: ["module", "main"],
  alias: {
    "@aws-sdk/credential-provider-node": "./lambda-src/adapters/environment-credentials.ts",
    "@smithy/core/event-streams": "./lambda-src/adapters/no-event-streams.ts",
  },
  // Bundled for themselves, see below.
  external: [
    "./account-alias.js",
    "./alerting.js",
    "./log-file-scanner.js",
    "./organization.js",
    "./reach.js",
    "./scheduled-tasks.js",
    "./sqs-sender.js",
    // The notifier's.
    "./aws-channels.js",
    "./secret-sources.js",
  ],
  minify: true,
  legalComments: "none",
  tsconfigRaw: {},
  logLevel: "silent",
} as const satisfies BuildOptions;

/**
 * What each file is made of. The sender of dead letters stands alone, with its own copy of the SDK's core: hardly any
 * invocation loads it, and in the same file it would cost every cold start its reading. So does the scanner of log files,
 * which the first file, and every event, goes without; what decides on matches and alerts, with the words of alerts and their
 * incidents, which only those need whose events match; what asks IAM for the account's alias, and Organizations for the accounts,
 * once a day; what watches other regions and accounts, where there are any; and what makes summaries and digests.
 */
export const ENTRY_POINTS = {
  "index.js": "lambda-src/alert/handler.ts",
  "account-alias.js": "lambda-src/adapters/account-alias.ts",
  "alerting.js": "lambda-src/alert/when-matched.ts",
  "log-file-scanner.js": "detection/log-files/scan/log-file-scanner.ts",
  "organization.js": "lambda-src/alert/renew-organization.ts",
  "reach.js": "lambda-src/alert/reach.ts",
  "scheduled-tasks.js": "alerting/jobs/scheduled-tasks.ts",
  "sqs-sender.js": "lambda-src/adapters/sqs-sender.ts",
} as const;

/**
 * What each file of the notifier is made of. The clients of services that are channels themselves, and those of secrets, which are kept,
 * stand alone with their own copies of the SDK's core: most invocations read neither.
 */
export const NOTIFIER_ENTRY_POINTS = {
  "index.js": "lambda-src/notifier/handler.ts",
  "aws-channels.js": "lambda-src/adapters/aws-channels.ts",
  "secret-sources.js": "lambda-src/adapters/secret-sources.ts",
} as const;

type EntryPoints = Readonly<Record<string, string>>;

/**
 * Bundles the function. esbuild works in a process of its own: what is done before this is awaited costs no more time.
 *
 * @param sourceRoot folder that holds `lambda-src` and what it imports
 * @param files which function: the alert function, or `NOTIFIER_ENTRY_POINTS`
 * @returns the files of the function's code, by their names in the zip
 * @throws BuildFailure of esbuild when the sources don't compile
 */
export async function bundleFunction(
  sourceRoot: string,
  files: EntryPoints = ENTRY_POINTS,
): Promise<Readonly<Record<string, Uint8Array>>> {
  const bundles = Object.entries(files).map(async ([name, entryPoint]): Promise<[string, Uint8Array]> => {
    const { outputFiles } = await build(optionsFor(entryPoint, sourceRoot));
    return [name, onlyFile(outputFiles, entryPoint)];
  });
  return Object.fromEntries(await Promise.all(bundles));
}

/** The same files, where the bundler can't be waited for: a construct's constructor is synchronous. */
export function bundleFunctionSync(
  sourceRoot: string,
  files: EntryPoints = ENTRY_POINTS,
): Readonly<Record<string, Uint8Array>> {
  const bundles = Object.entries(files).map(([name, entryPoint]): [string, Uint8Array] => {
    const { outputFiles } = buildSync(optionsFor(entryPoint, sourceRoot));
    return [name, onlyFile(outputFiles, entryPoint)];
  });
  return Object.fromEntries(bundles);
}

function optionsFor(entryPoint: string, sourceRoot: string) {
  return { ...BUNDLE_OPTIONS, absWorkingDir: sourceRoot, entryPoints: [entryPoint] };
}

function onlyFile([bundle]: readonly OutputFile[], entryPoint: string): Uint8Array {
  if (!bundle) throw new Error(`esbuild made no bundle of ${entryPoint}`);
  return bundle.contents;
}
