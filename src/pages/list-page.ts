import { html } from "hono/html";
import { LEVELS } from "../rules/levels.ts";
import type { Rule, Section } from "../rules/rule.ts";
import { SECTION_TITLES } from "../rules/section-titles.ts";
import type { Html } from "./html.ts";
import { drawPage } from "./layout.ts";
import { librariesOf } from "./libraries-of.ts";
import type { PageLinks } from "./links.ts";
import { drawInline } from "./markdown.ts";

/** All rules by section. The search is hidden until its script is there: without it the lists say everything. */
export function drawListPage(rules: readonly Rule[], links: PageLinks): Html {
  const libraries = librariesOf(rules);
  const sections = (Object.keys(SECTION_TITLES) as Section[]).filter((name) =>
    rules.some((rule) => rule.section === name),
  );
  const common = countedNames([...libraries.values()].flat());
  const weaknesses = [...new Set(rules.flatMap(({ cwe, furtherCwes }) => [cwe, ...furtherCwes]))].toSorted(
    (a, b) => numberOf(a) - numberOf(b),
  );
  const body = html`<h1>Rules</h1>
<p class="lead">${rules.length} mistakes that Safepath looks for in Python, each with what an attacker gains, what to write instead, and
code that proves both.</p>
<form class="search" role="search" hidden>
<label class="wide">Search <input type="search" name="q" autocomplete="off" spellcheck="false"></label>
${drawChoice(
  "section",
  "Section",
  sections.map((name) => [name, SECTION_TITLES[name]]),
)}
${drawChoice(
  "level",
  "Level",
  LEVELS.map((level) => [level, level]),
)}
${drawChoice(
  "cwe",
  "Weakness",
  weaknesses.map((cwe) => [cwe, cwe]),
)}
${drawChoice(
  "library",
  "Library",
  common.map((name) => [name, name]),
)}
<p class="wide quiet"><span role="status"></span> <button type="reset" hidden>Show all rules</button></p>
</form>
<nav class="sections" aria-label="Contents"><ul>${sections.map(
    (name) =>
      html`<li><a href="#${name}">${SECTION_TITLES[name]}</a> <span class="quiet">${rules.filter(({ section }) => section === name).length}</span></li>`,
  )}</ul></nav>
${sections.map(
  (name) => html`<section class="rules" aria-labelledby="${name}">
<h2 id="${name}">${SECTION_TITLES[name]}</h2>
<ul>
${rules
  .filter((rule) => rule.section === name)
  .toSorted(byLevelThenId)
  .map((rule) => drawEntry(rule, libraries.get(rule.id) ?? [], links))}
</ul>
</section>`,
)}`;
  const description = `The ${rules.length} secure-coding rules of Safepath for Python.`;
  return drawPage({ title: "Rules", description, body, scripts: ["rules.js"], is: "list" }, links);
}

function drawChoice(name: string, label: string, options: readonly (readonly [string, string])[]): Html {
  return html`<label>${label} <select name="${name}"><option value="">any</option>${options.map(
    ([value, text]) => html`<option value="${value}">${text}</option>`,
  )}</select></label>`;
}

function drawEntry(rule: Rule, libraries: readonly string[], links: PageLinks): Html {
  const { id, title, level, cwe, furtherCwes, section, tags, codes, profile } = rule;
  const words = [...tags, ...codes, ...rule.formerly].join(" ");
  return html`<li data-id="${id}" data-section="${section}" data-level="${level}" data-cwe="${[cwe, ...furtherCwes].join(" ")}" data-libraries="${libraries.join(" ")}" data-words="${words}">
<a href="${links.rule(id)}">${drawInline(title)}</a>
<span class="facts"><span class="level ${level}">${level}</span> <code>${id}</code> <span>${cwe}</span>${profile === "audit" ? " · audit" : ""}</span>
</li>
`;
}

/** The most used first. */
function countedNames(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}

function numberOf(cwe: string): number {
  return Number(cwe.slice("CWE-".length));
}

function byLevelThenId(a: Rule, b: Rule): number {
  return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || (a.id < b.id ? -1 : 1);
}
