/** Writes the rules and models of `rules/` to `dist`: checked once here, loaded without checks afterwards. */
import { fileURLToPath } from "node:url";
import { RuleFileError } from "../src/rules/load.ts";
import { writeRules } from "./write-rules.ts";

try {
  writeRules(fileURLToPath(new URL("../dist/", import.meta.url)));
} catch (error) {
  if (!(error instanceof RuleFileError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
