import type { Match } from "./rule.ts";

/** The patterns any one of which is enough, in order: each is asked only where a module gives a reason to. */
export function alternativesOf(match: Match): readonly Match[] {
  const isPlain =
    match.kind === "any" &&
    match.when === undefined &&
    match.unlessCalled === undefined &&
    match.unlessIgnored === undefined &&
    match.unlessDebugging === undefined;
  return isPlain ? match.of.flatMap(alternativesOf) : [match];
}
