import { html } from "hono/html";
import type { Html } from "./html.ts";
import { drawPage } from "./layout.ts";
import type { PageLinks } from "./links.ts";

export interface PlaygroundInput {
  readonly code: string;
  readonly audit: boolean;
  /** What was said of the code, where the page was asked for together with it. */
  readonly result?: Html;
}

/** Code on the left, what is said of it on the right. Without JavaScript the form is sent, and the page comes back with both. */
export function drawPlaygroundPage({ code, audit, result }: PlaygroundInput, links: PageLinks): Html {
  const body = html`<h1>Playground</h1>
<p class="lead">Paste Python, or a diff: what a review would say of it appears as you type. It is analysed in memory, never run, and not
kept.</p>
<div class="playground">
<form method="post" action="${links.playground ?? ""}">
<label for="code">Python, or a diff</label>
<textarea id="code" name="code" rows="22" wrap="off" spellcheck="false" autocapitalize="off" autocomplete="off">
${code}</textarea>
<p class="choices">
<label><input type="checkbox" name="audit" value="on"${audit ? html` checked` : ""}> everything worth a look (audit)</label>
<button type="submit">Check</button>
<button type="button" data-share hidden>Copy a link</button>
</p>
<p class="quiet" role="status">${result === undefined ? "Without JavaScript, press Check." : ""}</p>
<p class="quiet" role="status" data-shared></p>
</form>
<div data-result>${result ?? ""}</div>
</div>`;
  const description = "Paste Python or a diff, and see what Safepath says of it.";
  return drawPage(
    { title: "Playground", description, body, scripts: ["playground.js"], is: "playground", wide: true },
    links,
  );
}
