import type { PackageFacts, PackageSource } from "../manifests/package-facts.ts";
import type { CheckInput } from "./check-input.ts";
import { codeSpan, tableCell } from "./escape.ts";
import type { Section } from "./fit-sections.ts";
import type { NewPackage } from "./new-package.ts";
import { packageNotes } from "./package-notes.ts";
import { countOf, number } from "./words.ts";

/** Hosts whose addresses become links: what a package says of itself leads nowhere else. */
const CODE_HOSTS = /^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/[\w.-]+\/[\w.-]+$/u;

/** The packages that a change adds, with what somebody who takes one wants to know; none where it adds none. */
export function packageTable(input: CheckInput): readonly Section[] {
  const { newPackages = [], judging } = input;
  if (newPackages.length === 0) return [];
  const noted = newPackages.map((one) => ({ one, notes: packageNotes(one, judging.today) }));
  const [some, none] = [noted.filter(({ notes }) => notes.length > 0), noted.filter(({ notes }) => notes.length === 0)];
  const title = `New packages (${number(noted.length)}${some.length === 0 ? "" : `, ${number(some.length)} worth a look`})`;
  return [
    {
      head: `<details><summary>${title}</summary>\n\n${lockedText(input)}| Package | What is known | Worth a look |\n|---|---|---|`,
      items: [...some, ...none].map(({ one, notes }) => row(one, notes, input)),
      more: (cut) => `\n${countOf(cut, "more package")}.`,
      tail: "\n</details>",
    },
  ];
}

/** How many packages come along, where lock files say so. */
function lockedText({ analyses }: CheckInput): string {
  const changes = analyses.flatMap(({ path, packages: { locked } = {} }) =>
    locked === undefined || locked.before === locked.after
      ? []
      : [`${codeSpan(path)} goes from ${number(locked.before)} to ${countOf(locked.after, "package")}`],
  );
  return changes.length === 0 ? "" : `${changes.join("; ")}.\n\n`;
}

function row(one: NewPackage, notes: readonly string[], { link }: CheckInput): string {
  const { answer, location } = one;
  const cells = [
    `${nameOf(one)}<br>${link.line(location)}`,
    answer.kind === "known" ? knownText(answer.facts) : "",
    notes.join("; "),
  ];
  return `| ${cells.map(tableCell).join(" | ")} |`;
}

function nameOf({ name, version, answer }: NewPackage): string {
  const shown = codeSpan(version === undefined ? name : `${name} ${version}`);
  return answer.kind === "known" ? `[${shown}](https://pypi.org/project/${encodeURIComponent(name)}/)` : shown;
}

/** What is not known is left out: where that is a bad sign, a note says so. */
function knownText({ firstRelease, lastRelease, owners, organization, licence, source, brings }: PackageFacts): string {
  return [
    firstRelease !== undefined && lastRelease !== undefined && releasesText(firstRelease, lastRelease),
    organization !== undefined && `owned by ${codeSpan(organization)}`,
    owners !== undefined && organization === undefined && countOf(owners, "owner"),
    licence !== undefined && codeSpan(licence),
    source !== undefined && sourceText(source),
    brings !== undefined && (brings === 0 ? "brings no other package" : `brings ${countOf(brings, "more package")}`),
  ]
    .filter((part) => part !== false)
    .join("; ");
}

function releasesText(first: string, last: string): string {
  const [from, to] = [first.slice(0, 10), last.slice(0, 10)];
  return from === to ? `released ${from}` : `released ${from} to ${to}`;
}

function sourceText({ address, isAttested, score, hasSecurityPolicy }: PackageSource): string {
  const shown = CODE_HOSTS.test(address) ? `[${codeSpan(address)}](https://${address})` : codeSpan(address);
  const more = [
    isAttested && "attested",
    score !== undefined && `OpenSSF ${score.toFixed(1)}`,
    hasSecurityPolicy === true && "security policy",
  ].filter((part) => part !== false);
  return more.length === 0 ? shown : `${shown} (${more.join(", ")})`;
}
