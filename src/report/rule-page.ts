import { compareLevels } from "../rules/levels.ts";
import type { Example, FixTemplate, Match, Rule, Section } from "../rules/rule.ts";
import { SECTION_TITLES } from "../rules/section-titles.ts";
import { versionNotes } from "../rules/version-notes.ts";
import { weaknessPage } from "../rules/weakness-page.ts";

/** The page of one rule in `docs/rules/`, as Markdown; `message` is what it says of one of its examples. */
export function drawRulePage(rule: Rule, message: string): string {
  const versions = versionNotes(rule);
  return joined([
    drawnFrom(`rules/${rule.section}/${rule.id}.yml`),
    `# ${rule.title}`,
    facts(rule),
    `> ${message}`,
    "## Why it matters",
    rule.why,
    "## What to write instead",
    rule.remedy,
    ...fixesOf(rule).map((fix) => `The comment offers a change: **${fix.title}**. ${APPLICABILITY[fix.applicability]}`),
    "## Reported",
    ...rule.bad.flatMap(drawExample),
    "## Not reported",
    ...rule.good.flatMap(drawExample),
    versions.length > 0 ? "## Which versions" : undefined,
    ...versions,
    rule.limits && "## What it does not see",
    rule.limits,
    "## Not a problem here?",
    `End the line with \`# safepath: ignore[${rule.id}] -- <reason>\`.${otherTools(rule)}`,
    "## Read more",
    rule.references.map((address) => `- <${address}>`).join("\n"),
  ]);
}

/** The index of all rules, by section and level. */
export function drawRuleIndex(rules: readonly Rule[]): string {
  const sections = (Object.keys(SECTION_TITLES) as Section[]).flatMap((section) => {
    const own = rules.filter((rule) => rule.section === section).sort(byLevelThenId);
    return own.length === 0 ? [] : [`## ${SECTION_TITLES[section]}`, table(own)];
  });
  return joined([
    drawnFrom("the files in rules/"),
    "# The rules",
    `${rules.length} rules. A rule marked *audit* reports only with \`--profile audit\`; *change* says whether the comment offers one.`,
    "The same rules [by the sentences of the founding document](coverage.md) and [by the codes of Bandit and Ruff](by-code.md).",
    ...sections,
  ]);
}

const APPLICABILITY = {
  safe: "It does nothing else.",
  unsafe: "Look at it before you take it: it can change what the program accepts or produces.",
} as const;

function drawnFrom(source: string): string {
  return `<!-- Drawn from ${source} by \`npm run docs:rules\`; edit that, not this. -->`;
}

function facts(rule: Rule): string {
  const weaknesses = [rule.cwe, ...rule.furtherCwes].map((cwe) => `[${cwe}](${weaknessPage(cwe)})`).join(", ");
  const audit = rule.profile === "audit" ? " · only with `--profile audit`" : "";
  const compares = rule.bad.every(({ before }) => before !== undefined) ? " · compares both sides of a change" : "";
  const added = rule.levelWhenAdded === undefined ? "" : ` (${rule.levelWhenAdded} in code that a change adds)`;
  return `\`${rule.id}\` · ${rule.level}${added} · ${weaknesses} · precision ${rule.precision.replace("-", " ")}${compares}${audit}`;
}

/** The rule's own fix and those of its patterns, each title once. */
function fixesOf(rule: Rule): readonly FixTemplate[] {
  const fixes = [...(rule.fix ? [rule.fix] : []), ...fixesIn(rule.match)];
  return fixes.filter((fix, at) => fixes.findIndex((other) => other.title === fix.title) === at);
}

function fixesIn(match: Match): readonly FixTemplate[] {
  if (match.kind === "any" || match.kind === "all") return match.of.flatMap(fixesIn);
  return "fix" in match && match.fix !== undefined ? [match.fix] : [];
}

function drawExample(example: Example): readonly string[] {
  const path = example.path === "example.py" ? "" : ` (\`${example.path}\`)`;
  const heading = `**${capitalized(example.name)}**${path}`;
  const before = example.before === undefined ? [] : ["before:", fenced(example.before, example.path)];
  const between = example.between === undefined ? [] : ["in a commit between:", fenced(example.between, example.path)];
  const fixed = example.fixed === undefined ? [] : ["with the change:", fenced(example.fixed, example.path)];
  const files = Object.entries(example.files ?? {}).flatMap(([path, text]) => [
    `with \`${path}\`:`,
    fenced(text, path),
  ]);
  return [
    heading,
    ...before,
    ...between,
    ...(between.length > 0 ? ["at the head:"] : []),
    fenced(example.code, example.path),
    ...files,
    ...fixed,
  ];
}

function fenced(code: string, path: string): string {
  const language = path.endsWith(".py") ? "python" : path.endsWith(".toml") ? "toml" : "text";
  const shown = code.replace(/#\s*expect:.*$/gm, "# ← reported").trimEnd();
  return `\`\`\`${language}\n${shown}\n\`\`\``;
}

function otherTools(rule: Rule): string {
  if (rule.codes.length === 0) return "";
  const codes = rule.codes.map((code) => `\`${code}\``).join(", ");
  return ` A \`# nosec\` or \`# noqa\` that names ${codes} is understood too.`;
}

function table(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => {
    const audit = rule.profile === "audit" ? " *(audit)*" : "";
    return `| [${rule.id}](${rule.id}.md) | ${rule.title}${audit} | ${rule.level} | ${rule.cwe} | ${fixesOf(rule).length > 0 ? "yes" : ""} |`;
  });
  return ["| rule | mistake | level | weakness | change |", "|---|---|---|---|---|", ...rows].join("\n");
}

function byLevelThenId(a: Rule, b: Rule): number {
  return compareLevels(a.level, b.level) || a.id.localeCompare(b.id);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function joined(blocks: readonly (string | undefined)[]): string {
  return `${blocks
    .filter((block) => block !== undefined)
    .map((block) => block.trim())
    .join("\n\n")}\n`;
}
