import type { Rule } from "../rules/rule.ts";
import { FOUNDING_DOCUMENT, type Paragraph, type Sentence } from "./founding-document.ts";

type Covering = Pick<Rule, "id" | "seed" | "profile">;

/**
 * The page that answers the founding document sentence by sentence: with rules, or with the reason why code cannot show
 * it. What names a paragraph in its `seed` and no sentence of it stands below the paragraph.
 */
export function drawCoveragePage(rules: readonly Covering[]): string {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const chapters = FOUNDING_DOCUMENT.flatMap(({ title, paragraphs }) => [
    `## ${title}`,
    ["| | it says | rules |", "|---|---|---|", ...paragraphs.flatMap((one) => rows(one, rules, known))].join("\n"),
  ]);
  const rest = rules.filter(({ seed }) => seed.length === 0);
  const blocks = [
    "<!-- Drawn from the `seed` of the rules by `npm run docs:rules`. -->",
    "# What the founding document says, and what answers it",
    "Safepath grew from the core concepts of secure coding in Python, a text of seven chapters. Each of its sentences stands here in\na few words of our own, beside the rules that answer it, or the reason why code cannot. Rules in *italics* report only\nwith `--profile audit`.",
    ...chapters,
    "## Beyond it",
    `What other scanners look for, and the text does not ask: ${links(rest)}.`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** A paragraph with what has no sentence in it: `6.0` is said by chapter 6 as a whole, and stands at its first paragraph. */
function numbersOf({ number }: Paragraph): readonly string[] {
  const whole = number.replace(/\.1$/, ".0");
  return NUMBERS.has(whole) ? [number] : [number, whole];
}

const NUMBERS = new Set(FOUNDING_DOCUMENT.flatMap(({ paragraphs }) => paragraphs.map(({ number }) => number)));

function rows(paragraph: Paragraph, rules: readonly Covering[], known: ReadonlyMap<string, Covering>): string[] {
  const { number, sentences } = paragraph;
  const named = new Set(sentences.flatMap(({ rules = [] }) => rules));
  const numbers = numbersOf(paragraph);
  const more = rules.filter(({ id, seed }) => !named.has(id) && seed.some((one) => numbers.includes(one)));
  return [
    ...sentences.map((sentence, at) => `| ${at === 0 ? number : ""} | ${sentence.says} | ${answer(sentence, known)} |`),
    ...(more.length === 0 ? [] : [`| | in the same spirit | ${links(more)} |`]),
  ];
}

function answer({ rules = [], beyond }: Sentence, known: ReadonlyMap<string, Covering>): string {
  const found = links(rules.flatMap((id) => known.get(id) ?? []));
  return [found, beyond].filter((part) => part !== undefined && part !== "").join(". ");
}

function links(rules: readonly Covering[]): string {
  return rules.map(({ id, profile }) => (profile === "audit" ? `*[${id}](${id}.md)*` : `[${id}](${id}.md)`)).join(", ");
}
