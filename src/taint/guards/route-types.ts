import type { Machine } from "../machine/machine.ts";
import { EVERYTHING } from "../values/value.ts";
import { maskOf, patternMask } from "./guard-text.ts";

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
  // A word alone names a converter: `{name:path}`.
  return pattern === null || /^\w+$/.test(pattern[1]) ? 0 : patternMask(machine, pattern[1], "fullmatch");
}
