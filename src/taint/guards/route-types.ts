import type { Machine } from "../machine/machine.ts";
import { EVERYTHING, type Value } from "../values/value.ts";
import { maskOf, patternMask } from "./guard-text.ts";

const PARTS = /\.(?:view_args|match_info|matchdict|path_params)$/;

/** `request.view_args["page"]`: kinds for which it is harmless by what the addresses of the entry under way say of that part. */
export function routePartMask(machine: Machine, { paths }: Value, name: string | number | undefined): number {
  if (typeof name !== "string" || paths.length === 0 || !paths.every((path) => PARTS.test(path))) return 0;
  return routeMask(machine, machine.addresses, name);
}

/** Kinds for which a part of an address is harmless under any of the addresses, by what these say of it. */
export function routeMask(machine: Machine, addresses: readonly string[], name: string): number {
  if (addresses.length === 0) return 0;
  return addresses.reduce((mask, address) => mask & addressMask(machine, address, name), EVERYTHING);
}

/** `<int:page>`, `<page:int>`, `{page:int}` and `{page:uuid}`; `<slug:name>`; `(?P<page>\d+)` and `{page:\d+}`. */
function addressMask(machine: Machine, address: string, name: string): number {
  const typed = new RegExp(
    `<(?:int|float|uuid|any)(?:\\([^)]*\\))?:${name}>|<${name}:(?:int|float|uuid|ymd)>|\\{${name}:(?:int|float|uuid)\\}`,
  );
  if (typed.test(address)) return machine.models.kindMask(["injection"]);
  if (address.includes(`<slug:${name}>`) || address.includes(`<${name}:slug>`)) return maskOf(machine, new Set("-"));
  const pattern =
    new RegExp(`\\(\\?P<${name}>((?:[^()\\\\]|\\\\.)+)\\)`).exec(address) ??
    new RegExp(`<${name}:re:((?:[^<>\\\\]|\\\\.)+)>`).exec(address) ??
    new RegExp(`\\{${name}:((?:[^{}\\\\]|\\\\.|\\{[\\d,]+\\})+)\\}`).exec(address);
  // One of a few words.
  if (/^\w+(?:\|\w+)+$/.test(pattern?.[1] ?? "")) return EVERYTHING;
  // A word alone names a converter: `{name:path}`.
  return pattern === null || /^\w+$/.test(pattern[1]) ? 0 : patternMask(machine, pattern[1], "fullmatch");
}
