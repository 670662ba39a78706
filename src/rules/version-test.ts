import { isBelow, type VersionRange } from "../manifests/version-range.ts";
import type { VersionTest } from "./rule.ts";

/** What the project around a module says of the version of a package; undefined where nothing tells. */
export type VersionOf = (name: string) => VersionRange | undefined;

export function versionPasses(range: VersionRange | undefined, { below, from, unknown }: VersionTest): boolean {
  const answers = [
    below === undefined ? true : range && isBelow(range, below),
    from === undefined ? true : negated(range && isBelow(range, from)),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? unknown === "report" : true;
}

function negated(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}
