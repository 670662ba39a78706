import type { Match } from "./rule.ts";

/** The patterns any one of which is enough, in order: each is asked only where a module gives a reason to. */
export function alternativesOf(match: Match): readonly Match[] {
  const isPlain =
    match.kind === "any" &&
    match.when === undefined &&
    match.unlessCalled === undefined &&
    match.unlessIgnored === undefined &&
    match.unlessDebugging === undefined &&
    match.atMost === undefined;
  if (!isPlain) return [match];
  const { unlessChosen, noteIfDeciphering } = match;
  const kept = {
    ...(unlessChosen === undefined ? {} : { unlessChosen }),
    ...(noteIfDeciphering === undefined ? {} : { noteIfDeciphering }),
  };
  return match.of.map((part) => ({ ...part, ...kept })).flatMap(alternativesOf);
}
