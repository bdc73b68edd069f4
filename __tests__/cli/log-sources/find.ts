import { findSources } from "../../../cli/log-sources/find-sources";

/** A program of tests: what is found in the paths that it is given, and whether the SDK was loaded for it. */
findSources(process.argv.slice(2), { regions: [], accounts: [] }).then(({ sources, unreadable }) => {
  const sdk = Object.keys(require.cache).some((file) => file.includes("@aws-sdk"));
  process.stdout.write(JSON.stringify({ sources: sources.length, unreadable, sdk }));
});
