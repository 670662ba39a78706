import { z } from "zod";
import { Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { buildsText, isWholeText, TEXT_BUILDERS } from "../shared/built-text.ts";
import { factIndex } from "../shared/fact-index.ts";
import { isHarmless } from "../shared/foreign-piece.ts";
import { textPieces } from "../shared/text-pieces.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  /** Where the value comes from. */
  labels: z.array(z.string()).min(1),
});
type Options = z.infer<typeof Options>;

/** A tag of HTML that begins: neither `<b` in a comparison nor `<Request …>` of a log line. */
const TAG =
  /<\/?(?:a|abbr|article|b|body|br|button|code|div|em|footer|form|h[1-6]|head|header|html|i|iframe|img|input|label|li|link|meta|nav|ol|option|p|pre|script|section|select|small|span|strong|style|svg|table|tbody|td|textarea|th|thead|title|tr|ul)(?=[\s/>])/i;

/** Markup put together by hand around a value from outside that nothing has escaped. */
export const htmlText: ModuleDetector = {
  kind: "module",
  name: "html-text",
  ...withOptions(Options, { triggers: (options) => ({ labels: options.labels }), detect }),
};

function* detect(facts: ModuleFacts, { labels }: Options): Generator<Detection> {
  const { syntax } = facts;
  const sent = statementsOnTheWay(facts);
  for (const node of nodesOfKinds(syntax, TEXT_BUILDERS)) {
    if (!buildsText(syntax, node) || !isWholeText(syntax, node)) continue;
    const piece = foreignPiece(facts, node, labels);
    if (piece === undefined || sent.has(statementOf(syntax, node)) || isPlainAnswer(facts, node)) continue;
    yield { node, fields: { piece: brief(textOf(syntax, piece)) } };
  }
}

/** Answers that a browser shows as text. */
const PLAIN_ANSWERS: ReadonlySet<string> = new Set([
  "starlette.responses.PlainTextResponse",
  "fastapi.responses.PlainTextResponse",
  "sanic.response.text",
  "aiohttp.web.Response",
]);

/** `PlainTextResponse(f"<{name}>")`: the call that the text is an argument of sends it as text. */
function isPlainAnswer(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  let at = syntax.parent[node];
  if (syntax.kind[at] === Kind.keyword_argument) at = syntax.parent[at];
  if (syntax.kind[at] !== Kind.argument_list) return false;
  const call = factIndex(facts).callAt.get(syntax.parent[at]);
  const type = call?.args.find(({ keyword }) => keyword === "content_type")?.value.constants ?? [];
  const isMarkup = type.some((one) => typeof one === "string" && /html|svg|xml/i.test(one));
  return !isMarkup && call?.callee.some((path) => PLAIN_ANSWERS.has(path)) === true;
}

/** The statements that a flow into a page goes through: there the page is what counts, and it is reported. */
function statementsOnTheWay(facts: ModuleFacts): ReadonlySet<number> {
  const flows = facts.flows.filter(({ kind }) => kind === "html");
  const nodes = flows.flatMap(({ trace }) => trace.steps.filter(({ path }) => path === facts.path));
  return new Set(nodes.map(({ node }) => statementOf(facts.syntax, node)));
}

function statementOf(syntax: SyntaxArrays, node: number): number {
  let at = node;
  while (at !== 0 && syntax.kind[syntax.parent[at]] !== Kind.block && syntax.parent[at] !== 0) at = syntax.parent[at];
  return at;
}

/** The first value from outside in a text that holds a tag. */
function foreignPiece(facts: ModuleFacts, text: number, labels: readonly string[]): number | undefined {
  let hasTag = false;
  const pieces = textPieces(facts, text, (node) => {
    hasTag ||= TAG.test(fixedText(facts, node));
    return isHarmless(facts, node, "html");
  });
  if (!hasTag) return undefined;
  return pieces.find((node) => node !== text && facts.value(node)?.labels.some((label) => labels.includes(label)));
}

/** What of an expression stands in the source: the text of a literal, or of a constant that a name stands for. */
function fixedText(facts: ModuleFacts, node: number): string {
  const { syntax } = facts;
  const constants = facts.value(node)?.constants ?? [];
  if (constants.length > 0) return constants.filter((constant) => typeof constant === "string").join(" ");
  return syntax.kind[node] === Kind.string ? textOf(syntax, node) : "";
}
