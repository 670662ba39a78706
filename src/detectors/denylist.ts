import { z } from "zod";
import { Field, Kind } from "../python/kinds.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../python/walk.ts";
import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import { brief } from "./shared/brief.ts";
import { checkOutcome } from "./shared/check-outcome.ts";
import { factIndex } from "./shared/fact-index.ts";
import { literalText, operands } from "./shared/literal.ts";
import { nameWords } from "./shared/name-words.ts";
import { isOutside } from "./shared/outside.ts";
import { isValidator } from "./shared/validator-name.ts";

const Options = z.strictObject({ of: z.enum(["extensions", "metacharacters"]) });

/** Endings under which a server or a desktop runs what it is given. */
const EXECUTABLE = new Set(
  "asp aspx bat bin cgi cmd com dll exe hta htm html jar js jsp jspx msi phar php php3 php4 php5 phtml pl ps1 psm1 py pyc rb scr sh shtml svg vbs war wsf".split(
    " ",
  ),
);
const EXTENSION = /^\.?[a-z0-9]{1,6}$/i;
const METACHARACTERS = new Set([
  "'",
  '"',
  ";",
  "--",
  "/*",
  "*/",
  "|",
  "||",
  "&",
  "&&",
  "`",
  "$",
  "$(",
  "<",
  ">",
  "../",
  "..\\",
  "<script>",
  "</script>",
  "script",
  "javascript:",
  "union",
  "select",
  "drop",
  "\\",
  "\\'",
  '\\"',
  "\\\\",
]);

/** Filters that name what is bad: whatever their author did not think of passes. */
export const denylist: ModuleDetector = {
  kind: "module",
  name: "denylist",
  prepare: (raw) => {
    const { of } = Options.parse(raw);
    return of === "extensions" ? extensions : metacharacters;
  },
};

function* extensions(facts: ModuleFacts): Generator<Detection> {
  for (const test of memberships(facts)) {
    const { listed, subject } = test;
    const isList = listed.length > 0 && listed.every((one) => EXTENSION.test(one));
    const bad = listed.find((one) => EXECUTABLE.has(one.replace(/^\./, "").toLowerCase()));
    if (!isList || bad === undefined || !isFileName(facts, subject) || !refuses(facts, test)) continue;
    yield {
      node: test.node,
      fields: { subject: brief(textOf(facts.syntax, subject)), listed: brief(listed.join(", ")) },
    };
  }
}

function* metacharacters(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const test of memberships(facts)) {
    const isMeta = test.looksFor !== undefined && METACHARACTERS.has(test.looksFor.toLowerCase());
    const areMeta =
      test.looksFor === undefined &&
      test.listed.length > 0 &&
      test.listed.every((one) => METACHARACTERS.has(one.toLowerCase()));
    if (!(isMeta || (areMeta && test.isEach)) || !isOutside(facts.value(test.subject)) || !refuses(facts, test))
      continue;
    const listed = test.looksFor ?? test.listed.join(" ");
    yield { node: test.node, fields: { subject: brief(textOf(syntax, test.subject)), listed: brief(listed) } };
  }
  for (const call of facts.calls) {
    const [from, to] = call.args;
    const removed = from?.value.constants.length === 1 ? from.value.constants[0] : undefined;
    if (!call.name.endsWith(".replace") || typeof removed !== "string" || to?.value.constants[0] !== "") continue;
    if (!METACHARACTERS.has(removed.toLowerCase()) || !isOutside(call.receiver)) continue;
    const subject = childByField(syntax, childByField(syntax, call.node, Field.function), Field.object);
    yield { node: call.node, fields: { subject: brief(textOf(syntax, subject)), listed: removed } };
  }
}

interface Membership {
  readonly node: number;
  /** What is looked at. */
  readonly subject: number;
  /** The texts that it is compared with. */
  readonly listed: readonly string[];
  /** A single text that is looked for inside the subject. */
  readonly looksFor?: string;
  /** Each of `listed` is looked for inside the subject. */
  readonly isEach?: true;
  /** The expression that is true when something of the list was found. */
  readonly found: number;
  readonly isNegated: boolean;
}

function* memberships(facts: ModuleFacts): Generator<Membership> {
  const { syntax } = facts;
  for (let node = 0; node < syntax.count; node++) {
    if (syntax.kind[node] === Kind.comparison_operator) {
      const operator = textOf(syntax, childByField(syntax, node, Field.operators)).replace(/\s+/g, " ");
      const [left, right, more] = operands(syntax, node);
      if (
        (operator !== "in" && operator !== "not in") ||
        left === undefined ||
        right === undefined ||
        more !== undefined
      )
        continue;
      const isNegated = operator === "not in";
      const looksFor = literalText(syntax, left);
      const each = eachOf(facts, node, left);
      if (looksFor !== undefined) yield { node, subject: right, listed: [], looksFor, found: node, isNegated };
      else if (each !== undefined)
        yield { node, subject: right, listed: each.listed, isEach: true, found: each.call, isNegated };
      else yield { node, subject: left, listed: textsOf(facts, right), found: node, isNegated };
    } else if (syntax.kind[node] === Kind.call) {
      const target = childByField(syntax, node, Field.function);
      if (
        syntax.kind[target] !== Kind.attribute ||
        textOf(syntax, childByField(syntax, target, Field.attribute)) !== "endswith"
      )
        continue;
      const [argument] = operands(syntax, childByField(syntax, node, Field.arguments));
      if (argument === undefined) continue;
      yield {
        node,
        subject: childByField(syntax, target, Field.object),
        listed: textsOf(facts, argument),
        found: node,
        isNegated: false,
      };
    }
  }
}

/** `any(c in value for c in "'\";")`. */
function eachOf(
  facts: ModuleFacts,
  comparison: number,
  variable: number,
): { readonly listed: readonly string[]; readonly call: number } | undefined {
  const { syntax } = facts;
  const generator = syntax.parent[comparison];
  const call = syntax.parent[generator];
  if (syntax.kind[generator] !== Kind.generator_expression || syntax.kind[call] !== Kind.call) return undefined;
  if (textOf(syntax, childByField(syntax, call, Field.function)) !== "any") return undefined;
  const clause = operands(syntax, generator).find((part) => syntax.kind[part] === Kind.for_in_clause);
  if (clause === undefined || textOf(syntax, childByField(syntax, clause, Field.left)) !== textOf(syntax, variable))
    return undefined;
  const listed = textsOf(facts, childByField(syntax, clause, Field.right));
  return { call, listed: listed.length === 1 ? [...listed[0]] : listed };
}

/** Names and calls followed one after the other: `args = tuple(args)` has no end. */
const MAX_DEPTH = 8;

/** The texts of a display, a constant, or a name that was given one. */
function textsOf(facts: ModuleFacts, node: number, depth = 0): readonly string[] {
  if (depth > MAX_DEPTH) return [];
  const { syntax } = facts;
  const single = literalText(syntax, node);
  if (single !== undefined) return [single];
  const kind = syntax.kind[node];
  if (kind === Kind.set || kind === Kind.list || kind === Kind.tuple) {
    const texts = operands(syntax, node).map((part) => literalText(syntax, part));
    return texts.every((text) => text !== undefined) ? texts : [];
  }
  if (kind === Kind.call) {
    const [inner] = operands(syntax, childByField(syntax, node, Field.arguments));
    const isSet = /^(?:set|frozenset|tuple|list)$/.test(textOf(syntax, childByField(syntax, node, Field.function)));
    return isSet && inner !== undefined ? textsOf(facts, inner, depth + 1) : [];
  }
  if (kind !== Kind.identifier) return [];
  const { assignmentsTo } = factIndex(facts);
  const name = textOf(syntax, node);
  const assigned = [...assignmentsTo(facts.scopeOf(node), name), ...assignmentsTo("", name)];
  const [only] = assigned;
  if (only === undefined || new Set(assigned).size > 1 || only.value === node) return [];
  return textsOf(facts, only.value, depth + 1);
}

function isFileName(facts: ModuleFacts, subject: number): boolean {
  const labels = facts.value(subject)?.labels ?? [];
  if (labels.includes("upload")) return true;
  const words = nameWords(textOf(facts.syntax, subject));
  return words.some((word) => /^(?:ext|extension|suffix|filename|file|upload|splitext)$/.test(word));
}

/** What is found on the list is turned away, or only what is not on it is taken. */
function refuses(facts: ModuleFacts, { found, isNegated }: Membership): boolean {
  const { syntax } = facts;
  const { whenTrue, whenFalse } = checkOutcome(syntax, found);
  const outcome = isNegated ? whenFalse : whenTrue;
  if (outcome === "refuses") return true;
  if (outcome === "says-no") return isValidator(facts.scopeOf(found));
  const statement = isNegated ? ancestorOfKind(syntax, found, Kind.if_statement) : NONE;
  if (statement === NONE || childByField(syntax, statement, Field.condition) !== found) return false;
  return /\.(?:save|write|write_bytes|upload\w*|store)\(/.test(
    textOf(syntax, childByField(syntax, statement, Field.consequence)),
  );
}
