import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const text = (path: string) => readFileSync(`${root}${path}`, "utf8");

interface Package {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const { dependencies, optionalDependencies, devDependencies, allowScripts } = JSON.parse(
  text("package.json"),
) as Record<string, Readonly<Record<string, string>>>;
const { packages } = JSON.parse(text("package-lock.json")) as {
  readonly packages: Readonly<Record<string, Package>>;
};
const installed = Object.entries(packages).filter(([path]) => path !== "");

test("the security page names tests that exist", () => {
  const named = [...text("SECURITY.md").matchAll(/`(test\/[\w./-]+)`/gu)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
});

test("each package that the product is installed with has its reason in a decision", () => {
  const decisions = globSync("docs/adr/*.md", { cwd: root }).map(text).join("\n");
  const names = Object.keys({ ...dependencies, ...optionalDependencies });
  expect(names.filter((name) => !decisions.includes(`\`${name}\``))).toEqual([]);
});

test("versions are exact, and the lock has a hash of each package", () => {
  const versions = Object.values({ ...dependencies, ...optionalDependencies, ...devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/u.test(version))).toEqual([]);
  expect(installed.length).toBeGreaterThan(100);
  expect(installed.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
});

test("no package may run a script when it is installed but those that are named", () => {
  const running = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = running.map(([path]) => path.replace(/^.*node_modules\//u, ""));
  expect(names.filter((name) => !["fsevents", ...Object.keys(allowScripts ?? {})].includes(name))).toEqual([]);
});
