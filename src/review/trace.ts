import type { Finding } from "../analysis/finding.ts";
import { codeSpan, sentence } from "./escape.ts";
import { cutText, type Section } from "./fit-sections.ts";
import type { LinkTo } from "./links.ts";
import { countOf } from "./words.ts";

/** Bytes of a step's note, before what escaping adds. */
const LONGEST_NOTE = 1_000;

/** The steps of a value as a numbered list, one line each; none where there is no way to show. */
export function traceSteps({ trace = [] }: Finding, link: LinkTo): readonly string[] {
  if (trace.length < 2) return [];
  return trace.map(
    ({ location, note }, index) => `${index + 1}. ${link.line(location)} ${sentence(cutText(note, LONGEST_NOTE))}`,
  );
}

/** The check's fold with the ways of all values, for who reads no comments; a way is whole or left out. */
export function traceFold(findings: readonly Finding[], link: LinkTo): readonly Section[] {
  const ways = findings.flatMap((finding) => {
    const steps = traceSteps(finding, link);
    if (steps.length === 0) return [];
    const head = `- ${link.line(finding.location, finding.commit)} ${codeSpan(finding.ruleId)}`;
    return [[head, ...steps.map((step) => `  ${step}`)].join("\n")];
  });
  if (ways.length === 0) return [];
  return [
    {
      head: `<details><summary>How the values get there (${countOf(ways.length, "way")})</summary>\n`,
      items: ways,
      more: (cut) => `- ${countOf(cut, "more way")} than fit here`,
      tail: "\n</details>",
    },
  ];
}
