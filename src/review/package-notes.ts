import type { PackageFacts } from "../manifests/package-facts.ts";
import type { NewPackage } from "./new-package.ts";
import { number } from "./words.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Younger packages are where names are squatted, and where few have looked. */
const YOUNG_DAYS = 90;

/** Who has released nothing for so long may not answer when a flaw is found. */
const STALE_DAYS = 2 * 365;

/** Of OpenSSF's ten: below it most of the checks that can be passed by anybody are not. */
const LOW_SCORE = 3;

/** What speaks against a new package, each a clause of our own words: nothing of the package stands in them. */
export function packageNotes({ answer }: Pick<NewPackage, "answer">, today: string): readonly string[] {
  switch (answer.kind) {
    case "known":
      return notesOn(answer.facts, today);
    case "absent":
      return ["PyPI has no package of this name: whoever registers it is who gets installed"];
    case "unanswered":
      return ["nobody answered: not looked at"];
    case "withheld":
      return ["not of PyPI as far as the files tell: nobody was asked"];
    case "unasked":
      return ["not looked at: too many at once"];
  }
}

function notesOn(facts: PackageFacts, today: string): readonly string[] {
  const { firstRelease, lastRelease, isYanked, licence, source, owners } = facts;
  const age = daysBetween(firstRelease, today);
  const silence = daysBetween(lastRelease, today);
  const isStale = silence !== undefined && silence > STALE_DAYS;
  return [
    isYanked && "the release was taken back by its authors",
    firstRelease === undefined && "has no release",
    age !== undefined && age < YOUNG_DAYS && `first released ${age < 1 ? "today" : days(age)}`,
    isStale &&
      `no release for ${number(Math.floor((silence ?? 0) / 365))} years${owners === 1 ? ", and one owner" : ""}`,
    source?.isArchived === true && "its repository is archived",
    licence === undefined && "names no licence",
    source === undefined && "names no source repository",
    source?.score !== undefined && source.score < LOW_SCORE && "low OpenSSF score",
    source?.hasSecurityPolicy === false && "no security policy",
  ].filter((note) => note !== false);
}

/** Whole days; undefined where there is no date. */
function daysBetween(date: string | undefined, today: string): number | undefined {
  if (date === undefined) return undefined;
  return Math.max(0, Math.floor((Date.parse(today) - Date.parse(date.slice(0, 10))) / DAY_MS));
}

function days(count: number): string {
  return count === 1 ? "yesterday" : `${number(count)} days ago`;
}
