import type { ModuleFacts } from "../../taint/facts.ts";

/** The dotted name of a file as a module: `shop.orders` of `shop/orders.py`, `shop` of `shop/__init__.py`. */
export function moduleName(path: string): string {
  return path
    .replace(/\.\w+$/u, "")
    .replace(/\/__init__$/u, "")
    .replaceAll("/", ".");
}

/** What a name of the file stands for, through its imports: `shop.orders.router` of `orders.router`. */
export function dottedName(facts: ModuleFacts, written: string): string {
  const [first = "", ...rest] = written.split(".");
  const found = facts.imports.find(({ alias }) => alias === first);
  if (found === undefined) return written;
  return [found.module.replace(/^\.+/u, ""), found.member ?? "", ...rest].filter((part) => part !== "").join(".");
}

/** Whether an import that says `target` may mean `name`, which begins at the root of the repository. */
export function isNamedBy(name: string, target: string): boolean {
  return name === target || name.endsWith(`.${target}`);
}
