import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltCli, buildCli } from "./build-cli.ts";
import { createFolder, run } from "./folder.ts";
import { safe } from "./sources.ts";

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

/** Writes the URLs of all modules that a process loads from files, at its end. */
const LISTING = `
import { registerHooks } from "node:module";
const loaded = [];
registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
process.on("exit", () => process.stderr.write(loaded.filter((url) => url.startsWith("file:")).join("\\n")));
`;

function modulesLoadedBy(...args: readonly string[]): readonly string[] {
  const folder = createFolder();
  folder.write("app.py", safe);
  const preload = `data:text/javascript,${encodeURIComponent(LISTING)}`;
  const { code, err } = run(cli.main, folder.path, args, { NODE_OPTIONS: `--import ${preload}` });
  expect(code).toBe(0);
  return err.split("\n");
}

test("a scan of a file loads few modules, and of packages the parser alone", () => {
  const modules = modulesLoadedBy("scan", "app.py");
  const packages = modules.flatMap((url) => /\/node_modules\/(?!\.cache)(@[^/]+\/[^/]+|[^/]+)/.exec(url)?.[1] ?? []);
  expect(modules.length).toBeLessThan(60);
  expect([...new Set(packages)].filter((name) => !/tree-sitter|^node-gyp-build$/.test(name))).toEqual([]);
});

test("what is asked of the program itself loads no analysis", () => {
  expect(modulesLoadedBy("--version").filter((url) => /analys|tree-sitter/.test(url))).toEqual([]);
});

test.each(["serve", "doctor"])("%s starts from the bundle, and asks for the settings that it needs", (command) => {
  const { code, out, err } = run(cli.main, createFolder().path, [command]);
  expect(code).not.toBe(0);
  expect(out + err).toContain("APP_ID: has to be the App's id");
});
