import { classAttribute } from "../expressions/class-attribute.ts";
import { memberPaths } from "../library/library.ts";
import type { Machine } from "../machine/machine.ts";
import type { Value } from "../values/value.ts";
import { type ClassInfo, inLineage, type ProjectCallable } from "./callables.ts";

/** The classes of libraries that a class of the project is built on, nearest first. */
export function constructorsOf(info: ClassInfo): readonly string[] {
  const classes: string[] = [];
  inLineage(info, (of) => {
    classes.push(...of.baseClasses);
    return undefined;
  });
  return [...new Set(classes)];
}

/** The classes of libraries that a value which is a class of the project is built on; none of any other value. */
export function builtOn({ callables }: Value): readonly string[] {
  if (callables.length === 0) return NONE;
  const classes = (callables as readonly ProjectCallable[]).filter((callable) => callable.kind === "class");
  return classes.flatMap(constructorsOf).slice(0, 4);
}

const NONE: readonly string[] = [];

/** What a call is known by: of a class that has no `__init__` of its own, also the class of a library that makes its objects. */
export function calledPaths(machine: Machine, { paths, callables }: Value): readonly string[] {
  if (callables.length === 0) return paths;
  const made = (callables as readonly ProjectCallable[]).flatMap((callable) =>
    callable.kind === "class" ? constructorsOfOwn(machine, callable) : [],
  );
  return made.length === 0 ? paths : [...new Set([...paths, ...made])].slice(0, 4);
}

function constructorsOfOwn(machine: Machine, info: ClassInfo): readonly string[] {
  const defines = (name: string) => classAttribute(machine, info, name) !== undefined;
  if (info.hasFieldInit || MAKERS.some(defines)) return [];
  return constructorsOf(info).filter((path) => !changers(machine, path).some(defines));
}

const MAKERS = ["__init__", "__new__"];

/**
 * What `super().name` means where no class of the project has it: `super().__init__` makes an object as the library's class
 * does, but for one that is there to be changed by those built on it.
 */
export function memberOfBases(machine: Machine, info: ClassInfo, name: string): readonly string[] {
  if (name !== "__init__") return memberPaths(machine, info.basePaths, `.${name}`);
  return constructorsOf(info)
    .filter((path) => changers(machine, path).length === 0)
    .slice(0, 4);
}

/** Methods by which a class makes a class of a library harmless: `find_class` of an unpickler. */
function changers(machine: Machine, path: string): readonly string[] {
  return machine.models.sinks(path).flatMap(({ unlessMethod }) => unlessMethod ?? []);
}
