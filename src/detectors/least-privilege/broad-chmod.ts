import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { SUBPROCESS_STARTERS } from "../shared/program-starters.ts";

const STARTERS = [
  ...SUBPROCESS_STARTERS,
  ...["subprocess.getoutput", "subprocess.getstatusoutput", "os.system", "os.popen"],
];

/** `chmod` with a mode that lets others write: its last digit has the bit 2, or its letters say so. */
const COMMAND =
  /(?:^|[\s;&|])chmod\s+(?:-\w+\s+)*(0?[0-7]?[0-7]{2}[2367]|(?:[ugo]*[ao][ugo]*)\+[rxXst]*w[rxXst]*)(?=\s|$)/;

/** `icacls … /grant Everyone:(F)`: the same on Windows. */
const WINDOWS_COMMAND =
  /\bicacls(?:\.exe)?\s.*\/grant(?::r)?\s+["']?((?:Everyone|\*S-1-1-0|(?:BUILTIN\\+)?Users|Authenticated Users):(?:\([A-Z]{2}\))*\(?[A-Z,]*\b[FMW]\b[A-Z,]*\)?)/i;

/** The commands `chmod` and `icacls`, where they give everybody the right to write. */
export const broadChmod: ModuleDetector = {
  kind: "module",
  name: "broad-chmod",
  triggers: { calls: STARTERS, and: { texts: ["chmod|icacls"] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of factIndex(facts).calledAs(STARTERS)) {
    const command = commandOf(call) ?? "";
    const mode = (COMMAND.exec(command) ?? WINDOWS_COMMAND.exec(command))?.[1];
    if (mode !== undefined) yield { node: call.node, fields: { mode, who: "every account on the machine change it" } };
  }
}

/** The command line, or the words of a list with a blank between them; a word that is not known is left out. */
function commandOf({ args: [first] }: CallFact): string | undefined {
  return first === undefined
    ? undefined
    : (textOf(first.value) ?? first.value.elements?.map((word) => textOf(word) ?? "").join(" "));
}

function textOf({ constants }: ArgumentFact["value"]): string | undefined {
  const [text, ...others] = constants;
  return typeof text === "string" && others.length === 0 ? text : undefined;
}
