import type { Finding } from "../analysis/finding.ts";
import { linesOf } from "./anchor.ts";
import { ANNOTATION_LEVELS } from "./annotation-levels.ts";
import { codeSpan, plainText, sentence, tableCell } from "./escape.ts";
import { cutText, fitSections, type Section } from "./fit-sections.ts";
import { ANNOTATION_MESSAGE, CHECK_SUMMARY, MOST_ANNOTATIONS, TITLE } from "./limits.ts";
import { linkTo } from "./links.ts";
import type { PlannedAnnotation, PlannedCheck, ReviewLinks } from "./review-plan.ts";
import { countLevels, countOf, whereTheRestIs } from "./words.ts";

export interface AuditInput {
  /** One at least; about releases with known flaws, on the default branch. */
  readonly findings: readonly Finding[];
  readonly headSha: string;
  readonly links: ReviewLinks;
  readonly missed: Missed;
}

/** What an audit did not look at, and why. */
export interface Missed {
  /** Dependency files beyond the most that are read. */
  readonly files: number;
  /** The code host did not list all files of the repository. */
  readonly isListCut: boolean;
}

/** The check on the default branch's head that tells of flaws which have become known: an error fails it. */
export function planAudit({ findings, headSha, links, missed }: AuditInput): PlannedCheck {
  const link = linkTo(links, { baseSha: headSha, headSha });
  const hasErrors = findings.some(({ level }) => level === "error");
  return {
    conclusion: hasErrors ? "failure" : "neutral",
    title: cutText(`${countOf(findings.length, "release")} with known flaws on the default branch`, TITLE),
    summary: fitSections(
      [
        {
          head: `**Raise the versions, or leave the packages.** ${countLevels(findings)}: advisories have met what this branch locks. Changes that merely keep these releases are not stopped.`,
          items: [],
          tail: "",
        },
        ...missedOf(missed),
        {
          head: "| Where | What | Level |\n|---|---|---|",
          items: findings.map(
            ({ location, message, level }) =>
              `| ${tableCell(link.line(location))} | ${tableCell(sentence(message))} | ${level} |`,
          ),
          more: (cut) => `\n${countOf(cut, "more finding")} than fit here: ${whereTheRestIs(findings.length)}.`,
          tail: "",
        },
        {
          head: `[What ${codeSpan(findings[0]?.ruleId ?? "")} means](${link.rulePage(findings[0]?.ruleId ?? "")})`,
          items: [],
          tail: "",
        },
      ],
      CHECK_SUMMARY,
    ),
    annotations: findings
      .slice(0, MOST_ANNOTATIONS)
      .map((finding) => annotationOf(finding, link.rulePage(finding.ruleId))),
  };
}

function missedOf({ files, isListCut }: Missed): readonly Section[] {
  const said = [
    ...(isListCut ? ["GitHub lists only a part of the files of a repository as large as this one"] : []),
    ...(files > 0
      ? [`${countOf(files, "dependency file")} deeper in the tree ${files === 1 ? "was" : "were"} not read`]
      : []),
  ];
  return said.length === 0 ? [] : [{ head: `This is not all: ${said.join(", and ")}.`, items: [], tail: "" }];
}

function annotationOf({ location, level, message, ruleId }: Finding, page: string): PlannedAnnotation {
  const { first, count } = linesOf(location.span);
  return {
    path: location.path,
    startLine: first,
    endLine: first + count - 1,
    level: ANNOTATION_LEVELS[level],
    title: "Release with known flaws",
    message: `${cutText(plainText(message), ANNOTATION_MESSAGE)}\n\n${ruleId}: ${page}`,
  };
}
