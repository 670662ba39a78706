import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, children, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { Triggers } from "../../rules/triggers.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { longestWord } from "../../text/name-words.ts";
import { oncePer } from "../../text/once-per.ts";
import { brief } from "../shared/brief.ts";
import { literalText } from "../shared/literal.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  equals: z.array(z.string()).default([]),
  "starts-with": z.array(z.string()).default([]),
  contains: z.array(z.string()).default([]),
});
type Options = z.infer<typeof Options>;

/** Literals of a certain text wherever a value is wanted: neither documentation nor what something is compared with. */
export const literalTextDetector: ModuleDetector = {
  kind: "module",
  name: "literal-text",
  ...withOptions(Options, {
    triggers: (options) => triggersOf(Object.values(options).flat()),
    detect,
  }),
};

/** A literal may be written in pieces: nobody cuts one inside a word. One that has no words, `::`, is looked for as it is. */
function triggersOf(texts: readonly string[]): Triggers {
  const words = texts.map(longestWord);
  return {
    literals: words.filter((word) => word !== undefined),
    texts: texts.filter((_, at) => words[at] === undefined).map((text) => text.replaceAll(/[^\w:]/g, "\\$&")),
  };
}

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  for (const { node, text } of textsOf(facts)) {
    const isWanted =
      options.equals.includes(text) ||
      options["starts-with"].some((start) => text.startsWith(start)) ||
      options.contains.some((part) => text.includes(part));
    if (isWanted) yield { node, fields: { text: brief(text), callee: brief(text), name: brief(text) } };
  }
}

/** All of a module: several rules look for theirs. */
const textsOf: (facts: ModuleFacts) => readonly { readonly node: number; readonly text: string }[] = oncePer(
  ({ syntax }) => {
    const nodes = [...nodesOfKinds(syntax, [Kind.string, Kind.concatenated_string])];
    return nodes.flatMap((node) => {
      const text = isValue(syntax, node) ? (literalText(syntax, node) ?? formattedText(syntax, node)) : undefined;
      return text === undefined ? [] : [{ node, text }];
    });
  },
);

/** What is written out of an f-string, `{}` in the place of each value. */
function formattedText(syntax: SyntaxArrays, node: number): string | undefined {
  if (syntax.kind[node] !== Kind.string) return undefined;
  const parts = children(syntax, node).map((part) => {
    if (syntax.kind[part] === Kind.interpolation) return "{}";
    return syntax.kind[part] === Kind.string_content ? textOf(syntax, part) : "";
  });
  return parts.join("");
}

function isValue(syntax: SyntaxArrays, node: number): boolean {
  const kind = syntax.kind[node];
  if (kind !== Kind.string && kind !== Kind.concatenated_string) return false;
  const around = syntax.parent[node];
  switch (syntax.kind[around]) {
    case Kind.concatenated_string:
    case Kind.comparison_operator:
      return false;
    case Kind.expression_statement:
      return !isDocumentation(syntax, around);
    case Kind.assignment:
      return !DOCUMENTS.test(textOf(syntax, childByField(syntax, around, Field.left)));
    default:
      return true;
  }
}

/** Names of texts that people read: `DOCUMENTATION`, `EXAMPLES`, `USAGE`. */
const DOCUMENTS = /^(?:__doc__|(?:\w+_)?(?:DOC|DOCS|DOCUMENTATION|EXAMPLES?|RETURN|USAGE|HELP|EPILOG))$/;

/** The first statement of a module, a class or a function. */
function isDocumentation(syntax: SyntaxArrays, statement: number): boolean {
  return children(syntax, syntax.parent[statement]).find((node) => syntax.kind[node] !== Kind.comment) === statement;
}
