import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";
import { type RegexEnds, regexEnds } from "../shared/regex-ends.ts";

/** Regular expressions that had to fit a whole value, and that a part of it satisfies now. */
export const weakenedPattern: ChangeDetector = {
  kind: "change",
  name: "weakened-pattern",
  prepare: () => ({ concerns: ({ removed }) => /match|\\[AZz]|\^|\$|\[/.test(removed), detect }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const said = new Set<number>();
  for (const loss of [...byMethod(sides), ...byEnds(sides), ...byClass(sides)]) {
    if (said.has(loss.node)) continue;
    said.add(loss.node);
    const { node, before, after, isWider } = loss;
    yield { node, fields: { before, after, ...(isWider === true ? TAKES_MORE : FITS_A_PART) } };
  }
}

/** What is lost, for a message. */
const FITS_A_PART = {
  asked: "had to fit the whole value",
  takes: "fits where something else comes before or after",
};
const TAKES_MORE = {
  asked: "let no character in that is more than part of a name",
  takes: "lets one in that may leave a folder, or end a text or a command",
};

interface Loss {
  readonly node: number;
  readonly before: string;
  readonly after: string;
  /** It fits as much of the value as before, and lets more characters in. */
  readonly isWider?: true;
}

/** How much of a value a method looks at: any part, from the beginning, all. */
const METHODS: ReadonlyMap<string, number> = new Map([
  ["search", 0],
  ["match", 1],
  ["fullmatch", 2],
]);

/** `PATTERN.fullmatch(name)` that is `PATTERN.match(name)`, of the same pattern and value in the same function. */
function* byMethod({ base, head }: ChangeSides): Generator<Loss> {
  const now = looksIn(head);
  for (const before of looksIn(base)) {
    const alike = now.filter(({ key }) => key === before.key);
    const [after] = alike;
    // The pattern may hold on to the ends by itself.
    const isSafe = alike.some(
      ({ method, ends }) => (METHODS.get(method) ?? 0) >= (METHODS.get(before.method) ?? 0) || ends,
    );
    if (after === undefined || isSafe) continue;
    yield { node: after.call.node, before: before.method, after: after.method };
  }
}

interface Look {
  readonly call: CallFact;
  readonly method: string;
  /** The function around, the pattern without what holds on to its ends, and the value. */
  readonly key: string;
  /** The pattern holds on to both ends of the value. */
  readonly ends: boolean;
}

function looksIn(facts: ModuleFacts): readonly Look[] {
  return facts.calls.flatMap((call) => {
    const method = lastPart(call.name);
    const isCompiled = call.name.includes(".") && !/^(?:re|regex)\./.test(call.name);
    const isKnown = call.callee.some((path) =>
      /^(?:re|regex)\.(?:Pattern\(\)\.)?(?:full)?(?:match|search)$/.test(path),
    );
    if (!METHODS.has(method) || !(isKnown || isCompiled)) return [];
    const [first, second] = call.args;
    const value = isCompiled ? first : second;
    if (value === undefined) return [];
    const [constant] = isCompiled ? (call.receiver?.constants ?? []) : (first?.value.constants ?? []);
    const pattern = isCompiled ? call.name.slice(0, -method.length) : textOf(facts.syntax, first?.node ?? 0);
    const written = typeof constant === "string" ? constant : undefined;
    const isLiteral = !isCompiled && written !== undefined;
    const ends = written === undefined ? undefined : regexEnds(written);
    const key = [
      facts.scopeOf(call.node),
      isLiteral ? coreOf(written) : pattern,
      textOf(facts.syntax, value.node),
    ].join("\n");
    return [{ call, method, key, ends: isWholeBy(ends, method) }];
  });
}

function isWholeBy(ends: RegexEnds | undefined, method: string): boolean {
  return ends?.end === true && (ends.start || method === "match");
}

/** A pattern that ended at the end of the value and ends before it, or lets a line break follow. */
function* byEnds({ base, head }: ChangeSides): Generator<Loss> {
  const now = patternsIn(head);
  const counts = methodsOf(head);
  const countsBefore = methodsOf(base);
  for (const before of patternsIn(base)) {
    const core = coreOf(before.text);
    const alike = now.filter((one) => one.place === before.place && coreOf(one.text) === core);
    const [after] = alike;
    if (after === undefined || core.length < SHORTEST || alike.some((one) => !isLooser(before.text, one.text)))
      continue;
    // What asks for the whole value needs no ends.
    if ((counts.get("fullmatch") ?? 0) > (countsBefore.get("fullmatch") ?? 0)) continue;
    if (isWhole(head, after.node)) continue;
    yield { node: after.node, before: before.text, after: after.text };
  }
}

/** `[a-z0-9_-]+` that is `[a-z0-9_./-]+`: of a whole value, with a character by which it is more than a name. */
function* byClass({ base, head }: ChangeSides): Generator<Loss> {
  const now = patternsIn(head);
  for (const before of patternsIn(base)) {
    const alike = now.filter(({ place }) => place === before.place);
    const [after] = alike;
    if (after === undefined || alike.length > 1 || !gainsMark(before.text, after.text)) continue;
    yield { node: after.node, before: before.text, after: after.text, isWider: true };
  }
}

const CLASS = /(?<!\\)\[(?!\^)((?:\\.|[^\]\\])+)\]/g;

/** Characters that leave a folder, end a text, a line or a command, or begin a tag. */
const MARKS = /[/'"`;|&<>$]|\\[\\nrs]/;

/** Whether a class of characters of a pattern has such a character that had none, and all outside of the classes is the same. */
function gainsMark(before: string, after: string): boolean {
  if (before.replaceAll(CLASS, "[]") !== after.replaceAll(CLASS, "[]")) return false;
  const then = classesOf(before);
  return classesOf(after).some((inside, at) => MARKS.test(inside) && !MARKS.test(then[at] ?? inside));
}

function classesOf(pattern: string): readonly string[] {
  return [...pattern.matchAll(CLASS)].map(([, inside = ""]) => inside);
}

/** A pattern of fewer characters is no description of a value. */
const SHORTEST = 3;

interface Pattern {
  readonly node: number;
  readonly text: string;
  /** What it is given to, and the name that this goes by. */
  readonly place: string;
}

/** The patterns that are given to functions of `re` and to validators, or have such a name. */
function patternsIn(facts: ModuleFacts): readonly Pattern[] {
  const { syntax } = facts;
  return [...nodesOfKinds(syntax, [Kind.string, Kind.concatenated_string])].flatMap((node) => {
    if (syntax.kind[syntax.parent[node]] === Kind.concatenated_string) return [];
    const text = literalText(syntax, node);
    if (text === undefined || !/[\\[(.^$]/.test(text)) return [];
    const call = ancestorOfKind(syntax, node, Kind.call, Kind.assignment, Kind.block);
    const statement = ancestorOfKind(syntax, node, Kind.assignment, Kind.block);
    const callee =
      call !== NONE && syntax.kind[call] === Kind.call
        ? textOf(syntax, childByField(syntax, call, Field.function))
        : "";
    const target =
      statement !== NONE && syntax.kind[statement] === Kind.assignment
        ? textOf(syntax, childByField(syntax, statement, Field.left))
        : "";
    if (!(IS_REGEX.test(callee) || IS_REGEX.test(target))) return [];
    return [{ node, text, place: [facts.scopeOf(node), lastPart(callee), target].join("\n") }];
  });
}

const IS_REGEX =
  /^re\.|regex|pattern|(?:^|_|\.)re(?:_|$)|_RE$|constr|^(?:Query|Path|Field|Form|StringConstraints)$|(?:path|url)_re/i;

const START = /^(\(\?[aiLmsux]+\))?(?:\^|\\A)/;
const END = /(?:(?<!\\)\$|\\[Zz])$/;

/** A pattern without what holds on to the ends. */
function coreOf(pattern: string): string {
  return pattern.replace(START, "$1").replace(END, "");
}

function isLooser(before: string, after: string): boolean {
  const start = (text: string) => (START.test(text) ? 1 : 0);
  const end = (text: string) => (/\\[Zz]$/.test(text) ? 2 : END.test(text) ? 1 : 0);
  const lost = start(after) < start(before) || end(after) < end(before);
  return lost && start(after) <= start(before) && end(after) <= end(before);
}

/** The call that it is given to looks at the whole value. */
function isWhole({ syntax }: ModuleFacts, node: number): boolean {
  const call = ancestorOfKind(syntax, node, Kind.call, Kind.block);
  if (call === NONE || syntax.kind[call] !== Kind.call) return false;
  return /fullmatch$/.test(textOf(syntax, childByField(syntax, call, Field.function)));
}

function methodsOf({ calls }: ModuleFacts): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of calls) counts.set(lastPart(name), (counts.get(lastPart(name)) ?? 0) + 1);
  return counts;
}
