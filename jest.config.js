// See cli/command/quiet-sdk.ts; tests of what a program prints take it out again.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/**
 * What `npm test` runs. `__tests__/integration` and `__tests__/browser` have a configuration each that begins with this one:
 * they need Python and Chromium.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  testEnvironment: "node",
  // Several tests start processes of their own.
  testTimeout: 60_000,
  maxWorkers: "100%",
  // A worker that has nothing open still takes longer to be gone than the half second after which Jest would say that it
  // "has failed to exit gracefully": there are hundreds of megabytes to give back. One that has something open is found out.
  workerGracefulExitTimeout: 30_000,
  rootDir: __dirname,
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/__tests__/integration/suite/", "/__tests__/browser/checks/"],
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } } }] },
};
