import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { withoutSpace } from "../../text/without-space.ts";
import { factIndex } from "../shared/fact-index.ts";
import { calledName, conditionOf } from "./conditions.ts";
import { bodyOf } from "./guards.ts";
import { ASKS_MARK, ASKS_WITHIN, NO_REFUSAL } from "./refusing-questions.ts";
import { isValidator } from "./removed-validator.ts";

/** A branch that turns something away for what it holds, and the statement by which it does. */
export interface GuardClause {
  readonly node: number;
  /** As it is written, for a message. */
  readonly said: string;
}

/** `if host not in names: raise Refused`, with nothing to do otherwise: what it asks of a value is all that is known of it. */
export function* guardClausesIn(facts: ModuleFacts): Generator<GuardClause> {
  const { syntax } = facts;
  for (const branch of nodesOfKind(syntax, Kind.if_statement)) {
    if (childByField(syntax, branch, Field.alternative) !== NONE) continue;
    const condition = textOf(syntax, conditionOf(facts, branch));
    const last = namedChildren(syntax, childByField(syntax, branch, Field.consequence)).at(-1);
    if (last === undefined || condition.length > LONGEST || !looksAtContent(condition)) continue;
    const scope = facts.scopeOf(branch);
    if (factIndex(facts).definedAs(scope).some(isValidator)) continue;
    const said = condition.replaceAll(/\s+/g, " ").replaceAll(/(?<=[([{]) | (?=[)\]}])/g, "");
    if (turnsAway(facts, last, condition)) yield { node: last, said: `if ${said}` };
  }
}

/** UTF-16 code units of a condition. */
const LONGEST = 200;

/** Questions about what a value holds: whether it is listed, how large it is, how it begins, what another function says of it. */
const OF_CONTENT =
  /\bin\b|[<>]=?\s*(?:[\w.]*(?:[Mm]ax|MAX|[Mm]in|MIN|[Ll]imit|LIMIT|[Qq]uota|[Bb]alance)\w*|(?:\w+\.)*[A-Z][A-Z0-9_]+|\d{2,})\b|\.(?:startswith|endswith|match|fullmatch|search|is[a-z]+|is_\w+)\(|\b(?:is|has|can|may|check|valid|verify|allows?|matches)_?\w*\(|[!=]=|\bis not None and .*\bis not None\b/s;

/** Questions about types and about nothing at all, and those of a program's own state. */
const OF_FORM =
  /\b(?:isinstance|issubclass|callable|hasattr|type)\(|^not\s+[\w.]+$|^[\w.]+\s+is\s+(?:not\s+)?None$|[!=]=\s*(?:-?\d+|None|True|False|""|'')\s*$|^len\([^()]*\)\s*[<>!=]=?\s*\d+$|\b(?:sys\.|os\.name|platform|VERSION|version_info)|__name__|\b(?:tries|retr\w+|attempts?|width|index|offset|line|column)\b/;

/** Functions that make something of a text, to whom a text of another form is none, and what they raise then. */
const OF_TEXT = /^Value|Format|Invalid|Malformed/;
const READS = /pars|scan|token|lex|decod|split|^_?(?:from|read|load)_/i;

function looksAtContent(condition: string): boolean {
  return OF_CONTENT.test(condition) && !OF_FORM.test(condition);
}

function turnsAway(facts: ModuleFacts, last: number, condition: string): boolean {
  const { syntax } = facts;
  const value = firstNamedChild(syntax, last);
  switch (syntax.kind[last]) {
    case Kind.raise_statement: {
      const raised =
        value === NONE ? "" : syntax.kind[value] === Kind.call ? calledName(syntax, value) : textOf(syntax, value);
      const isOfText = OF_TEXT.test(lastPart(raised)) && READS.test(lastPart(facts.scopeOf(last)));
      return raised !== "" && !isOfText && !NO_REFUSAL.test(lastPart(raised)) && !OF_PROGRAM.test(lastPart(raised));
    }
    case Kind.continue_statement:
      return ASKS_MARK.test(condition) || ASKS_WITHIN.test(condition) || /\bis_?(?:sym)?link\(/.test(condition);
    case Kind.return_statement:
      if (value === NONE) return false;
      if (syntax.kind[value] === Kind.false || syntax.kind[value] === Kind.none)
        return ACCEPTS.test(lastPart(facts.scopeOf(last)));
      return REFUSES.test(textOf(syntax, value));
    default:
      return false;
  }
}

/** Exceptions that say that a program is used or set up wrongly, or that something is not there. */
const OF_PROGRAM =
  /^(?:Runtime|Key|Index|Lookup|Import|ModuleNotFound|Usage|Command|System|Config|Improperly|Skip|Retry|Exit|Abort(?!ed)|FileNotFound|NotFound|DoesNotExist|StopTest)/;

/** Functions that say whether something is let in. */
const ACCEPTS = /accept|allow|valid|check|verif|auth|match|trust|safe|permit|^_?(?:may|can|is|has)_/i;

const REFUSES =
  /\b\w*(?:refuse|deny|denied|reject|forbid|forbidden|unauthori[sz]ed|bad_request)\w*\(|[(,=]\s*(?:status=)?4\d\d\s*[,)]/i;

/** Whether a function does nothing at the head that it did not do at the base: all that the change did there was to take something out. */
export function onlyTakesOut({ base, head }: ChangeSides, before: DefinitionFact, after: DefinitionFact): boolean {
  const known = new Set(statementsOf(base, before));
  return statementsOf(head, after).every((text) => known.has(text));
}

const COMPOUND: ReadonlySet<number> = new Set([
  Kind.if_statement,
  Kind.elif_clause,
  Kind.while_statement,
  Kind.for_statement,
  Kind.with_statement,
  Kind.try_statement,
  Kind.match_statement,
  Kind.function_definition,
  Kind.class_definition,
  Kind.decorated_definition,
]);

/** The simple statements of a function, and what comes before the block of each other one, without spaces. */
function statementsOf(facts: ModuleFacts, definition: DefinitionFact): readonly string[] {
  const { syntax } = facts;
  const { kind, parent, start, end, next, text } = syntax;
  const body = bodyOf(facts, definition);
  const found: string[] = [];
  for (let at = body + 1; body !== NONE && at < next[body]; ) {
    const isStatement = kind[parent[at]] === Kind.block && kind[at] !== Kind.comment;
    const isCompound = COMPOUND.has(kind[at]);
    if (isStatement || isCompound) {
      const block = isCompound ? blockOf(facts, at) : NONE;
      found.push(withoutSpace(text.slice(start[at], block === NONE ? end[at] : start[block])));
    }
    at = isStatement && !isCompound ? next[at] : at + 1;
  }
  return found;
}

function blockOf({ syntax }: ModuleFacts, node: number): number {
  for (let at = node + 1; at < syntax.next[node]; at = syntax.next[at]) if (syntax.kind[at] === Kind.block) return at;
  return NONE;
}
