import { AT_THE_VIEW, type SurfaceChange, type SurfaceKind } from "../analysis/surface/surface.ts";

/** What a change of the surface is, in words; `code` draws what stands in the code, `prose` what is Markdown already. */
export function surfaceText(
  { kind, name, nameBefore, guard, guardBefore, change }: SurfaceChange,
  code: (text: string) => string,
  prose: (text: string) => string,
): string {
  if (kind === "protection") return prose(name);
  if (change === "changed") {
    const moved = nameBefore === undefined ? [] : [`is now ${code(name)}`];
    const guards = guard === guardBefore ? [] : [changedGuard(guardBefore, guard, code)];
    return `${code(nameBefore ?? name)} ${[...moved, ...guards].join(" and ")}`;
  }
  const [added, removed] = WORDS[kind];
  const what = `${change === "added" ? added : removed} ${code(name)}`;
  if (change === "removed") return what;
  if (guard !== undefined) return `${what}, ${guardText(guard, code)}`;
  return kind === "route" ? `${what}, where no check of who calls is seen` : what;
}

export const SURFACE_HEADS: Readonly<Record<SurfaceKind, string>> = {
  route: "Routes",
  mount: "Routes",
  sink: "Request data",
  variable: "Environment",
  host: "Hosts",
  scope: "Rights",
  package: "Packages",
  protection: "Protections",
};

const WORDS: Readonly<Record<Exclude<SurfaceKind, "protection">, readonly [added: string, removed: string]>> = {
  route: ["new", "gone:"],
  mount: ["takes in", "no longer takes in"],
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
