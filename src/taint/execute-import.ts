import { importsOf } from "../python/scopes.ts";
import type { Machine } from "./machine.ts";
import { writeName } from "./names.ts";
import { pathValue } from "./value.ts";

/** Binds the names of an import to API paths; a relative import's begins with its dots. */
export function executeImport(machine: Machine, statement: number): void {
  for (const { node, module, level, member, bound, hasAlias } of importsOf(machine.syntax, statement)) {
    const origin = ".".repeat(level) + module;
    if (machine.unit.index === 0) {
      machine.recorder.imports.push({
        node,
        module: origin,
        ...(member === undefined ? {} : { member }),
        alias: bound,
      });
    }
    if (member === "*") {
      machine.unit.wildcards.push(origin);
      continue;
    }
    // `import a.b` binds `a`; `import a.b as c` binds the module itself.
    const separator = origin.endsWith(".") ? "" : ".";
    const path = member === undefined ? (hasAlias ? origin : bound) : `${origin}${separator}${member}`;
    writeName(machine, bound, pathValue([machine.models.canonical(path)]));
  }
}
