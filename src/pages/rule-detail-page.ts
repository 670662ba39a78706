import { html, raw } from "hono/html";
import type { Rule } from "../rules/rule.ts";
import { SECTION_TITLES } from "../rules/section-titles.ts";
import { versionNotes } from "../rules/version-notes.ts";
import { weaknessPage } from "../rules/weakness-page.ts";
import type { AnalysedExample } from "./example.ts";
import { drawFinding, markedColumns } from "./finding-view.ts";
import { FOUNDING_SENTENCES } from "./founding-sentences.ts";
import { drawCode, languageOf } from "./highlight.ts";
import type { Html } from "./html.ts";
import { drawPage } from "./layout.ts";
import type { PageLinks } from "./links.ts";
import { drawInline, drawMarkdown, plainProse } from "./markdown.ts";

export interface RuleExamples {
  readonly bad: readonly AnalysedExample[];
  readonly good: readonly AnalysedExample[];
}

/** The page of one rule: what an attacker gains, what to write instead, and the code that proves both. */
export function drawRuleDetailPage(rule: Rule, examples: RuleExamples, links: PageLinks): Html {
  const { id, title, level, section } = rule;
  const versions = versionNotes(rule);
  const body = html`<p class="quiet"><a href="${links.list}#${section}">${SECTION_TITLES[section]}</a></p>
<h1>${drawInline(title)}</h1>
${drawFacts(rule)}
<blockquote class="message ${level}">${drawInline(messageOf(rule, examples))}</blockquote>
<h2>Why it matters</h2>
${drawMarkdown(rule.why)}
<h2>What to write instead</h2>
${drawMarkdown(rule.remedy)}
<h2>Reported</h2>
${links.playground === undefined || rule.bad[0]?.between !== undefined ? "" : html`<p class="try"><a href="${links.playground}?rule=${id}">Try it in the playground</a></p>`}
${drawExamples(rule, examples.bad)}
<h2>Not reported</h2>
${drawExamples(rule, examples.good)}
${versions.length === 0 ? "" : html`<h2>Which versions</h2>${drawMarkdown(versions.join("\n\n"))}`}
${rule.limits === undefined ? "" : html`<h2>What it does not see</h2>${drawMarkdown(rule.limits)}`}
<h2>Not a problem here?</h2>
${drawSilence(rule)}
${drawSeed(rule)}
<h2>Read more</h2>
<ul>${rule.references.map((address) => html`<li><a href="${address}" rel="noreferrer">${shortAddress(address)}</a></li>`)}</ul>`;
  return drawPage({ title: `${plainProse(title)} (${id})`, description: shortened(plainProse(rule.why)), body }, links);
}

/** As a comment says it, of the first example. */
function messageOf({ message }: Rule, { bad }: RuleExamples): string {
  return bad.flatMap(({ findings }) => findings)[0]?.message ?? message;
}

function drawFacts({ id, level, levelWhenAdded, cwe, furtherCwes, precision, profile }: Rule): Html {
  const weaknesses = [cwe, ...furtherCwes].map((id) => html`<a href="${weaknessPage(id)}" rel="noreferrer">${id}</a>`);
  return html`<p class="facts"><span class="level ${level}">${level}</span>${
    levelWhenAdded === undefined ? "" : html` (${levelWhenAdded} in code that a change adds)`
  } · <code>${id}</code> · ${weaknesses.map((link, at) => html`${at === 0 ? "" : ", "}${link}`)} · precision ${precision.replace("-", " ")}${
    profile === "audit" ? html` · only with <code>--profile audit</code>` : ""
  }</p>`;
}

/** Examples of a kind that a page shows: nobody reads a hundred, and a browser lays them all out. */
export const SHOWN_EXAMPLES = 40;

function drawExamples({ id, section }: Rule, examples: readonly AnalysedExample[]): Html {
  const more = examples.length - SHOWN_EXAMPLES;
  return html`${examples.slice(0, SHOWN_EXAMPLES).map(drawExample)}${
    more <= 0
      ? ""
      : html`<p class="quiet">${more} more stand in <code>rules/${section}/${id}.yml</code>, and are tests as these are.</p>`
  }`;
}

function drawExample({ name, path, before, between, files = {}, code, findings }: AnalysedExample): Html {
  const language = languageOf(path);
  const reported = between ?? code;
  const marked = findings.flatMap((finding) => markedColumns(finding, reported.split("\n")));
  const caption = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return html`<figure>
<figcaption>${caption}${path === "example.py" ? "" : html` <code>${path}</code>`}</figcaption>
${before === undefined ? "" : html`<p class="head">Before</p>${drawBlock(drawCode(before.trimEnd(), language))}${between === undefined ? "" : html`<p class="head">In a commit between</p>${drawBlock(drawCode(between, language, marked))}`}<p class="head">After</p>`}
${drawBlock(drawCode(code, language, between === undefined ? marked : []))}
${Object.entries(files).map(([path, text]) => html`<p class="head">With <code>${path}</code></p>${drawBlock(drawCode(text.trimEnd(), languageOf(path)))}`)}
${findings.map((finding) => drawFinding(finding, reported))}
</figure>`;
}

function drawBlock(drawn: string): Html {
  return html`<pre class="code numbered" tabindex="0"><code>${raw(drawn)}</code></pre>`;
}

function drawSilence({ id, codes, level }: Rule): Html {
  const other = level === "error" ? "warning" : level === "warning" ? "note" : "warning";
  return html`<p>For one line, say why where it stands:</p>
<pre class="code" tabindex="0"><code># safepath: ignore[${id}] -- the reason</code></pre>
${
  codes.length === 0
    ? ""
    : html`<p>A <code># nosec</code> or <code># noqa</code> that names ${codes.map((code, at) => html`${at > 0 ? ", " : ""}<code>${code}</code>`)} is understood too.</p>`
}
<p>On a pull request, answer the comment:</p>
<pre class="code" tabindex="0"><code>/safepath ignore the reason</code></pre>
<p>For a repository, give the rule another level in <code>.github/safepath.yml</code>, or turn it off:</p>
<pre class="code" tabindex="0"><code>rules: { ${id}: ${other} }    # or off</code></pre>`;
}

function drawSeed({ seed }: Rule): Html | "" {
  const sentences = seed.flatMap((number) => FOUNDING_SENTENCES[number] ?? []);
  if (sentences.length === 0) return "";
  return html`<h2>What it stands for</h2>
${sentences.map((sentence) => html`<blockquote>${sentence}</blockquote>`)}`;
}

function shortAddress(address: string): string {
  return address.replace(/^https:\/\/(?:www\.)?/u, "").replace(/\/$/u, "");
}

/** As much as search engines and chats show of it. */
function shortened(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`;
}
