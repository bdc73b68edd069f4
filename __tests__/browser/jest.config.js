/** The replay's report in Chromium: `npm run test:browser`. @type {import("jest").Config} */
module.exports = {
  ...require("../../jest.config"),
  roots: ["<rootDir>/__tests__/browser/checks"],
  testPathIgnorePatterns: [],
  globalSetup: "<rootDir>/__tests__/browser/checks-setup.ts",
  // Chromium has processes enough of its own.
  maxWorkers: 1,
  testTimeout: 120_000,
  verbose: true,
};
