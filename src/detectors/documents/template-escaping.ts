import type { DocumentFacts } from "../../documents/document.ts";
import type { DocumentDetector, ManifestDetection } from "../../rules/detector.ts";
import { createLineIndex } from "../../text/line-index.ts";

/** Characters between the braces of a tag: a longer one is none. */
const OFF = /\{%-?\s{0,20}autoescape\s{1,20}(?:off|false)\s{0,20}-?%\}/gu;
const OUTPUT = /\{\{((?:(?!\}\}|\{\{)[^\n]){1,500})\}\}/gu;

const HTML_TAG = /<\/?[a-z][a-z0-9]{0,9}[\s>/]/iu;

/** Filters after which the text is safe for HTML, or that say that they make it so. */
const MAKES_SAFE =
  /\|\s*(?:force_)?(?:escape|e|escapejs|escape\w*|striptags|urlencode|tojson|to_json|json\w*|linebreaks|linebreaksbr|urlize|floatformat|intcomma|date|length)\b|sanit|clean|bleach|nh3|markdown|render|icon|svg/iu;

/** `{% autoescape off %}` of Django, `{% autoescape false %}` of Jinja. */
export const autoescapeTag: DocumentDetector = {
  kind: "document",
  name: "autoescape-tag",
  prepare: () => (document) => (isTemplate(document) ? detectOff(document) : []),
};

/** `{{ value|safe }}` of a value that nothing has escaped before. */
export const safeFilter: DocumentDetector = {
  kind: "document",
  name: "safe-filter",
  prepare: () => (document) => (isTemplate(document) ? detectSafe(document) : []),
};

/** Templates of texts that are no HTML have other endings (`body.txt.j2`, `nginx.conf.j2`) or say so: `body-text.html`. */
export function isTemplate({ path, format }: DocumentFacts): boolean {
  return (
    format === "template" && !/\.(?!html?\.)\w+\.(?:j2|jinja2?)$|[-_.](?:text|txt|plain|subject)\.html?$/iu.test(path)
  );
}

function* detectOff({ text }: DocumentFacts): Generator<ManifestDetection> {
  if (isPlainText(text)) return;
  const lines = createLineIndex(text);
  for (const { 0: tag, index } of text.matchAll(OFF)) {
    yield { span: lines.spanOf(index, index + tag.length), fields: { tag: tag.replace(/\s+/gu, " ") } };
  }
}

/** Words outside of tags that a text of its own has, and a piece of a page need not have. */
const WORDS = 8;

/** The text of a mail: switched off from its first line to its last, with words and without a tag of HTML. */
function isPlainText(text: string): boolean {
  if (HTML_TAG.test(text)) return false;
  const written = text.replaceAll(/\{#[^\n]{0,500}?#\}|\{%-?\s{0,20}(?:load|import)\s[^\n]{0,500}?%\}/gu, "").trim();
  const [first] = written.matchAll(OFF);
  if (first?.index !== 0 || !/\{%-?\s{0,20}endautoescape\s{0,20}-?%\}$/u.test(written)) return false;
  const words = written.replaceAll(/\{\{[^\n]{0,500}?\}\}|\{%[^\n]{0,500}?%\}/gu, " ").match(/\p{L}{2,}/gu);
  return (words?.length ?? 0) >= WORDS;
}

function* detectSafe({ text }: DocumentFacts): Generator<ManifestDetection> {
  const lines = createLineIndex(text);
  for (const { start, end, value } of unescapedIn(text)) yield { span: lines.spanOf(start, end), fields: { value } };
}

/** A tag that writes a value, as offsets, and the value without the filter. */
export interface Output {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** Values that `|safe` puts into a page and that nothing has made safe before. */
export function unescapedIn(text: string): readonly Output[] {
  if (!HTML_TAG.test(text)) return [];
  return [...text.matchAll(OUTPUT)].flatMap(({ 0: tag, 1: inner = "", index }) => {
    const value = /^(.*?)\|\s*safe\s*(?:\||$)/u.exec(inner.trim())?.[1]?.trim() ?? "";
    if (value === "" || isLiteral(value) || MAKES_SAFE.test(value) || isOfFramework(value)) return [];
    return [{ start: index, end: index + tag.length, value }];
  });
}

/** Values that are written and escaped, with their filters. */
export function escapedIn(text: string): readonly string[] {
  return [...text.matchAll(OUTPUT)].flatMap(({ 1: inner = "" }) => (/\|\s*safe\b/u.test(inner) ? [] : [inner.trim()]));
}

/** How often a template switches escaping off. */
export function countOfOff(text: string): number {
  return [...text.matchAll(OFF)].length;
}

function isLiteral(value: string): boolean {
  return /^(?:_\()?(["'])[^"']*\1\)?(?:\s*\|.*)?$/u.test(value);
}

/** What forms, pagers and the engines themselves make. */
function isOfFramework(value: string): boolean {
  return /^(?:form|field|formset|widget|media|super|caller|block|csrf|self|config|settings|loop|forloop|url_for|static)\b|\.(?:as_p|as_table|label_tag|help_text|media|errors)\b|\(\)\s*$/u.test(
    value,
  );
}
