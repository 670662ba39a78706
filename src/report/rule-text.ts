import { compareLevels } from "../rules/levels.ts";
import type { Example, Rule, Section } from "../rules/rule.ts";
import { SECTION_TITLES } from "../rules/section-titles.ts";
import { versionNotes } from "../rules/version-notes.ts";
import { compareText } from "../text/compare-text.ts";
import type { Palette } from "./palette.ts";
import { wrap } from "./wrap.ts";

/** All rules by section, the weightiest first. */
export function drawRuleList(rules: readonly Rule[], palette: Palette): string {
  const longest = Math.max(0, ...rules.map(({ id }) => id.length));
  const blocks = (Object.keys(SECTION_TITLES) as Section[]).flatMap((section) => {
    const own = rules.filter((rule) => rule.section === section).toSorted(byLevelThenId);
    if (own.length === 0) return [];
    return [
      [palette.strong(SECTION_TITLES[section]), ...own.map((rule) => drawEntry(rule, longest, palette))].join("\n"),
    ];
  });
  const audit = rules.filter(({ profile }) => profile === "audit").length;
  const many = `${rules.length} rules${audit > 0 ? `, ${audit} of them only with --profile audit` : ""}`;
  return `${[...blocks, `${many} · safepath explain RULE says more`].join("\n\n")}\n`;
}

/** One rule for a terminal: what it says of one of its examples, why, what instead, examples, where to read on. */
export function drawRule(rule: Rule, message: string, palette: Palette, width: number): string {
  const heading = (text: string) => palette.strong(text);
  const versions = versionNotes(rule);
  const isLong = `${rule.title} [${rule.id}]`.length > width;
  const audit = rule.profile === "audit" ? " · only with --profile audit" : "";
  const added = rule.levelWhenAdded === undefined ? "" : ` (${rule.levelWhenAdded} in code that a change adds)`;
  const facts = `${palette.level(rule.level, rule.level)}${added} · precision ${rule.precision}${audit}`;
  const weaknesses = [rule.cwe, ...rule.furtherCwes].join(", ");
  const prose = (markdown: string) => drawMarkdown(markdown, width, palette);
  const blocks = [
    `${heading(rule.title)}${isLong ? "\n" : " "}${palette.dim(`[${rule.id}]`)}\n${facts}\n${weaknesses}`,
    prose(message),
    `${heading("Why it matters")}\n${prose(rule.why)}`,
    `${heading("What to write instead")}\n${prose(rule.remedy)}`,
    ...drawExamples("Reported", rule.bad, palette.removed, palette),
    ...drawExamples("Not reported", rule.good, palette.added, palette),
    ...(versions.length === 0 ? [] : [`${heading("Which versions")}\n${prose(versions.join("\n\n"))}`]),
    ...(rule.limits === undefined ? [] : [`${heading("What it does not see")}\n${prose(rule.limits)}`]),
    `${heading("Not a problem here?")}\n${prose(silence(rule))}`,
    `${heading("Read more")}\n${rule.references.map((address) => `  ${address}`).join("\n")}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function byLevelThenId(a: Rule, b: Rule): number {
  return compareLevels(a.level, b.level) || compareText(a.id, b.id);
}

function drawEntry({ id, level, title, profile }: Rule, longest: number, palette: Palette): string {
  const audit = profile === "audit" ? ` ${palette.dim("(audit)")}` : "";
  return `  ${id.padEnd(longest)}  ${palette.level(level, level.padEnd(7))}  ${title}${audit}`;
}

/** The first examples say enough, one where it has two sides; the rest is on the rule's page. */
function drawExamples(
  heading: string,
  examples: readonly Example[],
  mark: (text: string) => string,
  palette: Palette,
): readonly string[] {
  const drawn = examples
    .slice(0, examples[0]?.before === undefined ? mostExamples : 1)
    .map(({ name, path, before, between, files = {}, code }) => {
      const marked = (text: string) => text.replace(/[ \t]*#\s*expect:.*$/gm, "  # <- here").trimEnd();
      const file = path === "example.py" ? "" : ` (${path})`;
      const drawCode = (text: string) => text.split("\n").map((line) => `  ${mark("|")} ${line}`.trimEnd());
      const inBetween = between === undefined ? [] : ["  in a commit between", ...drawCode(marked(between))];
      const sides = before === undefined ? [] : ["  before", ...drawCode(before.trimEnd()), ...inBetween, "  after"];
      const others = Object.entries(files).flatMap(([path, text]) => [`  with ${path}`, ...drawCode(text.trimEnd())]);
      return [`  ${palette.dim(`${name}${file}`)}`, ...sides, ...drawCode(marked(code)), ...others];
    });
  return drawn.length === 0
    ? []
    : [[palette.strong(heading), drawn.map((lines) => lines.join("\n")).join("\n\n")].join("\n")];
}

const mostExamples = 2;

function silence({ id, codes }: Rule): string {
  const others =
    codes.length === 0 ? "" : ` \`# nosec\` and \`# noqa\` that name ${codes.join(", ")} are understood too.`;
  return `End the line with \`# safepath: ignore[${id}] -- <reason>\`.${others}`;
}

/** Paragraphs and entries of lists wrapped, fenced code as it stands. */
function drawMarkdown(markdown: string, width: number, palette: Palette): string {
  const parts = markdown.trim().split(/^```\w*\n([\s\S]*?)^```$/m);
  const drawn = parts.map((part, at) => {
    if (at % 2 === 1)
      return part
        .trimEnd()
        .split("\n")
        .map((line) => `  ${palette.dim("|")} ${line}`.trimEnd())
        .join("\n");
    const paragraphs = part.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "");
    return paragraphs.map((paragraph) => drawParagraph(paragraph, width)).join("\n\n");
  });
  return drawn.filter((part) => part !== "").join("\n\n");
}

/** The lines behind the first one of a list's entry begin below its text. */
function drawParagraph(paragraph: string, width: number): string {
  const entries = paragraph.split(/\n(?=\s*(?:[-*]|\d{1,2}\.) )/u);
  return entries
    .flatMap((entry) => {
      const [mark = ""] = /^\s*(?:[-*]|\d{1,2}\.) +/u.exec(entry) ?? [];
      const indent = `  ${" ".repeat(mark.trim().length + (mark === "" ? 0 : 1))}`;
      const lines = wrap(entry.slice(mark.length), width, indent);
      return lines.map((line, at) => (at === 0 && mark !== "" ? `  ${mark.trim()} ${line.trimStart()}` : line));
    })
    .join("\n");
}
