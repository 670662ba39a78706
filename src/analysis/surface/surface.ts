import type { Location } from "../../text/span.ts";

/** One thing by which the world reaches a program, or the program the world. */
export interface SurfaceEntry {
  readonly kind: SurfaceKind;
  /** What it is, in the code's own words: `POST /orders`, `SECRET_KEY`, `api.example.com`. */
  readonly name: string;
  /** What tells it from others where that is not its name: of a route, what the application calls it wherever it lies. */
  readonly id?: string;
  /** Of a route, the check of who calls; absent where none is known. */
  readonly guard?: string;
  readonly location: Location;
}

export const SURFACE_KINDS = ["route", "sink", "variable", "host", "scope", "package", "protection"] as const;
export type SurfaceKind = (typeof SURFACE_KINDS)[number];

/** What a change did to one. */
export interface SurfaceChange extends SurfaceEntry {
  readonly change: "added" | "removed" | "changed";
  /** Of a route that changed: the check that it had. */
  readonly guardBefore?: string;
}

/** What the head has and the base had not, and the other way round; places are those of the side that has it. */
export function compareSurfaces(
  base: readonly SurfaceEntry[],
  head: readonly SurfaceEntry[],
): readonly SurfaceChange[] {
  const before = new Map(base.map((entry) => [keyOf(entry), entry]));
  const after = new Map(head.map((entry) => [keyOf(entry), entry]));
  const there = [...after].flatMap(([key, entry]): readonly SurfaceChange[] => {
    const old = before.get(key);
    if (old === undefined) return [{ ...entry, change: "added" }];
    if (old.guard === entry.guard) return [];
    return [{ ...entry, change: "changed", ...(old.guard !== undefined && { guardBefore: old.guard }) }];
  });
  const gone = [...before].filter(([key]) => !after.has(key));
  return [...there, ...gone.map(([, entry]): SurfaceChange => ({ ...entry, change: "removed" }))];
}

/** Of all files of a change: what is gone in one and new in another has moved. */
export function settleSurface(changes: readonly SurfaceChange[]): readonly SurfaceChange[] {
  const added = Map.groupBy(
    changes.filter(({ change }) => change === "added"),
    keyOf,
  );
  const removed = Map.groupBy(
    changes.filter(({ change }) => change === "removed"),
    keyOf,
  );
  const settled = changes.flatMap((one): readonly SurfaceChange[] => {
    if (one.change === "removed") return added.has(keyOf(one)) ? [] : [one];
    const old = one.change === "added" ? removed.get(keyOf(one))?.[0] : undefined;
    if (old === undefined) return [one];
    if (old.guard === one.guard) return [];
    return [{ ...one, change: "changed", ...(old.guard !== undefined && { guardBefore: old.guard }) }];
  });
  const unique = new Map(settled.map((one) => [`${one.change}\0${keyOf(one)}`, one]));
  return [...unique.values()].toSorted(
    (a, b) => SURFACE_KINDS.indexOf(a.kind) - SURFACE_KINDS.indexOf(b.kind) || (a.name < b.name ? -1 : 1),
  );
}

function keyOf({ kind, name, id }: SurfaceEntry): string {
  return `${kind}\0${id ?? name}`;
}
