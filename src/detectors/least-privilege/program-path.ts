import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { SUBPROCESS_STARTERS } from "../shared/program-starters.ts";

const STARTERS: ReadonlySet<string> = new Set([...SUBPROCESS_STARTERS, "asyncio.create_subprocess_exec"]);

/** Take the program's arguments one by one; those of `os.spawn…` behind a mode that is a number. */
const LISTING = /^os\.(?:exec|spawn)[lv]p?e?$|^os\.posix_spawnp?$|^os\.startfile$/;

/** A process whose program is a constant without a full path: the first of a list, or a text by itself. */
export const programPath: ModuleDetector = {
  kind: "module",
  name: "program-path",
  triggers: { calls: [...STARTERS], roots: ["os"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const program = startedBy(call);
    if (program !== undefined && !isFullPath(program)) yield { node: call.node, fields: { program } };
  }
}

function startedBy(call: CallFact): string | undefined {
  if (call.callee.some((path) => LISTING.test(path))) {
    const [program] = call.args.flatMap(({ value }) =>
      value.constants.filter((constant) => typeof constant === "string"),
    );
    return program;
  }
  if (!call.callee.some((path) => STARTERS.has(path))) return undefined;
  const command = call.args.find(({ position, keyword }) => position === 0 || keyword === "args");
  return command && programOf(command.value);
}

/** The first word of the command; undefined where it is not a constant. */
function programOf({ constants, elements }: ValueFact): string | undefined {
  const [first] = elements?.[0]?.constants ?? constants;
  return typeof first === "string" ? first.trim().split(/\s+/)[0] : undefined;
}

function isFullPath(program: string): boolean {
  return program === "" || /^(?:\/|~|[A-Za-z]:[\\/]|\\\\)/.test(program);
}
