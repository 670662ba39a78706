import { type Command, Option } from "commander";
import type { Level, Profile } from "../rules/rule.ts";
import type { ConfigOptions } from "./read-policy.ts";

/** Options of the commands that analyse. */
export interface ReportOptions extends ConfigOptions {
  readonly format: "text" | "json" | "sarif";
  readonly output?: string;
  /** In place of what the configuration says. */
  readonly profile?: Profile;
  readonly minLevel: Level;
  /** In place of what the configuration says. */
  readonly failOn?: Level | "never";
  /** `online`, or a folder of OSV's records; without it nobody is asked about flaws in packages. */
  readonly advisories?: string;
}

export function addReportOptions(command: Command): Command {
  return command
    .addOption(new Option("--format <format>", "how to report").choices(["text", "json", "sarif"]).default("text"))
    .option("--output <file>", "write the report to a file instead of the terminal")
    .addOption(
      new Option(
        "--profile <profile>",
        "which rules; `audit` adds what is worth a look (`default`, or as configured)",
      ).choices(["default", "audit"]),
    )
    .addOption(
      new Option("--min-level <level>", "leave out what weighs less")
        .choices(["error", "warning", "note"])
        .default("note"),
    )
    .addOption(
      new Option(
        "--fail-on <level>",
        "exit with 1 for findings of this level or above (`error`, or as configured)",
      ).choices(["error", "warning", "note", "never"]),
    )
    .option(
      "--advisories <from>",
      "look up known flaws of packages: `online` (asks api.osv.dev), or a folder of OSV's records",
    )
    .option("--config <file>", "a configuration in place of .github/safepath.yml")
    .option("--no-config", "go by no configuration");
}
