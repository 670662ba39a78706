import type { Match, Rule, VersionTest } from "./rule.ts";

/** In Markdown, on which versions what a rule finds depends; one sentence or two for each. */
export function versionNotes({ match }: Rule): readonly string[] {
  const notes = testsIn(match).map((test) => {
    const part = match.when === undefined ? "Part of it is" : "It is";
    return `${part} reported only ${condition(test)}. ${UNKNOWN[test.unknown]}`;
  });
  return [...new Set(notes)];
}

const UNKNOWN = {
  report: "Where the project does not tell its version, it is reported.",
  silent: "Where the project does not tell its version, nothing is said.",
} as const;

function testsIn(match: Match): readonly VersionTest[] {
  const own = match.when === undefined ? [] : [match.when];
  return match.kind === "any" || match.kind === "all" ? [...own, ...match.of.flatMap(testsIn)] : own;
}

function condition({ package: name, from, below }: VersionTest): string {
  const bounds = [
    ...(from === undefined ? [] : [`from version ${from} on`]),
    ...(below === undefined ? [] : [`before version ${below}`]),
  ];
  return `with \`${name}\` ${bounds.join(" and ")}`;
}
