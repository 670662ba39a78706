import { oncePer } from "../text/once-per.ts";
import { Kind } from "./kinds.ts";
import { addBindings } from "./scopes.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { namedChildren, textOf } from "./walk.ts";

/**
 * Whether no more than one statement binds the name of a module, 0, or of the body of a class. Of a module, functions that declare
 * it `global` bind it as well.
 */
export function isBoundOnce(syntax: SyntaxArrays, owner: number, name: string): boolean {
  const known = repeatedBySyntax(syntax);
  const repeated = known.get(owner) ?? boundAgain(syntax, owner);
  known.set(owner, repeated);
  return !repeated.has(name);
}

const repeatedBySyntax = oncePer((_: SyntaxArrays) => new Map<number, ReadonlySet<string>>());

function boundAgain(syntax: SyntaxArrays, owner: number): ReadonlySet<string> {
  const names = new Repeated();
  addBindings(syntax, owner, names);
  for (let node = 0; owner === 0 && node < syntax.count; node++) {
    if (syntax.kind[node] !== Kind.global_statement) continue;
    for (const name of namedChildren(syntax, node)) names.repeated.add(textOf(syntax, name));
  }
  return names.repeated;
}

class Repeated {
  readonly repeated = new Set<string>();
  readonly #once = new Set<string>();

  add(name: string): void {
    if (this.#once.has(name)) this.repeated.add(name);
    else this.#once.add(name);
  }
}
