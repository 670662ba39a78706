import { Kind } from "../../python/kinds.ts";
import { ancestorOfKind, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText } from "../shared/literal.ts";

const CHECKS: ReadonlySet<string> = new Set([
  "os.access",
  "os.path.exists",
  "os.path.lexists",
  "os.path.isfile",
  "os.path.islink",
]);
const METHODS = /^(?:exists|is_file|is_symlink)$/;
const OPENS = /^(?:open|io\.open|os\.open|codecs\.open)$/;
const CHANGES = /^(?:os\.(?:chmod|chown)|shutil\.(?:copy|copyfile|move|chown))$/;

/** Files that are asked about by their name, and then opened by it: in between, another can have taken the name. */
export const checkThenUse: ModuleDetector = {
  kind: "module",
  name: "check-then-use",
  triggers: { calls: [...CHECKS, "*.exists", "*.is_file", "*.is_symlink"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const call of facts.calls) {
    const check = checkOf(facts, call);
    if (check === undefined) continue;
    const statement = ancestorOfKind(syntax, call.node, Kind.if_statement, Kind.block);
    if (statement === NONE || syntax.kind[statement] !== Kind.if_statement) continue;
    const scope = facts.scopeOf(call.node);
    const use = factIndex(facts)
      .callsIn(scope)
      .find((other) => other.node > call.node && uses(facts, other, check));
    if (use !== undefined) yield { node: use.node, fields: { path: check.path, check: call.name, callee: use.name } };
  }
}

interface Check {
  readonly path: string;
  /** `os.access` and questions about links: what is opened, and how, does not matter. */
  readonly isOfRights: boolean;
}

function checkOf({ syntax }: ModuleFacts, call: CallFact): Check | undefined {
  const [first] = call.args;
  const known = call.callee.find((path) => CHECKS.has(path));
  if (known !== undefined && first !== undefined) {
    const isOfRights = known === "os.access" || known === "os.path.islink";
    return { path: textOf(syntax, first.node), isOfRights };
  }
  const [, path, method = ""] = /^([\w.]+)\.(\w+)$/.exec(call.name) ?? [];
  return path !== undefined && METHODS.test(method) && first === undefined
    ? { path, isOfRights: method === "is_symlink" }
    : undefined;
}

function uses(facts: ModuleFacts, call: CallFact, { path, isOfRights }: Check): boolean {
  const { syntax } = facts;
  const [first, second] = call.args;
  const isOfPath = first !== undefined && textOf(syntax, first.node) === path;
  if (call.name === `${path}.write_text` || call.name === `${path}.write_bytes`) return true;
  if (call.name === `${path}.open`) return isOfRights || (first !== undefined && makesAnew(facts, first.node));
  if (!isOfPath) return false;
  if (call.callee.some((name) => OPENS.test(name)))
    return isOfRights || (second !== undefined && makesAnew(facts, second.node));
  return isOfRights && call.callee.some((name) => CHANGES.test(name));
}

/** `"w"`, and not `"x"`, which refuses a file that is there. */
function makesAnew({ syntax }: ModuleFacts, mode: number): boolean {
  return /^[wa]/.test(literalText(syntax, mode) ?? "");
}
