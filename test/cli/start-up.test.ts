import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { createInterface } from "node:readline";
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
  expect(modules.length).toBeLessThan(45);
  expect([...new Set(packages)].filter((name) => !/tree-sitter|^node-gyp-build$/.test(name))).toEqual([]);
});

test("what is asked of the program itself loads no analysis", () => {
  expect(modulesLoadedBy("--version").filter((url) => /analys|engine|tree-sitter/.test(url))).toEqual([]);
});

test.each(["serve", "doctor"])("%s starts from the bundle, and asks for the settings that it needs", (command) => {
  const { code, out, err } = run(cli.main, createFolder().path, [command]);
  expect(code).not.toBe(0);
  expect(out + err).toContain("APP_ID: has to be the App's id");
});

test("serve takes deliveries and shows its pages from the bundle", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const folder = createFolder();
  const service = spawn(process.execPath, [cli.main, "serve"], {
    cwd: folder.path,
    env: {
      PATH: process.env.PATH,
      APP_ID: "1",
      PRIVATE_KEY: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      WEBHOOK_SECRET: "4f0c1d9be2a75836",
      RULE_PAGES_URL: "https://safepath.example/rules",
      HOST: "127.0.0.1",
      PORT: "0",
      ADVISORIES: "off",
      RECOVERY_MINUTES: "0",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => service.once("exit", resolve));
  try {
    const port = await portOf(service.stdout);
    const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
    const paths = ["/healthz", "/rules/sql-injection", "/assets/site.css", "/assets/minisearch.js", "/playground"];
    expect(await Promise.all(paths.map(ask))).toEqual([200, 200, 200, 200, 200]);
  } finally {
    service.kill("SIGTERM");
  }
  expect(await ended).toBe(0);
});

async function portOf(log: NodeJS.ReadableStream): Promise<number> {
  for await (const line of createInterface({ input: log })) {
    const { msg, port } = JSON.parse(line) as { readonly msg?: string; readonly port?: number };
    if (msg === "serving" && port !== undefined) return port;
  }
  throw new Error("the service ended before it served");
}
