import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // A test that hangs ends; how fast the machine is decides nothing.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: "forks",
    maxWorkers: 2,
    // Tests with processes and sockets share a machine with others there; `.ci/run` names each that needed its second try.
    retry: process.env.CI ? 1 : 0,
    reporters: process.env.CI ? ["default", "json"] : ["default"],
    outputFile: { json: "node_modules/.vitest-report.json" },
  },
});
