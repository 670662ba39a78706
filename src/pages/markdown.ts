import { raw } from "hono/html";
import MarkdownIt from "markdown-it";
import { drawCode } from "./highlight.ts";
import type { Html } from "./html.ts";

const markdown = new MarkdownIt({ html: false, linkify: false });

markdown.renderer.rules.fence = (tokens, index) => {
  const { content = "", info = "" } = tokens[index] ?? {};
  return `<pre class="code" tabindex="0"><code>${drawCode(content.replace(/\n$/u, ""), info.trim())}</code></pre>`;
};

/** The prose of a rule, HTML of its own left out. */
export function drawMarkdown(text: string): Html {
  return raw(markdown.render(text));
}

/** One line of prose, a rule's title or message: code spans and emphasis. */
export function drawInline(text: string): Html {
  return raw(markdown.renderInline(text.trim()));
}

/** Prose without its marks, for where HTML has room for text alone. */
export function plainProse(text: string): string {
  return text
    .replace(/```[\s\S]*?```/gu, " ")
    .replace(/[`*]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}
