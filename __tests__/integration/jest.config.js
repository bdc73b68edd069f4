/** The suite against moto: `npm run test:integration`. @type {import("jest").Config} */
module.exports = {
  ...require("../../jest.config"),
  roots: ["<rootDir>/__tests__/integration/suite"],
  testPathIgnorePatterns: [],
  globalSetup: "<rootDir>/__tests__/integration/suite-setup.ts",
  // Each file has a moto and three processes of the function already.
  maxWorkers: 1,
  testTimeout: 120_000,
  verbose: true,
};
