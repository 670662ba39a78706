import type { Location } from "../../text/span.ts";

/** One thing by which the world reaches a program, or the program the world. */
export interface SurfaceEntry {
  readonly kind: SurfaceKind;
  /** What it is, in the code's own words: `POST /orders`, `SECRET_KEY`, `api.example.com`. */
  readonly name: string;
  /** What tells it from others where that is not its name: of a route, what the application calls it wherever it lies; of a sink, its API path. */
  readonly id?: string;
  /** Of a route or mount, the check of who calls; absent where none is known. */
  readonly guard?: string;
  /** Of a route, the function or class that answers. */
  readonly handler?: string;
  /** Of a route or mount, the router or list of URLs that has it, as a dotted name: `shop.orders.router`, `shop.urls`. */
  readonly within?: string;
  /** Of a mount, the router that it takes in, and what comes before its paths. */
  readonly mounts?: { readonly target: string; readonly prefix: string };
  readonly location: Location;
}

/** `mount`: where the routes of another file are taken in. */
export const SURFACE_KINDS = ["route", "mount", "sink", "variable", "host", "scope", "package", "protection"] as const;
export type SurfaceKind = (typeof SURFACE_KINDS)[number];

/** What a change did to one. */
export interface SurfaceChange extends SurfaceEntry {
  readonly change: "added" | "removed" | "changed";
  /** Of a route that changed: the check that it had. */
  readonly guardBefore?: string;
  /** Of a route that is served under another name now. */
  readonly nameBefore?: string;
}

/** Stands for a check that is looked for elsewhere. */
export const AT_THE_VIEW = "at the view";

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

/** What tells one entry from all others. */
export function keyOf({ kind, name, id }: SurfaceEntry): string {
  return `${kind}\0${id ?? name}`;
}
