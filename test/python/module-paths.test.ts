import { expect, test } from "vitest";
import { modulePaths } from "../../src/python/module-paths.ts";

const isPackage = (folder: string) => folder === "shop" || folder === "shop/views";

test("a relative import without a name is the package itself, by the one path that it has", () => {
  expect(modulePaths("shop/views/cart.py", 1, "", isPackage)).toEqual(["shop/views/__init__.py"]);
  expect(modulePaths("shop/views/cart.py", 2, "", isPackage)).toEqual(["shop/__init__.py"]);
  expect(modulePaths("cart.py", 1, "", isPackage)).toEqual(["__init__.py"]);
});

test("a relative import is counted in folders, a package before a module", () => {
  expect(modulePaths("shop/views/cart.py", 2, "tools.names", isPackage)).toEqual([
    "shop/tools/names/__init__.py",
    "shop/tools/names.py",
  ]);
  expect(modulePaths("cart.py", 2, "tools", isPackage)).toEqual([]);
});

test("an absolute import starts above the folder of its first name, else beside the file's packages", () => {
  expect(modulePaths("api/shop/views/cart.py", 0, "shop.tools", isPackage)).toEqual([
    "api/shop/tools/__init__.py",
    "api/shop/tools.py",
  ]);
  expect(modulePaths("shop/cart.py", 0, "tools", isPackage)).toEqual([
    "tools/__init__.py",
    "tools.py",
    "src/tools/__init__.py",
    "src/tools.py",
  ]);
  expect(modulePaths("shop/cart.py", 0, "json", isPackage)).toEqual([]);
});
