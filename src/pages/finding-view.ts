import { html } from "hono/html";
import type { Finding, Fix, TraceStepShown } from "../analysis/finding.ts";
import { hunksOfFix, shortened } from "../report/fix-hunks.ts";
import { showInvisible, showInvisibleInCode } from "../text/invisible.ts";
import type { Location } from "../text/span.ts";
import type { MarkedColumns } from "./highlight.ts";
import type { Html } from "./html.ts";
import { drawInline } from "./markdown.ts";

/** What is said of a place: the message, the way of the value, the change that is offered. `drawLine` names a line of `code`. */
export function drawFinding(finding: Finding, code: string, drawLine: (line: number) => Html = drawQuietLine): Html {
  const { level, message, trace, fix, location } = finding;
  const drawPlace = ({ path, span }: Location) =>
    path === location.path
      ? drawLine(span.start.line)
      : html`<span class="quiet"><code>${path}</code> line ${span.start.line}</span>`;
  return html`<div class="finding">
<p><span class="level ${level}">${level}</span> ${drawPlace(location)} ${drawInline(showInvisible(message))}</p>
${trace !== undefined && trace.length > 1 ? drawTrace(trace, drawPlace) : ""}
${fix === undefined ? "" : drawFix(fix, code)}
</div>`;
}

/** The columns that a finding covers, line by line, of the lines of a file. */
export function markedColumns({ location: { span } }: Finding, lines: readonly string[]): readonly MarkedColumns[] {
  const { start, end } = span;
  return lines.slice(start.line - 1, end.line).map((text, at) => {
    const line = start.line + at;
    const indent = text.length - text.trimStart().length;
    const from = line === start.line ? start.column : indent;
    return { line, from, to: Math.max(line === end.line ? end.column : text.length, from + 1) };
  });
}

function drawQuietLine(line: number): Html {
  return html`<span class="quiet">line ${line}</span>`;
}

function drawTrace(trace: readonly TraceStepShown[], drawPlace: (location: Location) => Html): Html {
  return html`<p class="head">How the value gets here</p>
<ol class="trace">${trace.map(
    ({ role, note, location }) =>
      html`<li class="${role}">${drawPlace(location)} ${drawInline(showInvisible(note))}</li>`,
  )}</ol>`;
}

const HEADS = {
  safe: "The change that is offered",
  unsafe: "A change that is offered; look at it before you take it",
} as const;

function drawFix(fix: Fix, code: string): Html {
  const lines = hunksOfFix(fix, code, 1).flatMap((hunk) => shortened(hunk.lines));
  return html`<p class="head">${HEADS[fix.applicability]}: ${drawInline(fix.title)}</p>
<pre class="code diff" tabindex="0"><code>${lines.map(
    (line) => html`<span class="line ${KINDS[line.charAt(0)] ?? ""}">${showInvisibleInCode(line)}
</span>`,
  )}</code></pre>`;
}

const KINDS: Readonly<Record<string, string>> = { "+": "added", "-": "removed" };
