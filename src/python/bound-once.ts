import { oncePer } from "../text/once-per.ts";
import { Kind } from "./kinds.ts";
import { addBindings } from "./scopes.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { namedChildren, textOf } from "./walk.ts";

/** Whether no more than one statement of the module binds the name, those of functions that declare it `global` included. */
export function isBoundOnce(syntax: SyntaxArrays, name: string): boolean {
  return !boundAgain(syntax).has(name);
}

const boundAgain = oncePer((syntax: SyntaxArrays): ReadonlySet<string> => {
  const names = new Repeated();
  addBindings(syntax, 0, names);
  for (let node = 0; node < syntax.count; node++) {
    if (syntax.kind[node] !== Kind.global_statement) continue;
    for (const name of namedChildren(syntax, node)) names.repeated.add(textOf(syntax, name));
  }
  return names.repeated;
});

class Repeated {
  readonly repeated = new Set<string>();
  readonly #once = new Set<string>();

  add(name: string): void {
    if (this.#once.has(name)) this.repeated.add(name);
    else this.#once.add(name);
  }
}
