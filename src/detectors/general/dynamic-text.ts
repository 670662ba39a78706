import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, children, NONE, textOf } from "../../python/walk.ts";
import { isOnWindows } from "../../python/windows-guard.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { isSettled } from "../../taint/values/settled.ts";
import { brief } from "../shared/brief.ts";
import { entryOf } from "../shared/entry-of.ts";
import { factIndex } from "../shared/fact-index.ts";
import { operands } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { isPlainValue } from "../shared/plain-value.ts";
import { textPieces } from "../shared/text-pieces.ts";
import { withOptions } from "../shared/with-options.ts";
import { doublesQuotes } from "../sql/spliced-statement.ts";

const Options = z.strictObject({
  calls: z
    .array(
      z.strictObject({
        /** API paths; `*` in one stands for anything. */
        callee: z.array(z.string()).min(1),
        /** Left out where every positional argument counts. */
        argument: z
          .strictObject({
            position: z.number().int().optional(),
            keyword: z.string().optional(),
            /** What stands under this key of a dictionary that is written out. */
            entry: z.string().optional(),
          })
          .optional(),
        /** Keywords that have to be known to hold these constants. */
        when: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
        /** Keywords that make the text another one: calls that pass one of them do not count. */
        without: z.array(z.string()).default([]),
        /** A function or another object in the argument's place is not text. */
        "text-only": z.boolean().default(false),
        /** Only words that tell a shell to run a text, `"sh", "-c", text`, of which the text counts: in a list, or as arguments. */
        "shell-words": z.boolean().default(false),
        /** A list that Windows alone is given: it is quoted there by `list2cmdline`. */
        "lists-quoted-on-windows": z.boolean().default(false),
        /** Only text with a literal around the piece: a value that is passed on as a whole is somebody else's. */
        "beside-literal": z.boolean().default(false),
        /** Only beside a dictionary, in the place of another argument, that is written out with this key. */
        "with-entry": z
          .strictObject({ position: z.number().int(), keyword: z.string().optional(), entry: z.string() })
          .optional(),
        /** A regular expression for a literal of the text, where the name of the call says too little. */
        literal: z.string().optional(),
      }),
    )
    .min(1),
  /** Calls whose first argument is what counts, `compile`. */
  through: z.array(z.string()).default([]),
  /** Sink kind of the text: what a guard or a sanitizer has made harmless for it is no dynamic piece. */
  kind: z.string().optional(),
  /** Calls whose result is harmless in the text, and values that are: `shlex.quote`, `os.environ`. */
  harmless: z.array(z.string()).default([]),
  /** Pieces that the analysis cannot see count too: for rules of the audit profile. */
  unknown: z.boolean().default(false),
  /** Words in the last name of a piece that say that it is harmless there, `html`. */
  "harmless-words": z.array(z.string()).default([]),
  /** Only where code runs for somebody: what is put together while a module loads is made of the program's own values. */
  "in-functions": z.boolean().default(false),
  /** What an unknown function returns is taken to be harmless: it may have escaped it. */
  "trust-calls": z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

const NOT_TEXT: ReadonlySet<number> = new Set([Kind.keyword_argument, Kind.dictionary_splat, Kind.lambda]);

/** Text that is read as a program and put together at run time, with at least one piece that nothing makes harmless. */
export const dynamicText: ModuleDetector = {
  kind: "module",
  name: "dynamic-text",
  ...withOptions(Options, {
    triggers: (options) => ({ calls: options.calls.flatMap(({ callee }) => callee) }),
    detect,
  }),
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  const { calledAs } = factIndex(facts);
  const described = options.calls.map((one) => ({ ...one, at: calledAs(one.callee) }));
  const calls = new Set(described.flatMap(({ at }) => [...at]));
  for (const call of [...calls].sort((a, b) => a.node - b.node)) {
    for (const one of described) {
      if (!one.at.has(call) || !holds(call, one.when) || isOther(call, one.without)) continue;
      if (options["in-functions"] && !isInFunction(facts, call)) continue;
      const beside = one["with-entry"];
      if (beside !== undefined && argumentsOf(facts, call, beside).length === 0) continue;
      const given = argumentsOf(facts, call, one.argument);
      if (one["lists-quoted-on-windows"] && given.some(({ node }) => isListOnWindows(facts, node))) continue;
      const piece = (one["shell-words"] ? shellTexts(facts, given) : given)
        .filter(({ node }) => !one["beside-literal"] || holdsLiteral(facts, node))
        .filter(({ node }) => one.literal === undefined || saysSo(facts, node, one.literal))
        .map(({ node }) => ({ node, piece: dynamicPiece(facts, node, options) }))
        .find(({ node, piece }) => piece !== undefined && !(one["text-only"] && piece === node))?.piece;
      if (piece === undefined) continue;
      yield { node: call.node, fields: { callee: call.name, piece: brief(textOf(facts.syntax, piece)) } };
      break;
    }
  }
}

function isListOnWindows(facts: ModuleFacts, node: number): boolean {
  return isList(facts, node, MAX_NAMES) && isOnWindows(facts.syntax, node);
}

/** Names and sums that are followed, one inside the other. */
const MAX_NAMES = 4;

/** `[program, *args]`, `list(args)`, and a sum with one. */
function isList(facts: ModuleFacts, node: number, names: number): boolean {
  const { syntax } = facts;
  switch (syntax.kind[node]) {
    case Kind.list:
    case Kind.list_comprehension:
      return true;
    case Kind.call:
      return textOf(syntax, childByField(syntax, node, Field.function)) === "list";
    case Kind.binary_operator:
      return names > 0 && operands(syntax, node).some((part) => isList(facts, part, names - 1));
    case Kind.identifier: {
      const given = factIndex(facts).assignmentsTo(facts.scopeOf(node), textOf(syntax, node));
      const last = names > 0 ? given.findLast((fact) => fact.node < node) : undefined;
      return last !== undefined && isList(facts, last.value, names - 1);
    }
    default:
      return false;
  }
}

function isInFunction({ syntax }: ModuleFacts, { node }: CallFact): boolean {
  return ancestorOfKind(syntax, node, Kind.function_definition, Kind.lambda) !== NONE;
}

function argumentsOf(
  facts: ModuleFacts,
  call: CallFact,
  wanted: Options["calls"][number]["argument"],
): readonly Pick<ArgumentFact, "node">[] {
  const { syntax } = facts;
  if (wanted === undefined) {
    return operands(syntax, childByField(syntax, call.node, Field.arguments))
      .filter((node) => !NOT_TEXT.has(syntax.kind[node]))
      .map((node) => ({ node }));
  }
  const given = call.args.filter(
    ({ position, keyword }) =>
      (wanted.keyword !== undefined && keyword === wanted.keyword) ||
      (wanted.position !== undefined && position === wanted.position),
  );
  const { entry } = wanted;
  if (entry === undefined) return given;
  return given
    .map(({ node }) => entryOf(syntax, dictionaryOf(facts, node), entry))
    .filter((node) => node !== NONE)
    .map((node) => ({ node }));
}

/** The dictionary itself, or the one that its name was given last in the same scope. */
function dictionaryOf(facts: ModuleFacts, node: number): number {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.identifier) return node;
  const given = factIndex(facts).assignmentsTo(facts.scopeOf(node), textOf(syntax, node));
  return given.findLast((fact) => fact.node < node)?.value ?? node;
}

const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k)?sh$|(?:^|[\\/])(?:powershell|pwsh|cmd)(?:\.exe)?$/i;
const COMMAND_OPTION = /^-[a-z]*c$|^-command$|^\/[ck]$/i;

/** What a shell is told to run, where words say so. */
function shellTexts(
  facts: ModuleFacts,
  given: readonly Pick<ArgumentFact, "node">[],
): readonly Pick<ArgumentFact, "node">[] {
  const { syntax } = facts;
  const [first] = given;
  const isList = given.length === 1 && first !== undefined && LISTS.has(syntax.kind[first.node]);
  const words = isList ? operands(syntax, first.node) : given.map(({ node }) => node);
  const textOfWord = (node: number | undefined) => String(node === undefined ? "" : facts.value(node)?.constants[0]);
  const shell = words.findIndex(
    (node, index) => SHELL.test(textOfWord(node)) && COMMAND_OPTION.test(textOfWord(words[index + 1])),
  );
  const command = words[shell + 2];
  return shell < 0 || command === undefined ? [] : [{ node: command }];
}

const LISTS: ReadonlySet<number> = new Set([Kind.list, Kind.tuple]);

function isOther({ args }: CallFact, without: readonly string[]): boolean {
  return args.some(({ keyword }) => keyword !== undefined && without.includes(keyword));
}

function holds(call: CallFact, when: Options["calls"][number]["when"]): boolean {
  return Object.entries(when).every(([keyword, constant]) => {
    const known = call.args.find((argument) => argument.keyword === keyword)?.value.constants ?? [];
    return known.length > 0 && known.every((value) => value === constant);
  });
}

/** Whether the text has more in it than values: markup, words, a sign between two of them. */
function holdsLiteral(facts: ModuleFacts, argument: number): boolean {
  const { syntax } = facts;
  const { callAt } = factIndex(facts);
  let found = false;
  textPieces(facts, argument, (node) => {
    const isString = syntax.kind[node] === Kind.string || syntax.kind[node] === Kind.concatenated_string;
    if (isString) found ||= children(syntax, node).some((part) => syntax.kind[part] === Kind.string_content);
    if (syntax.kind[node] === Kind.identifier) found ||= isText(facts.value(node));
    const call = callAt.get(node);
    return call !== undefined && !/\.(?:join|format)$/.test(call.name) && !putsMarkup(facts, call);
  });
  return found;
}

/** Whether a literal of the text is of the kind that is asked for. */
function saysSo(facts: ModuleFacts, argument: number, pattern: string): boolean {
  const { syntax } = facts;
  const wanted = new RegExp(pattern, "u");
  let found = false;
  textPieces(facts, argument, (node) => {
    if (syntax.kind[node] === Kind.string) found ||= wanted.test(textOf(syntax, node));
    return false;
  });
  return found;
}

/** `text.replace("\n", "<br>")` */
function putsMarkup({ syntax }: ModuleFacts, { name, args }: CallFact): boolean {
  const put = args.find(({ position }) => position === 1);
  return name.endsWith(".replace") && put !== undefined && textOf(syntax, put.node).includes("<");
}

/** `ROW`, a text under a name. */
function isText(value: ValueFact | undefined): boolean {
  return value?.constants.some((constant) => typeof constant === "string" && constant !== "") === true;
}

/** The first piece of the text that is only known at run time. */
function dynamicPiece(facts: ModuleFacts, argument: number, options: Options): number | undefined {
  const { callAt } = factIndex(facts);
  const isHarmless = (node: number): boolean => {
    const value = facts.value(node);
    if (value !== undefined && (value.constancy === "constant" || isPlainValue(value) || isCleared(value, options)))
      return true;
    const inner = callAt.get(node);
    if (options.kind === "sql" && inner !== undefined && doublesQuotes(inner)) return true;
    const called = inner?.callee ?? [];
    const made = value?.paths.map((path) => path.replace(/\(\)$/, "")) ?? [];
    return (called.length > 0 ? called : made).some((path) => options.harmless.includes(path));
  };
  for (const piece of textPieces(facts, argument, isHarmless)) {
    const passed = callAt.get(piece);
    if (passed?.callee.some((path) => options.through.includes(path))) {
      const inner = passed.args[0];
      const found = inner === undefined ? undefined : dynamicPiece(facts, inner.node, options);
      if (found !== undefined) return found;
    } else if (isMoving(facts.value(piece)) && !isTrusted(facts, piece, options)) {
      return piece;
    }
  }
  return undefined;

  function isMoving(value: ValueFact | undefined): boolean {
    return value?.constancy === "dynamic" || (options.unknown && value?.constancy !== "constant");
  }
}

function isCleared(value: ValueFact, { kind }: Options): boolean {
  return kind !== undefined && isSettled(value, kind);
}

function isTrusted(facts: ModuleFacts, piece: number, options: Options): boolean {
  if (options["trust-calls"] && holdsCall(facts, piece)) return true;
  const name = lastNameOf(facts.syntax, piece);
  return name !== undefined && nameWords(name).some((word) => options["harmless-words"].includes(word));
}

/** Methods that hand out what is kept, as it was put in. */
const READS = /\.(?:get|getlist|get_json|pop|popitem|setdefault|strip|lstrip|rstrip|lower|upper|title)$/;

/** `render(x)`, `title(x)[0]`, `(yield x)`: not a value under a name. */
function holdsCall({ syntax }: ModuleFacts, node: number): boolean {
  for (let at = node; at < syntax.next[node]; at++) {
    if (syntax.kind[at] === Kind.call && !READS.test(textOf(syntax, childByField(syntax, at, Field.function))))
      return true;
  }
  return false;
}
