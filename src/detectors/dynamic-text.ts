import { z } from "zod";
import { Kind } from "../python/kinds.ts";
import { children, textOf } from "../python/walk.ts";
import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../taint/facts.ts";
import { brief } from "./shared/brief.ts";
import { factIndex } from "./shared/fact-index.ts";
import { matchesPath } from "./shared/path-pattern.ts";
import { isPlainValue } from "./shared/plain-value.ts";
import { textPieces } from "./shared/text-pieces.ts";

const Options = z.strictObject({
  calls: z
    .array(
      z.strictObject({
        /** API paths; `*` in one stands for anything. */
        callee: z.array(z.string()).min(1),
        argument: z.strictObject({ position: z.number().int().optional(), keyword: z.string().optional() }),
        /** Keywords that have to be known to hold these constants. */
        when: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
        /** A function or another object in the argument's place is not text. */
        "text-only": z.boolean().default(false),
        /** Only text with a literal around the piece: a value that is passed on as a whole is somebody else's. */
        "beside-literal": z.boolean().default(false),
      }),
    )
    .min(1),
  /** Calls whose first argument is what counts, `compile`. */
  through: z.array(z.string()).default([]),
  /** Calls whose result is harmless in the text, `shlex.quote`. */
  harmless: z.array(z.string()).default([]),
});
type Options = z.infer<typeof Options>;

/** Text that is read as a program and put together at run time, with at least one piece that nothing makes harmless. */
export const dynamicText: ModuleDetector = {
  kind: "module",
  name: "dynamic-text",
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  for (const call of facts.calls) {
    for (const described of options.calls) {
      if (!isNamed(call, described.callee) || !holds(call, described.when)) continue;
      const argument = argumentOf(call, described.argument);
      if (argument === undefined) continue;
      const piece = dynamicPiece(facts, argument.node, options);
      if (piece === undefined || (described["text-only"] && piece === argument.node)) continue;
      if (described["beside-literal"] && !holdsLiteral(facts, argument.node)) continue;
      yield { node: call.node, fields: { callee: call.name, piece: brief(textOf(facts.syntax, piece)) } };
      break;
    }
  }
}

function isNamed(call: CallFact, patterns: readonly string[]): boolean {
  return call.callee.some((path) => patterns.some((pattern) => matchesPath(path, pattern)));
}

function argumentOf(
  call: CallFact,
  wanted: { position?: number | undefined; keyword?: string | undefined },
): ArgumentFact | undefined {
  return call.args.find(
    ({ position, keyword }) =>
      (wanted.keyword !== undefined && keyword === wanted.keyword) ||
      (wanted.position !== undefined && position === wanted.position),
  );
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
    const call = callAt.get(node);
    return call !== undefined && !/\.(?:join|format)$/.test(call.name);
  });
  return found;
}

/** The first piece of the text that is only known at run time. */
function dynamicPiece(facts: ModuleFacts, argument: number, options: Options): number | undefined {
  const { callAt } = factIndex(facts);
  const isHarmless = (node: number): boolean => {
    const value = facts.value(node);
    if (value !== undefined && (value.constancy === "constant" || isPlainValue(value))) return true;
    return callAt.get(node)?.callee.some((path) => options.harmless.includes(path)) ?? false;
  };
  for (const piece of textPieces(facts, argument, isHarmless)) {
    const passed = callAt.get(piece);
    if (passed?.callee.some((path) => options.through.includes(path))) {
      const inner = passed.args[0];
      const found = inner === undefined ? undefined : dynamicPiece(facts, inner.node, options);
      if (found !== undefined) return found;
    } else if (facts.value(piece)?.constancy === "dynamic") {
      return piece;
    }
  }
  return undefined;
}
