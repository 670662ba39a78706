import { isNamedBy } from "./router-names.ts";
import { AT_THE_VIEW, keyOf, SURFACE_KINDS, type SurfaceChange } from "./surface.ts";

/** Of all files of a change: what is gone in one and new in another has moved. */
export function settleSurface(changes: readonly SurfaceChange[]): readonly SurfaceChange[] {
  const settled = withMoved(withKept(withMounts(changes)));
  const unique = new Map(settled.map((one) => [`${one.change}\0${keyOf(one)}`, one]));
  return [...unique.values()].toSorted(
    (a, b) => SURFACE_KINDS.indexOf(a.kind) - SURFACE_KINDS.indexOf(b.kind) || (a.name < b.name ? -1 : 1),
  );
}

/** Routes whose router the same change takes in, or out, are served under its path and behind its check. */
function withMounts(changes: readonly SurfaceChange[]): readonly SurfaceChange[] {
  const mounts = changes.filter(({ kind }) => kind === "mount");
  return changes.map((one) => {
    const { within } = one;
    if (one.kind !== "route" || within === undefined) return one;
    const mount = mounts.find(
      ({ change, mounts: what }) => change === one.change && what !== undefined && isNamedBy(within, what.target),
    );
    if (mount?.mounts === undefined) return one;
    const guard = one.guard === undefined || one.guard === AT_THE_VIEW ? (mount.guard ?? one.guard) : one.guard;
    const [methods, path] = splitName(one.name);
    return { ...one, name: `${methods} ${mount.mounts.prefix}${path}`, ...(guard !== undefined && { guard }) };
  });
}

/** Without what one file has in place of another. */
function withKept(changes: readonly SurfaceChange[]): readonly SurfaceChange[] {
  const byKey = (wanted: SurfaceChange["change"]) =>
    Map.groupBy(
      changes.filter(({ change }) => change === wanted),
      keyOf,
    );
  const added = byKey("added");
  const removed = byKey("removed");
  return changes.flatMap((one): readonly SurfaceChange[] => {
    if (one.change === "removed") return added.has(keyOf(one)) ? [] : [one];
    const old = one.change === "added" ? removed.get(keyOf(one))?.[0] : undefined;
    return old === undefined ? [one] : became(old, one);
  });
}

/** A route that the same function answers under another path, where there is one such route on each side. */
function withMoved(changes: readonly SurfaceChange[]): readonly SurfaceChange[] {
  const pairs = new Map<SurfaceChange, SurfaceChange>();
  const routes = changes.filter(({ kind, handler = "" }) => kind === "route" && handler !== "");
  for (const same of Map.groupBy(routes, ({ handler }) => handler).values()) {
    const removed = same.filter(({ change }) => change === "removed");
    for (const one of same.filter(({ change }) => change === "added")) {
      const [old, ...others] = removed.filter((other) => isSameRoute(other, one));
      if (old !== undefined && others.length === 0 && !pairs.has(old)) pairs.set(old, one).set(one, old);
    }
  }
  return changes.flatMap((one) => {
    const other = pairs.get(one);
    if (other === undefined) return [one];
    if (one.change === "removed") return [];
    const isElsewhere = other.location.path !== one.location.path;
    return isElsewhere ? became(other, one) : [{ ...changedInto(other, one), nameBefore: other.name }];
  });
}

/** In one file by who answers; from file to file only where no more is gained or lost than what a mount may put before a path. */
function isSameRoute(removed: SurfaceChange, added: SurfaceChange): boolean {
  if (removed.location.path === added.location.path) return true;
  const [short, long] = [removed.name, added.name].toSorted((a, b) => a.length - b.length);
  const [method, path] = splitName(short ?? "");
  const [otherMethod, otherPath] = splitName(long ?? "");
  return method === otherMethod && `/${otherPath}`.endsWith(`/${path.replace(/^\//u, "")}`);
}

/** `GET, POST` and `/orders`: only methods are words of capitals before a space. */
function splitName(name: string): readonly [methods: string, path: string] {
  const methods = /^[A-Z]+(?:, [A-Z]+)*(?= )/u.exec(name)?.[0] ?? "";
  return [methods, name.slice(methods.length + 1)];
}

function became(old: SurfaceChange, one: SurfaceChange): readonly SurfaceChange[] {
  return old.guard === one.guard ? [] : [changedInto(old, one)];
}

function changedInto(old: SurfaceChange, one: SurfaceChange): SurfaceChange {
  return { ...one, change: "changed", ...(old.guard !== undefined && { guardBefore: old.guard }) };
}
