import { importsOf } from "../../python/scopes.ts";
import type { ImportCallable } from "../calls/callables.ts";
import { importValue } from "../machine/import-module.ts";
import type { Machine } from "../machine/machine.ts";
import { writeName } from "../values/names.ts";

/** Binds the names of an import to API paths; a relative import's begins with its dots. */
export function executeImport(machine: Machine, statement: number): void {
  const { unit } = machine;
  for (const { node, module, level, member, bound, hasAlias } of importsOf(machine.syntax, statement)) {
    const origin = ".".repeat(level) + module;
    unit.recorder.imports.push({
      node,
      module: origin,
      ...(member === undefined ? {} : { member }),
      alias: bound,
    });
    // `import a.b` binds `a`; `import a.b as c` binds the module itself.
    const isTop = member === undefined && !hasAlias;
    const separator = origin.endsWith(".") ? "" : ".";
    const path = member === undefined ? (hasAlias ? origin : bound) : `${origin}${separator}${member}`;
    const callable: ImportCallable = {
      kind: "import",
      importer: unit,
      level,
      module: isTop ? bound : module,
      member,
      below: isTop && module !== bound ? module : undefined,
      path: machine.models.canonical(member === "*" ? origin : path),
    };
    if (member === "*") unit.wildcards.push(callable);
    else writeName(machine, bound, importValue(machine, callable));
  }
}
