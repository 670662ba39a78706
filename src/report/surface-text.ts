import { AT_THE_VIEW } from "../analysis/surface/routes.ts";
import type { SurfaceChange, SurfaceKind } from "../analysis/surface/surface.ts";

/** What a change of the surface is, in words; `code` draws what stands in the code, `prose` what is Markdown already. */
export function surfaceText(
  { kind, name, guard, guardBefore, change }: SurfaceChange,
  code: (text: string) => string,
  prose: (text: string) => string,
): string {
  if (kind === "protection") return prose(name);
  if (change === "changed") return `${code(name)} ${changedGuard(guardBefore, guard, code)}`;
  const [added, removed] = WORDS[kind];
  const what = `${change === "added" ? added : removed} ${code(name)}`;
  if (kind !== "route" || change === "removed") return what;
  return `${what}, ${guard === undefined ? "where no check of who calls is seen" : guardText(guard, code)}`;
}

export const SURFACE_HEADS: Readonly<Record<SurfaceKind, string>> = {
  route: "Routes",
  sink: "Request data",
  variable: "Environment",
  host: "Hosts",
  scope: "Rights",
  package: "Packages",
  protection: "Protections",
};

const WORDS: Readonly<Record<Exclude<SurfaceKind, "protection">, readonly [added: string, removed: string]>> = {
  route: ["new", "gone:"],
  sink: ["reaches", "no longer reaches"],
  variable: ["reads", "no longer reads"],
  host: ["contacts", "no longer contacts"],
  scope: ["asks for", "no longer asks for"],
  package: ["new", "gone:"],
};

function guardText(guard: string, code: (text: string) => string): string {
  return guard === AT_THE_VIEW ? "its check, if any, is at the view" : `behind ${code(guard)}`;
}

function changedGuard(before: string | undefined, after: string | undefined, code: (text: string) => string): string {
  if (after === undefined) return `is no longer ${guardText(before ?? "", code)}`;
  return before === undefined
    ? `is now ${guardText(after, code)}`
    : `is ${guardText(after, code)} instead of ${code(before)}`;
}
