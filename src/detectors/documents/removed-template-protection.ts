import type { DocumentChangeDetector, DocumentSides, ManifestDetection } from "../../rules/detector.ts";
import { countsOf } from "../../text/counts-of.ts";
import { createLineIndex } from "../../text/line-index.ts";
import { countOfOff, escapedIn, isTemplate, unescapedIn } from "./template-escaping.ts";

/** Values that a template escaped, and forms that it gave a token, and that it leaves as they are from now on. */
export const removedTemplateProtection: DocumentChangeDetector = {
  kind: "document-change",
  name: "removed-template-protection",
  prepare: () => ({ concerns: (path) => TEMPLATE.test(path), detect }),
};

const TEMPLATE = /\.(?:html?|djhtml|jinja2?|j2)$/iu;

function* detect({ base, head }: DocumentSides): Generator<ManifestDetection> {
  if (!isTemplate(head) || base.text === "") return;
  const { spanOf } = createLineIndex(head.text);
  const then = countsOf(escapedIn(base.text).map(nameOf));
  const now = countsOf(escapedIn(head.text).map(nameOf));
  const known = new Set(unescapedIn(base.text).map(({ value }) => nameOf(value)));
  for (const { start, end, value } of unescapedIn(head.text)) {
    const name = nameOf(value);
    if (known.has(name) || (now.get(name) ?? 0) >= (then.get(name) ?? 0)) continue;
    const without = "what it holds is put into the page as it is";
    yield { span: spanOf(start, end), fields: { what: `the escaping of \`${name}\``, without } };
  }
  if (countOfOff(head.text) > countOfOff(base.text)) yield* switchedOff(head.text, spanOf);
  yield* lostTokens({ base, head }, spanOf);
  yield* lostConditions({ base, head }, spanOf);
}

/** How a block begins that a template shows to some alone, also inside another one, and how it ends. */
const OPENS = /\{%-?\s{0,20}if\s{1,20}([^%]{1,300}?)\s{0,20}-?%\}/gsu;
const CLOSES = /\{%-?\s{0,20}(?:endif|else|elif)\b/u;

/** UTF-16 code units of a block that are looked at. */
const LONGEST = 4_000;

/** What is asked of whoever sees the page. */
const ASKS_WHO =
  /^(?:perms\.|(?:request\.|current_)?user\.(?:is_(?:staff|superuser|admin\w*)|has_\w+|can_\w+|role)|has_perm|can_\w+\()/u;

function* lostConditions({ base, head }: DocumentSides, spanOf: SpanOf): Generator<ManifestDetection> {
  const then = blocksIn(base.text);
  const blocks = blocksIn(head.text);
  const now = blocks.map(({ condition }) => condition);
  const known = new Set(then.map(({ condition }) => condition));
  // Another condition may show it to the same people.
  if (now.some((condition) => !known.has(condition))) return;
  for (const { condition, body } of then) {
    const isFewer =
      now.filter((one) => one === condition).length < then.filter((one) => one.condition === condition).length;
    const others = blocks.filter((one) => one.condition === condition);
    const at = isFewer && body.length >= SHORTEST ? placeOutside(head.text, body, others) : -1;
    if (at < 0) continue;
    const without = "whoever sees the page sees what was for some alone";
    yield { span: spanOf(at, at + body.length), fields: { what: `the condition \`${condition}\``, without } };
  }
}

/** Places of a text that are looked at. */
const MAX_PLACES = 8;

/** Where a text stands that is in none of the blocks, or -1. */
function placeOutside(text: string, wanted: string, blocks: readonly Block[]): number {
  let at = text.indexOf(wanted);
  for (let left = MAX_PLACES; at >= 0 && left > 0; left--) {
    const place = at;
    if (!blocks.some(({ start, end }) => start <= place && place < end)) return at;
    at = text.indexOf(wanted, at + wanted.length);
  }
  return -1;
}

interface Block {
  readonly condition: string;
  readonly body: string;
  readonly start: number;
  readonly end: number;
}

/** UTF-16 code units of what is shown: less stands anywhere. */
const SHORTEST = 12;

function blocksIn(text: string): readonly Block[] {
  return [...text.matchAll(OPENS)].flatMap(({ 0: opening, 1: condition = "", index: start }) => {
    if (!ASKS_WHO.test(condition)) return [];
    const inside = text.slice(start + opening.length, start + opening.length + LONGEST);
    const length = inside.search(CLOSES);
    if (length < 0) return [];
    return [{ condition, body: inside.slice(0, length).trim(), start, end: start + opening.length + length }];
  });
}

type SpanOf = ReturnType<typeof createLineIndex>["spanOf"];

function* switchedOff(text: string, spanOf: SpanOf): Generator<ManifestDetection> {
  const found = /\{%-?\s{0,20}autoescape\s{1,20}(?:off|false)\s{0,20}-?%\}/u.exec(text);
  if (found === null) return;
  const without = "what values hold is put into the page as it is";
  yield {
    span: spanOf(found.index, found.index + found[0].length),
    fields: { what: "the escaping of a part of the page", without },
  };
}

/** A value without filters and spaces: `order.note` of `order.note|linebreaks`. */
function nameOf(value: string): string {
  return (value.split("|")[0] ?? "").trim();
}

const FORM = /<form\b([^>]{0,2000})>(.*?)<\/form>/gisu;
const GIVES_TOKEN = /csrf|xsrf|hidden_tag\(|\{%-?\s*(?:crispy|bootstrap_form|form\b|include|block)|\{\{\s*\w+\s*\}\}/iu;

/** Where a tag gives the token, a form that is put into the page gives none. */
const GIVES_TOKEN_IN_DJANGO = /csrf|xsrf|\{%-?\s*(?:crispy|bootstrap_form|form\b|include|block)/iu;

function isDjango({ body }: Form): boolean {
  return /\{%-?\s*csrf_token\b/u.test(body);
}

interface Form {
  readonly start: number;
  /** Of the tag alone. */
  readonly end: number;
  readonly attributes: string;
  readonly body: string;
}

function* lostTokens({ base, head }: DocumentSides, spanOf: SpanOf): Generator<ManifestDetection> {
  const then = postsIn(base.text);
  const now = postsIn(head.text);
  for (const [at, form] of now.entries()) {
    const before =
      then.find((one) => one.attributes === form.attributes) ?? (then.length === now.length ? then[at] : undefined);
    if (
      before === undefined ||
      !/csrf|hidden_tag\(/iu.test(before.body) ||
      (isDjango(before) ? GIVES_TOKEN_IN_DJANGO : GIVES_TOKEN).test(form.attributes + form.body)
    )
      continue;
    const without = "the request is refused, or is no longer told from one that another site forges";
    yield { span: spanOf(form.start, form.end), fields: { what: "the CSRF token of a form", without } };
  }
}

function postsIn(text: string): readonly Form[] {
  return [...text.matchAll(FORM)].flatMap(({ 0: whole, 1: attributes = "", 2: body = "", index }) => {
    if (!/\bmethod\s*=\s*["']?post\b/iu.test(attributes)) return [];
    return [{ start: index, end: index + whole.indexOf(body), attributes, body }];
  });
}
