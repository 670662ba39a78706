import { html, raw } from "hono/html";
import type { Finding, Notice } from "../analysis/finding.ts";
import { noticeText } from "../report/notice-text.ts";
import type { Level, Rule } from "../rules/rule.ts";
import { drawFinding, markedColumns } from "./finding-view.ts";
import { drawPart, languageOf } from "./highlight.ts";
import type { Html } from "./html.ts";
import type { PageLinks } from "./links.ts";
import { drawInline, plainProse } from "./markdown.ts";
import type { PastedFile, PasteReview } from "./paste-review.ts";

type Reviewed = Exclude<PasteReview, { readonly kind: "unreadable" }>;

/** More are counted and not drawn. */
const MOST_DRAWN = 50;

/** Notices after which no finding does not mean that there is none. */
const GAPS: ReadonlySet<Notice["kind"]> = new Set(["crashed", "too-slow", "limit", "rule-failed"]);

const LEVELS: readonly Level[] = ["error", "warning", "note"];

/** What is said of a paste, as the part of a page. Its summary is in `data-summary`, for a status line to say. */
export function drawPlaygroundResult(review: PasteReview, rules: ReadonlyMap<string, Rule>, links: PageLinks): Html {
  if (review.kind === "unreadable")
    return drawMessage("This begins like a diff and is none: the lines of a hunk are not as many as its head says.");
  return html`<div class="result" data-summary="${summaryOf(review)}">
<h2>${summaryOf(review)}</h2>
${review.kind === "diff" ? html`<p class="quiet">A diff shows parts of its files. What an import or a line outside of it says is not known here, so a finding may be missing that a review of the pull request has.</p>` : ""}
${drawLeftOut(review.leftOut)}
${review.files.map((file) => drawFile(file, review, rules, links))}
</div>`;
}

/** Instead of a result: what is wrong, and what to do. */
export function drawMessage(message: string): Html {
  return html`<div class="result" data-summary="${plainProse(message)}"><p>${drawInline(message)}</p></div>`;
}

function summaryOf({ kind, files, leftOut }: Reviewed): string {
  const findings = files.flatMap((file) => file.findings);
  const counts = LEVELS.flatMap((level) => {
    const count = findings.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [`${count} ${level}${count === 1 ? "" : "s"}`];
  });
  if (counts.length > 0) return counts.join(", ");
  if (files.some(({ notices }) => notices.some(({ kind: what }) => GAPS.has(what))))
    return "Not all of it could be analysed";
  if (files.length === 0 && leftOut.length > 0) return "No Python in this diff";
  if (kind === "diff") return "Nothing found in what the diff adds";
  const isPython = files.every(({ notices }) => notices.every((notice) => notice.kind !== "syntax-error"));
  return isPython ? "Nothing found" : "Nothing found, but not all of it is Python";
}

function drawLeftOut(paths: readonly string[]): Html | "" {
  if (paths.length === 0) return "";
  const [few, rest] = [paths.slice(0, 10), paths.length - 10];
  return html`<p class="quiet">Not looked at: ${few.map((path, at) => html`${at > 0 ? ", " : ""}<code>${path}</code>`)}${rest > 0 ? ` and ${rest} more` : ""}.</p>`;
}

function drawFile(file: PastedFile, { kind }: Reviewed, rules: ReadonlyMap<string, Rule>, links: PageLinks): Html {
  const { path, text, findings, silenced } = file;
  const ordered = findings.toSorted(
    (a, b) =>
      LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.location.span.start.offset - b.location.span.start.offset,
  );
  const drawn = ordered.slice(0, MOST_DRAWN);
  const lines = text.split("\n");
  const marked = findings.flatMap((finding) => markedColumns(finding, lines));
  return html`<section aria-label="${path}">
${kind === "diff" ? html`<h3><code>${path}</code></h3>` : ""}
${noticesOf(file, kind).map((notice) => html`<p class="quiet">${drawInline(capitalized(noticeText(notice)))}${lineOf(notice)}.</p>`)}
${silenced > 0 ? html`<p class="quiet">${silenced} more ${silenced === 1 ? "is" : "are"} silenced by a comment in the code.</p>` : ""}
${drawn.map((finding) => drawReported(finding, text, kind, rules.get(finding.ruleId), links))}
${ordered.length > drawn.length ? html`<p class="quiet">And ${ordered.length - drawn.length} more.</p>` : ""}
${file.parts.map(({ first, last, added }) => {
  const code = lines
    .slice(first - 1, last)
    .join("\n")
    .trimEnd();
  if (code === "") return "";
  return html`<pre class="code numbered" tabindex="0" aria-label="${path} from line ${first}"><code>${raw(drawPart(code, languageOf(path), { first, marked, added }))}</code></pre>`;
})}
</section>`;
}

function drawReported(
  finding: Finding,
  text: string,
  kind: Reviewed["kind"],
  rule: Rule | undefined,
  links: PageLinks,
): Html {
  const { ruleId } = finding;
  return html`<article>
<h3><a href="${links.rule(ruleId)}">${drawInline(rule?.title ?? ruleId)}</a></h3>
${kind === "python" ? drawFinding(finding, text, drawLineOfField) : drawFinding(finding, text)}
</article>`;
}

/** In pasted Python a line of the file is one of the text field, which the script goes to. */
function drawLineOfField(line: number): Html {
  return html`<a href="#code" data-line="${line}">line ${line}</a>`;
}

/** Where a hunk ends in the middle of a statement, that is no Python; nothing is wrong with the file. */
function noticesOf({ notices }: PastedFile, kind: Reviewed["kind"]): readonly Notice[] {
  return kind === "diff" ? notices.filter((notice) => notice.kind !== "syntax-error") : notices;
}

function lineOf(notice: Notice): string {
  return "location" in notice ? ` (line ${notice.location.span.start.line})` : "";
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
