import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltCli, buildCli } from "./build-cli.ts";
import { createFolder, createRepository, run } from "./folder.ts";

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

const LOAD = "import torch\n\n\ndef restore(path):\n    return torch.load(path)\n";
const OLD = '[[package]]\nname = "torch"\nversion = "2.5.1"\n';
const NEW = OLD.replace("2.5.1", "2.6.0");

function foundIn(folder: string, ...args: readonly string[]): boolean {
  return run(cli.main, folder, args).out.includes("load.py:5:12: warning");
}

test.each([
  ["names an old one", OLD, true],
  ["names a new one", NEW, false],
])("a scan of a file goes by the versions of the project around it, which %s", (_, lock, expected) => {
  const folder = createFolder();
  folder.write("uv.lock", lock);
  folder.write("api/load.py", LOAD);
  expect(foundIn(folder.path, "scan", "api")).toBe(expected);
});

test("a lock outside of the repository is not read", () => {
  const folder = createFolder();
  folder.write("uv.lock", OLD);
  folder.write("inner/load.py", LOAD);
  folder.git("init", "--quiet", "inner");
  expect(foundIn(folder.path, "scan", "inner")).toBe(false);
});

test.each([
  ["old", OLD, true],
  ["new", NEW, false],
])("a change goes by the %s version at its head", (_, lock, expected) => {
  const repository = createRepository();
  repository.write("uv.lock", lock);
  repository.commit();
  repository.write("api/load.py", LOAD);
  repository.commit();
  expect(foundIn(repository.path, "diff", "HEAD~1..HEAD")).toBe(expected);
});
