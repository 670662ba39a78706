import { html } from "hono/html";
import type { Html } from "./html.ts";
import type { PageLinks } from "./links.ts";

export interface Page {
  readonly title: string;
  readonly description: string;
  readonly body: Html;
  /** Names of modules in `assets/` that the page does without. */
  readonly scripts?: readonly string[];
  /** Which of the pages that every page leads to it is. */
  readonly is?: "list" | "playground";
  /** As wide as the window: two columns instead of prose. */
  readonly wide?: boolean;
}

/** What all pages share. Without inline style or script: the content security policy allows neither. */
export function drawPage({ title, description, body, scripts = [], is, wide = false }: Page, links: PageLinks): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<title>${title} · Safepath</title>
<link rel="icon" href="${links.asset("icon.svg")}" type="image/svg+xml">
<link rel="stylesheet" href="${links.asset("site.css")}">
${scripts.map((name) => html`<script type="module" src="${links.asset(name)}"></script>`)}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="bar">
<p class="name"><a href="${links.list}">Safepath</a></p>
<nav aria-label="Pages"><a href="${links.list}"${is === "list" ? CURRENT : ""}>Rules</a>${
    links.playground === undefined
      ? ""
      : html` <a href="${links.playground}"${is === "playground" ? CURRENT : ""}>Playground</a>`
  }</nav>
</header>
<main id="content"${wide ? html` class="wide"` : ""}>
${body}
</main>
</body>
</html>
`;
}

const CURRENT = html` aria-current="page"`;
