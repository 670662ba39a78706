import type { Hunk } from "../../diff/hunk.ts";
import type { PythonAnalysis } from "../analyse-python.ts";
import type { Catalogue } from "../catalogue.ts";
import type { Finding } from "../finding.ts";
import { packagesOf, surfaceOf } from "./read-surface.ts";
import { compareSurfaces, type SurfaceChange, type SurfaceEntry } from "./surface.ts";

/** What a line has to hold for the surface to change with it; the way of a value may change with any call. */
const HINT = /[@(]|environ|https?:|["']\/|prefix|methods|permission|scope|^\s*["'][^"']*["'],?\s*$/iu;

/** Whether changed lines can add to the surface or take from it: spares the analysis of the base where they cannot. */
export function touchesSurface(hunks: readonly Hunk[]): boolean {
  return hunks.some(({ lines }) => lines.some(({ kind, text }) => kind !== "context" && HINT.test(text)));
}

/** Absent where a side is known in part: what it does not show may be there all the same. */
export function changeOfSurface(
  base: PythonAnalysis | undefined,
  head: PythonAnalysis | undefined,
): readonly SurfaceChange[] {
  const isKnown = [base, head].every((side) => side === undefined || side.notices.length === 0);
  return isKnown ? compareSurfaces(entriesOf(base), entriesOf(head)) : [];
}

/** What rules say that the change took away. */
export function protectionsOf(gone: readonly Finding[], { rules }: Catalogue): readonly SurfaceChange[] {
  return gone
    .filter(({ ruleId }) => rules.get(ruleId)?.tags.includes("protection"))
    .map(({ message, location }) => ({ kind: "protection", name: message, location, change: "removed" }));
}

function entriesOf(side: PythonAnalysis | undefined): readonly SurfaceEntry[] {
  if (side?.manifest !== undefined) return packagesOf(side.manifest);
  return side?.facts === undefined ? [] : surfaceOf(side.facts);
}
