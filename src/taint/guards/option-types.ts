import { Kind } from "../../python/kinds.ts";
import { firstNamedChild, namedChildren } from "../../python/walk.ts";
import type { FunctionCallable } from "../calls/callables.ts";
import type { Machine } from "../machine/machine.ts";
import type { RecordedCall } from "../machine/recorder.ts";
import { EVERYTHING } from "../values/value.ts";

/** The kinds for which an option of the command line is harmless that the decorators of a command declare. */
export function optionMask(machine: Machine, { info, unit }: FunctionCallable, name: string): number {
  const { syntax, recorder } = unit;
  const decorators = namedChildren(syntax, syntax.parent[info.node]).filter(
    (child) => syntax.kind[child] === Kind.decorator,
  );
  const calls = decorators.flatMap((child) => recorder.calls.get(firstNamedChild(syntax, child)) ?? []);
  return declaredMask(
    machine,
    calls.filter(({ callee }) => callee.some((path) => DECORATORS.test(path))),
    name,
  );
}

/** By name, what the options that `add_argument` declares in the file are harmless for. */
export function parsedOptionMasks(machine: Machine): ReadonlyMap<string, number> {
  const calls = [...machine.recorder.calls.values()].filter(({ name }) => name.endsWith(".add_argument"));
  const names = new Set(calls.flatMap(namesOf));
  const masks = [...names].map((name) => [name, declaredMask(machine, calls, name)] as const);
  return new Map(masks.filter(([, mask]) => mask !== 0));
}

const DECORATORS = /^(?:click|rich_click|asyncclick|cloup)\.(?:option|argument)$/;
const TYPES =
  /^(?:int|float|bool|uuid\.UUID|decimal\.Decimal|click\.(?:INT|FLOAT|BOOL|UUID|IntRange\(\)|FloatRange\(\)))$/;
const CHOICE = /^click\.Choice\(\)$/;
/** Of all declarations of a name, what each of them lets through. */
function declaredMask(machine: Machine, calls: readonly RecordedCall[], name: string): number {
  const declared = calls.filter((call) => namesOf(call).includes(name));
  return declared.length === 0 ? 0 : declared.reduce((mask, call) => mask & typeMask(machine, call), EVERYTHING);
}

function typeMask(machine: Machine, { args }: RecordedCall): number {
  for (const { keyword, snapshot } of args) {
    const { paths, refs, labels, constants } = snapshot.value;
    if (keyword === "choices" && refs.length > 0 && labels === 0) return EVERYTHING;
    if (keyword === "action" && /^(?:store_(?:true|false|const)|count)$/.test(String(constants?.[0])))
      return EVERYTHING;
    if ((keyword === "is_flag" || keyword === "count") && constants?.[0] === true) return EVERYTHING;
    if (keyword === "type" && paths.some((path) => CHOICE.test(path))) return EVERYTHING;
    if (keyword === "type" && paths.length > 0 && paths.every((path) => TYPES.test(path)))
      return machine.models.kindMask(["injection", "trust"]);
  }
  return 0;
}

/** `"--dry-run", "-n"`: `dry_run`; a name without dashes is one itself, and `dest` before all. */
function namesOf({ args }: RecordedCall): string[] {
  const destination = args.find(({ keyword }) => keyword === "dest")?.snapshot.value.constants?.[0];
  if (typeof destination === "string") return [destination];
  const given = args.flatMap(({ keyword, snapshot }) =>
    keyword === undefined ? (snapshot.value.constants ?? []) : [],
  );
  const texts = given.filter((text) => typeof text === "string").flatMap((text) => text.split("/"));
  const name =
    texts.find((text) => /^[a-z_]\w*$/.test(text)) ?? texts.find((text) => text.startsWith("--")) ?? texts[0] ?? "";
  return [name.replace(/^-+/, "").replaceAll("-", "_").toLowerCase()];
}
