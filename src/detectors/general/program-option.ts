import { z } from "zod";
import { Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { longestWord } from "../../text/name-words.ts";
import { literalText, operands } from "../shared/literal.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  /** Names of programs, without their folder. */
  programs: z.array(z.string()).min(1),
  /** Options as a word of their own: `--insecure`. */
  words: z.array(z.string()).default([]),
  /** Options of one letter, which may stand among others: `k` in `-fsSk`. */
  letter: z.string().length(1).optional(),
  /** Regular expressions for a whole word. */
  patterns: z.array(z.string()).default([]),
});
type Options = z.infer<typeof Options>;

const SHORT_OPTIONS = /^-[A-Za-z#]+$/;

/** Command lines in a list that begin with a certain program and hold a certain option. */
export const programOption: ModuleDetector = {
  kind: "module",
  name: "program-option",
  ...withOptions(Options, {
    triggers: ({ programs }) => ({ literals: programs.map((program) => longestWord(program) ?? program) }),
    detect,
  }),
};

function* detect({ syntax }: ModuleFacts, { programs, words, letter, patterns }: Options): Generator<Detection> {
  const shapes = patterns.map((pattern) => new RegExp(`^(?:${pattern})$`, "i"));
  for (const list of nodesOfKinds(syntax, [Kind.list, Kind.tuple])) {
    const [program, ...rest] = operands(syntax, list).map((node) => ({ node, text: literalText(syntax, node) }));
    const name = program?.text?.split("/").at(-1);
    if (name === undefined || !programs.includes(name)) continue;
    const option = rest.find(
      ({ text = "" }) =>
        words.includes(text) ||
        shapes.some((shape) => shape.test(text)) ||
        (letter !== undefined && SHORT_OPTIONS.test(text) && text.includes(letter)),
    );
    if (option === undefined) continue;
    const command = `${name} ${textOf(syntax, option.node).slice(1, -1)}`;
    yield { node: option.node, fields: { name: command, callee: command, text: command } };
  }
}
