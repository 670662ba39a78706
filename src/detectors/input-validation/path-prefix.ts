import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { checkOutcome } from "../shared/check-outcome.ts";
import { factIndex } from "../shared/fact-index.ts";
import { operands } from "../shared/literal.ts";
import { makingCall } from "../shared/making-call.ts";
import { isOutside } from "../shared/outside.ts";
import { textPieces } from "../shared/text-pieces.ts";
import { isValidator } from "../shared/validator-name.ts";

/** What is resolved has neither `..` in it nor a separator at its end. */
const RESOLVED = /^(?:os\.path\.(?:realpath|abspath|normpath)\(\)|pathlib\.(?:ResolvedPath|Path)\(\))$/;
const RESOLVING =
  /^(?:os\.path\.(?:realpath|abspath|normpath)|pathlib\.Path\(\)\.(?:resolve|absolute)|pathlib\.ResolvedPath\(\)\.resolve)$/;

/**
 * A path that is compared with a folder letter by letter: where it was resolved, a sibling whose name begins the same passes, and
 * where it was joined to that folder and not resolved, everything does.
 */
export const pathPrefix: ModuleDetector = {
  kind: "module",
  name: "path-prefix",
  triggers: { calls: ["os.path.commonprefix"], names: ["startswith"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of factIndex(facts).calledAs(["os.path.commonprefix", "*.startswith"])) {
    const checked = call.callee.includes("os.path.commonprefix") ? commonPrefix(facts, call) : startsWith(facts, call);
    if (checked === undefined) continue;
    const { subject, prefix, condition, passes, isOpposite } = checked;
    const { whenTrue, whenFalse } = checkOutcome(facts.syntax, condition);
    const outcome = isOpposite === true ? whenTrue : whenFalse;
    const isCheck = outcome === "refuses" || (outcome === "says-no" && isValidator(facts.scopeOf(call.node)));
    if (!isCheck && !isOutside(subject)) continue;
    const what = passes ?? `a folder whose name only begins like ${brief(prefix)}`;
    yield { node: call.node, fields: { callee: call.name, passes: what } };
  }
}

interface Checked {
  readonly subject: ValueFact | undefined;
  readonly prefix: string;
  readonly condition: number;
  /** What the check lets through, where it is not a neighbour. */
  readonly passes?: string;
  /** Whether the condition holds for what lies elsewhere. */
  readonly isOpposite?: boolean;
}

function startsWith(facts: ModuleFacts, call: CallFact): Checked | undefined {
  const { syntax } = facts;
  const [prefix] = call.args;
  if (prefix?.position !== 0 || !call.name.endsWith(".startswith")) return undefined;
  const target = childByField(syntax, call.node, Field.function);
  if (syntax.kind[target] !== Kind.attribute) return undefined;
  const subject = childByField(syntax, target, Field.object);
  if (isJoinedTo(facts, subject, prefix))
    return { subject: facts.value(subject), prefix: "", condition: call.node, passes: "a path with .. in it" };
  if (!isResolved(facts, subject) || !endsOpen(facts, prefix)) return undefined;
  return { subject: facts.value(subject), prefix: textOf(syntax, prefix.node), condition: call.node };
}

/** `os.path.join(base, name)` begins with `base` whatever `name` is, but for an absolute one. */
function isJoinedTo(facts: ModuleFacts, subject: number, prefix: ArgumentFact): boolean {
  const join = makingCall(facts, subject);
  const [base, ...names] = join?.args ?? [];
  if (base === undefined || !join?.callee.includes("os.path.join")) return false;
  const isSame =
    textOf(facts.syntax, base.node) === textOf(facts.syntax, prefix.node) ||
    (base.value.constants.length === 1 && base.value.constants[0] === prefix.value.constants[0]);
  return (
    isSame &&
    names.some(
      ({ node, value }) =>
        value.constancy === "dynamic" && !value.cleared.includes("path") && makingCall(facts, node) === undefined,
    )
  );
}

/** `os.path.commonprefix([base, path]) == base`, `!=` compare characters, whatever its name says. */
function commonPrefix(facts: ModuleFacts, call: CallFact): Checked | undefined {
  const { syntax } = facts;
  const comparison = syntax.parent[call.node];
  const [list] = call.args;
  if (syntax.kind[comparison] !== Kind.comparison_operator || list === undefined) return undefined;
  const [left, right, more] = operands(syntax, comparison);
  const other = left === call.node ? right : left;
  if (other === undefined || more !== undefined) return undefined;
  const operator = textOf(syntax, childByField(syntax, comparison, Field.operators));
  if (operator !== "==" && operator !== "!=") return undefined;
  return {
    subject: list.value.elements?.find(isOutside) ?? list.value,
    prefix: textOf(syntax, other),
    condition: comparison,
    isOpposite: operator === "!=",
  };
}

function isResolved(facts: ModuleFacts, node: number): boolean {
  if (node === NONE) return false;
  const { callAt } = factIndex(facts);
  if (facts.value(node)?.paths.some((path) => RESOLVED.test(path))) return true;
  return textPieces(facts, node, () => false).some(
    (piece) =>
      callAt.get(piece)?.callee.some((path) => RESOLVING.test(path)) === true ||
      facts.value(piece)?.paths.some((path) => path === "pathlib.ResolvedPath()") === true,
  );
}

/** `os.path.join(os.path.abspath(root), "")` ends in a separator. */
function endsJoined(facts: ModuleFacts, prefix: number): boolean {
  const join = makingCall(facts, prefix);
  const last = join?.args.at(-1)?.value;
  return join?.callee.includes("os.path.join") === true && last?.constants.length === 1 && last.constants[0] === "";
}

/** `root = os.path.abspath(root) + os.sep` ends in a separator. */
function endsAppended(facts: ModuleFacts, prefix: number): boolean {
  const { syntax } = facts;
  if (syntax.kind[prefix] !== Kind.identifier) return false;
  const given = factIndex(facts)
    .assignmentsTo(facts.scopeOf(prefix), textOf(syntax, prefix))
    .findLast(({ node }) => node < prefix);
  if (given === undefined || syntax.kind[given.value] !== Kind.binary_operator) return false;
  const last = childByField(syntax, given.value, Field.right);
  if (/^os\.(?:path\.)?sep$/.test(textOf(syntax, last))) return true;
  const constants = facts.value(last)?.constants ?? [];
  return constants.length > 0 && constants.every((one) => typeof one === "string" && /[/\\]$/.test(one));
}

/** A prefix that is known not to end in a separator: a constant that is a path, or a path that was resolved itself. */
function endsOpen(facts: ModuleFacts, { node, value }: ArgumentFact): boolean {
  const { syntax } = facts;
  const { constants } = value;
  if (constants.length > 0)
    return constants.every((one) => typeof one === "string" && /[/\\]./.test(one) && !/[/\\]$/.test(one));
  if (endsJoined(facts, node) || endsAppended(facts, node)) return false;
  const kind = syntax.kind[node];
  if (kind !== Kind.identifier && kind !== Kind.call && kind !== Kind.attribute) return false;
  const isText = kind === Kind.call && textOf(syntax, childByField(syntax, node, Field.function)) === "str";
  return value.paths.some((path) => RESOLVED.test(path)) || (isText && isResolved(facts, node));
}
