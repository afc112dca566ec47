/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // a busy machine is ten times slower than a quiet one; a test that hangs still ends
  testTimeout: 60_000,
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // one process per core: by default jest leaves one core idle
  maxWorkers: "100%",
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/e2e/"],
  setupFiles: ["<rootDir>/test/support/property-seed.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
};
