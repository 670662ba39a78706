import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
    // Tests with processes and sockets share a machine with others there; `.ci/run` names each that needed its second try.
    retry: process.env.CI ? 1 : 0,
    reporters: process.env.CI ? ["default", "json"] : ["default"],
    outputFile: { json: "node_modules/.vitest-report.json" },
  },
});
