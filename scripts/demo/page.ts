import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import MarkdownIt from "markdown-it";
import { type CodeLine, type CommentView, commentedLines, type ReviewView } from "./review-view.ts";

export type Theme = "light" | "dark" | "auto";

/** The review as one page without scripts, in GitHub's own style sheet for Markdown. */
export function drawPage(view: ReviewView, theme: Theme): string {
  return `<!doctype html>
<html lang="en" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(view.title)}</title>
<style>${styleSheet(theme)}</style>
</head>
<body>
<main>
<header><h1>${text(view.title)}</h1><nav><a href="/">auto</a> <a href="/light">light</a> <a href="/dark">dark</a></nav></header>
${check(view)}
${view.comments.length > 0 ? review(view) : ""}
</main>
</body>
</html>
`;
}

function check({ check: { conclusion, title, summary } }: ReviewView): string {
  return `<section class="box">
<h2 class="bar"><span class="mark ${conclusion}">${MARKS[conclusion] ?? "○"}</span> Safepath <small>${text(title)}</small></h2>
<div class="markdown-body pad">${markdown.render(summary)}</div>
</section>`;
}

const MARKS: Readonly<Record<string, string>> = { success: "✓", failure: "✕", neutral: "■" };

function review(view: ReviewView): string {
  return `<section>
<p class="said"><b>${text(view.author)}</b> <span class="bot">bot</span> reviewed</p>
${view.reviewBody === undefined ? "" : `<div class="markdown-body box pad">${markdown.render(view.reviewBody)}</div>`}
${view.comments.map((entry) => comment(entry, view.author)).join("\n")}
</section>`;
}

function comment(entry: CommentView, author: string): string {
  const commented = commentedLines(entry);
  const rows = entry.code.map((line) => codeRow(line, commented.includes(line) ? "on" : ""));
  const range =
    entry.line === undefined
      ? "File"
      : entry.startLine
        ? `Lines ${entry.startLine} to ${entry.line}`
        : `Line ${entry.line}`;
  return `<article class="box">
<h3 class="bar"><code>${text(entry.path)}</code> <small>${range}</small></h3>
<table class="code">${rows.join("")}</table>
<div class="pad comment"><p class="said"><b>${text(author)}</b> <span class="bot">bot</span></p>
<div class="markdown-body">${markdown.render(entry.body, { replaced: commented })}</div></div>
</article>`;
}

function codeRow({ number, text: code, added }: CodeLine, more: string): string {
  return `<tr class="${added ? "added" : ""} ${more}"><td>${number}</td><td>${added ? "+" : " "}${text(code)}</td></tr>`;
}

const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false });
const drawFence = markdown.renderer.rules.fence;

/** A suggestion is drawn as GitHub draws it: the lines that go, and the lines that come. */
markdown.renderer.rules.fence = (tokens, index, options, env, self) => {
  const token = tokens[index];
  if (token?.info.trim() !== "suggestion") return drawFence?.(tokens, index, options, env, self) ?? "";
  const { replaced = [] } = (env ?? {}) as { readonly replaced?: readonly CodeLine[] };
  const gone = replaced.map((line) => `<tr class="removed"><td>${line.number}</td><td>-${text(line.text)}</td></tr>`);
  const code = token.content.replace(/\n$/u, "");
  const come =
    code === "" ? [] : code.split("\n").map((line) => `<tr class="added"><td></td><td>+${text(line)}</td></tr>`);
  return `<div class="box suggestion"><p class="bar">Suggested change</p><table class="code">${[...gone, ...come].join("")}</table></div>`;
};

function text(raw: string): string {
  return markdown.utils.escapeHtml(raw);
}

function styleSheet(theme: Theme): string {
  const name = theme === "auto" ? "github-markdown.css" : `github-markdown-${theme}.css`;
  const github = readFileSync(createRequire(import.meta.url).resolve(`github-markdown-css/${name}`), "utf8");
  const own = readFileSync(new URL("page.css", import.meta.url), "utf8");
  return `${github}\n${own}`;
}
