import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../src/config/defaults.ts";
import { loadRules } from "../src/engine/load-rules.ts";
import { MAX_TEXT_LENGTH, PARSE_DEADLINE_MS } from "../src/python/parse-limits.ts";
import { SECTION_TITLES } from "../src/rules/section-titles.ts";
import { readSettings, SettingsError } from "../src/settings.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts;
const { rules } = await loadRules();
const source = (path: string) => readFileSync(join(root, path), "utf8");

describe("the README", () => {
  test("names two commands to set up, and scripts that exist", () => {
    const setUp = readme.match(/^npm ci && npm .*?(?=\s{2,}#|$)/gmu);
    expect(setUp).toEqual(["npm ci && npm run demo", "npm ci && npm test"]);
    const used = [...readme.matchAll(/npm run ([\w:]+)/gu)].map(([, name]) => name ?? "");
    expect(used.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test("counts the rules as they are", () => {
    expect(readme).toContain(`[${rules.length} rules](docs/rules/README.md)`);
    for (const [section, title] of Object.entries(SECTION_TITLES)) {
      const own = rules.filter((rule) => rule.section === section);
      expect(readme).toContain(`| ${title} | ${own.length} | `);
      const row = readme.split("\n").find((line) => line.startsWith(`| ${title} |`)) ?? "";
      const named = [...row.matchAll(/`([\w-]+)`/gu)].map(([, id]) => id);
      expect(named.filter((id) => own.every((rule) => rule.id !== id))).toEqual([]);
    }
  });

  test("tells the policy that holds", () => {
    expect(DEFAULT_POLICY).toMatchObject({
      files: { failOn: "error" },
      inlineFrom: "warning",
      maxComments: 15,
      groupFrom: 3,
    });
    expect(readme).toContain("at most 15 comments stand at a time");
    expect([MAX_TEXT_LENGTH / 1024, PARSE_DEADLINE_MS]).toEqual([512, 500]);
    expect(readme).toContain("Files over 512 kB, and files that the parser cannot read in half a second");
  });

  test("compares with the figures that were measured", () => {
    const [, audit = "", profile = "", bandit = "", ruff = ""] =
      /Python security rules.*?\|.*?\| (.*?) \| (.*?) \| (.*?) \| (.*?) \|$/mu.exec(source("docs/benchmarks.md")) ?? [];
    const shares = [profile, audit, bandit, ruff].map((cell) =>
      [...cell.matchAll(/([\d.]+) %/gu)].map(([, share]) => `${Math.round(Number(share))} %`),
    );
    expect(shares.map(({ length }) => length)).toEqual([2, 2, 2, 2]);
    expect(readme).toContain(`| labelled wrong, and found | ${shares.map(([found]) => found).join(" | ")} |`);
    expect(readme).toContain(`reported all the same | ${shares.map(([, reported]) => reported).join(" | ")} |`);
    const count = (row: string) => new RegExp(`^\\| ${row}[^|]*\\| (\\d+) `, "mu").exec(source("docs/noise.md"))?.[1];
    expect(readme).toContain(`(docs/noise.md) | ${count("errors and warnings")}, ${count("false")} of them false |`);
  });

  test("leads to a table of every variable of the settings, and of no other", () => {
    const page = source("docs/operating.md");
    const table = page.slice(page.indexOf("| variable |"), page.indexOf("## One machine"));
    const named = new Set(
      [...table.matchAll(/`([A-Z][A-Z_]+)`/gu)].map(([, name = ""]) => name.replace(/_FILE$/u, "")),
    );
    const schema = source("src/settings.ts").match(/const variables = z\.object\(\{([\s\S]*?)^\}\);/mu)?.[1] ?? "";
    const known = [...schema.matchAll(/^ {2}([A-Z_]+):/gmu)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(8);
    expect([...named].toSorted()).toEqual(known.toSorted());
  });

  test("leads to the variables that have to be given", () => {
    const page = source("docs/operating.md");
    const sentence = page.split("\n").find((line) => line.includes("have to be given")) ?? "";
    const needed = [...(sentence.split(" have to be given")[0] ?? "").matchAll(/`([A-Z_]+)`/gu)].map(
      ([, name]) => name,
    );
    const problems = (() => {
      try {
        readSettings({});
        return [];
      } catch (error) {
        return error instanceof SettingsError ? error.problems : [];
      }
    })();
    expect(problems.map((problem) => problem.split(":")[0]).toSorted()).toEqual(needed.toSorted());
  });

  test("is right that the service refuses a missing and a weak webhook secret", () => {
    const problems = (environment: Readonly<Record<string, string>>) => {
      try {
        readSettings(environment);
        return [];
      } catch (error) {
        return error instanceof SettingsError
          ? error.problems.filter((problem) => problem.startsWith("WEBHOOK_SECRET"))
          : [];
      }
    };
    expect(problems({})).toHaveLength(1);
    expect(problems({ WEBHOOK_SECRET: "development" })).toHaveLength(1);
    expect(problems({ WEBHOOK_SECRET: "4f0c1d9be2a75836" })).toEqual([]);
  });

  test("shows commands that the command line has", () => {
    const program = source("src/cli/program.ts");
    for (const [, command = ""] of readme.matchAll(/npx safepath (\w+)/gu)) expect(program).toContain(`"${command}`);
  });

  test.each(["README.md", "CONTRIBUTING.md", "SECURITY.md", ...globSync("docs/{,adr/}*.md", { cwd: root })])(
    "and %s link to files that exist, and to headings that they have",
    (page) => {
      const links = [...source(page).matchAll(/(?:\]\(|srcset="|src=")([^)"\s]+)/gu)].map(([, link = ""]) => link);
      const missing = links.filter((link) => {
        if (/^https?:/u.test(link)) return false;
        const [path = "", heading] = link.split("#");
        const file = path === "" ? page : join(page, "..", path);
        return !existsSync(join(root, file)) || (heading !== undefined && !headingsOf(source(file)).includes(heading));
      });
      expect(missing).toEqual([]);
    },
  );
});

/** As GitHub names them in links. */
function headingsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gmu)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
