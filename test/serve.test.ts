import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const CLI = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "safepath-serve-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function serve(args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [CLI, "serve", ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, LOG_LEVEL: "info", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data) => {
    output.stdout += data;
  });
  child.stderr.on("data", (data) => {
    output.stderr += data;
  });
  return { child, output };
}

test("without settings all that is missing is named at once", async () => {
  const { child, output } = serve();
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  for (const name of ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"]) expect(output.stderr).toContain(`- ${name}: `);
});

test("it serves what .env says until it is told to stop, and then ends in order", async () => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = Buffer.from(privateKey.export({ type: "pkcs1", format: "pem" })).toString("base64");
  const lines = [
    "APP_ID=1",
    `PRIVATE_KEY=${key}`,
    "WEBHOOK_SECRET=0f8a6c1b93de4572",
    "RULE_PAGES_URL=https://example.com/rules",
    "HOST=127.0.0.1",
    "PORT=0",
    "RECOVERY_MINUTES=0",
    "ANALYSERS=1",
    "LOG_LEVEL=fatal",
  ];
  writeFileSync(join(folder, ".env"), `${lines.join("\n")}\n`);
  const { child, output } = serve();
  while (!output.stdout.includes('"serving"')) await once(child.stdout, "data");
  const { port } = JSON.parse(output.stdout.split("\n")[0] ?? "") as { readonly port: number };
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(output.stdout).toContain("shutting down");
});

test("a database that cannot be reached is said in one line, and is no bug", async () => {
  const nobody = createServer().listen(0, "127.0.0.1");
  await once(nobody, "listening");
  const { port } = nobody.address() as AddressInfo;
  await new Promise((resolve) => nobody.close(resolve));
  const { child, output } = serve([], { DATABASE_URL: `postgresql://safepath:hidden@127.0.0.1:${port}/safepath` });
  expect(await once(child, "close")).toEqual([1, null]);
  expect(output.stderr).toContain(`the database at 127.0.0.1:${port} cannot be reached`);
  expect(output.stderr + output.stdout).not.toMatch(/hidden|"fatal"/u);
});

test("a role alone needs a database", async () => {
  const { child, output } = serve(["--role", "worker"]);
  expect(await once(child, "close")).toEqual([1, null]);
  expect(output.stderr).toContain("DATABASE_URL: is missing");
});
