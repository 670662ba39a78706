import { Command, CommanderError, Option } from "commander";
import { type CliContext, UsageError } from "./context.ts";
import { EXIT } from "./exit-code.ts";
import { addReportOptions, type ReportOptions } from "./report-options.ts";

/** Runs one command line and returns the exit code. A command's code is loaded when the command is asked for. */
export async function runProgram(args: readonly string[], context: CliContext): Promise<number> {
  let exitCode: number = EXIT.clean;
  const program = createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
    if (!(error instanceof UsageError)) throw error;
    context.stderr.write(`safepath: ${error.message}\n`);
    return EXIT.usage;
  }
  return exitCode;
}

function createProgram(context: CliContext, exitWith: (code: number) => void): Command {
  const program = new Command("safepath")
    .description("Reviews Python against secure-coding rules.")
    .version(context.version)
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      getOutHelpWidth: () => context.stdout.columns ?? 100,
      getErrHelpWidth: () => context.stderr.columns ?? 100,
      outputError: (text, write) => write(text.replace(/^error: /, "safepath: ")),
    })
    .exitOverride()
    .showHelpAfterError("(see `safepath --help`)")
    .addHelpText("after", EXAMPLES + EXIT_CODES);

  addReportOptions(program.command("scan"))
    .description("analyse files and folders")
    .argument("<path...>", "what to analyse; in folders .gitignore is respected")
    .action(async (paths: string[], options: ReportOptions) => {
      const { scan } = await import("./scan.ts");
      exitWith(await scan(paths, options, context));
    });

  addReportOptions(program.command("diff"))
    .description("report only what a change brings in")
    .argument("[range]", "two revisions: BASE..HEAD, or BASE...HEAD to start where the branches parted")
    .option("--repo <dir>", "the repository; without it, the one around the current folder")
    .option("--staged", "what is staged for the next commit")
    .action(async (range: string | undefined, options: ReportOptions & { repo?: string; staged?: true }) => {
      const { diff } = await import("./diff.ts");
      exitWith(await diff(range, options, context));
    });

  const rules = program
    .command("rules")
    .description("list the rules")
    .action(async () => {
      const { listRules } = await import("./list-rules.ts");
      await listRules(context);
    });
  rules
    .command("test")
    .description("try the rules of a repository's own on the examples that they give")
    .argument("[folder]", "in the repository", ".")
    .action(async (folder: string) => {
      const { testRules } = await import("./test-rules.ts");
      exitWith(await testRules(folder, context));
    });

  program
    .command("explain")
    .description("explain a rule: what it finds, why it matters, what to write instead")
    .argument("<rule>", "the rule's name, as it stands in brackets behind a finding")
    .action(async (rule: string) => {
      const { explain } = await import("./explain.ts");
      await explain(rule, context);
    });

  program
    .command("serve")
    .description(
      "run the GitHub App; its settings are variables of the environment, and of `.env` in the current folder",
    )
    .addOption(new Option("--role <role>", "in the place of ROLE").choices(["all", "web", "worker"]))
    .action(async (options: { role?: string }) => {
      exitWith(await context.serve(options));
    });

  const queue = program
    .command("queue")
    .description("reviews that a service has given up; DATA_DIR or DATABASE_URL say which service");
  queue
    .command("dead")
    .description("list them, the oldest first")
    .option("--json", "as JSON lines")
    .action(async (options: { json?: true }) => {
      const { listDead } = await import("./queue.ts");
      exitWith(await listDead(options, context));
    });
  queue
    .command("replay")
    .description("try them again")
    .argument("[delivery...]", "ids of deliveries, as `queue dead` lists them")
    .option("--all", "all that are listed")
    .action(async (deliveries: string[], options: { all?: true }) => {
      const { replayDead } = await import("./queue.ts");
      exitWith(await replayDead(deliveries, options, context));
    });

  program
    .command("doctor")
    .description("look at the App's registration: what is wrong with it, and what to do")
    .option("--repositories <number>", "how many of each installation to look at", "100")
    .addHelpText("after", doctorExitCodes)
    .action(async ({ repositories }: { repositories: string }) => {
      const most = Number(repositories);
      if (!Number.isInteger(most) || most < 0) throw new UsageError("--repositories takes a whole number");
      exitWith(await context.examine(most));
    });

  return program;
}

const doctorExitCodes = `
The App is the one that the variables of the service name: APP_ID, PRIVATE_KEY, WEBHOOK_SECRET, …

Exit codes:
  0  nothing is wrong
  1  something is
  2  wrong use, or settings that are not right
  3  GitHub did not answer`;

const EXAMPLES = `
For example:
  safepath scan src/               whole files and folders
  safepath diff main..HEAD         what the commits of a branch bring in
  safepath diff --staged           what the next commit brings in
  safepath explain sql-injection   why a finding matters, and what to write instead
`;

const EXIT_CODES = `
Exit codes:
  0  no findings at or above --fail-on
  1  findings at or above --fail-on
  2  wrong use, or a configuration that is not right
  3  something could not be verified, whatever was found`;
