import { html } from "hono/html";
import type { Html } from "./html.ts";
import { drawPage } from "./layout.ts";
import type { PageLinks } from "./links.ts";

export interface PageMessage {
  readonly title: string;
  readonly text: string;
  /** The id of the rule that was probably meant. */
  readonly similar?: string | undefined;
}

/** Instead of a page that cannot be shown: why, and where to go on. */
export function drawMessagePage({ title, text, similar }: PageMessage, links: PageLinks): Html {
  const body = html`<h1>${title}</h1>
<p class="lead">${text}</p>
${similar === undefined ? "" : html`<p>Did you mean <a href="${links.rule(similar)}"><code>${similar}</code></a>?</p>`}
<p><a href="${links.list}">All rules</a></p>`;
  return drawPage({ title, description: text, body }, links);
}
