import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OWN_RULE } from "../own-rule.ts";
import { type BuiltCli, buildCli } from "./build-cli.ts";
import { createRepository, run } from "./folder.ts";
import { unsafe, weak } from "./sources.ts";

const CONFIG = ".github/safepath.yml";

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

test("scan and diff go by the configuration of the repository", () => {
  const repository = createRepository();
  repository.write("README.md", "# Shop\n");
  const base = repository.commit();
  repository.write(CONFIG, "fail-on: never\nrules: { weak-hash: off }\n");
  repository.write("app.py", unsafe);
  repository.write("digest.py", weak);
  const head = repository.commit();
  for (const args of [
    ["scan", "."],
    ["diff", `${base}..${head}`],
  ]) {
    const { code, out } = run(cli.main, repository.path, args);
    expect(code).toBe(0);
    expect(out).toContain("[shell-true-dynamic]");
    expect(out).not.toContain("[weak-hash]");
  }
  expect(run(cli.main, repository.path, ["scan", ".", "--no-config"]).out).toContain("[weak-hash]");
  expect(run(cli.main, repository.path, ["scan", ".", "--fail-on", "error"]).code).toBe(1);
});

test("a folder has its own configuration, files are left out, and what is named is scanned all the same", () => {
  const repository = createRepository();
  repository.write(CONFIG, 'ignore: ["gen/"]\n');
  repository.write("tools/.safepath.yml", "mode: monitor\n");
  repository.write("tools/app.py", unsafe);
  repository.write("gen/app.py", unsafe);
  const all = run(cli.main, repository.path, ["scan", "."]);
  expect([all.code, all.out.includes("gen/app.py"), all.out.includes("tools/app.py:4")]).toEqual([0, false, true]);
  expect(run(cli.main, repository.path, ["scan", "gen/app.py"]).code).toBe(1);
});

test("what the configuration leaves out is counted, also where nothing is left", () => {
  const repository = createRepository();
  repository.write("README.md", "# Shop\n");
  const base = repository.commit();
  repository.write("gen/app.py", unsafe);
  repository.write("app/app.py", weak);
  const head = repository.commit();
  const summaryOf = (...args: readonly string[]) => run(cli.main, repository.path, args).out.trim().split("\n").at(-1);
  repository.write(CONFIG, 'ignore: ["gen/"]\n');
  expect(summaryOf("scan", ".")).toBe("1 warning in 2 files (7 lines) · 1 file left out by the configuration");
  repository.write(CONFIG, 'ignore: ["**"]\n');
  for (const args of [
    ["scan", "app", "gen"],
    ["diff", `${base}..${head}`],
  ]) {
    expect(summaryOf(...args)).toBe("Nothing to look at: the configuration leaves out 2 files");
    const { out } = run(cli.main, repository.path, [...args, "--format", "json"]);
    expect(JSON.parse(out).summary).toMatchObject({ files: 0, leftOut: 2 });
  }
});

test("a configuration that is not right is wrong use, with every problem in its line", () => {
  const repository = createRepository();
  repository.write("app.py", unsafe);
  repository.write(CONFIG, "fail-on: fatal\nrules: { weak-hsh: off }\n");
  const { code, err } = run(cli.main, repository.path, ["scan", "."]);
  expect(code).toBe(2);
  expect(err).toContain(".github/safepath.yml:1: `fail-on`: expected `error`");
  expect(err).toContain(".github/safepath.yml:2: unknown rule `weak-hsh` (did you mean `weak-hash`?)");
  expect(run(cli.main, repository.path, ["scan", ".", "--config", "none.yml"])).toMatchObject({ code: 2 });
  repository.write("other.yml", "profile: loud\n");
  const other = run(cli.main, repository.path, ["scan", ".", "--config", "other.yml"]);
  expect(other.code).toBe(2);
  expect(other.err).toContain("\n  other.yml:1: ");
});

test("a configuration that is there and cannot be read is wrong use, and the defaults do not hold in its place", () => {
  const repository = createRepository();
  repository.write("app.py", unsafe);
  repository.write(`${CONFIG}/notes.md`, "a folder of that name\n");
  const { code, err } = run(cli.main, repository.path, ["scan", "."]);
  expect(code).toBe(2);
  expect(err).toContain(".github/safepath.yml cannot be read: it is a folder");
  repository.remove(CONFIG);
  symlinkSync("safepath.yml", join(repository.path, CONFIG));
  const { err: ofLink } = run(cli.main, repository.path, ["scan", "."]);
  expect(ofLink).toContain(".github/safepath.yml cannot be read: it is a link that leads to itself");
});

test("scan and diff go by the repository's own rules and models, in every format", () => {
  const repository = createRepository();
  repository.write(".github/safepath/rules/repo-acme-client.yml", OWN_RULE);
  repository.write(
    ".github/safepath/models/acme.yml",
    "package: acme_orders\nsinks:\n  - { feeds: command, at: acme_orders.dispatch, argument: { position: 0 }, form: command-line }\n",
  );
  const base = repository.commit();
  repository.write(
    "app.py",
    "from acme_client import Client\n\nshop = Client('https://shop.acme.dev', verify=False)\n",
  );
  repository.write(
    "run.py",
    "from acme_orders import dispatch\nfrom flask import request\n\ndispatch(request.args['order'])\n",
  );
  const head = repository.commit();
  for (const args of [
    ["scan", "."],
    ["diff", `${base}..${head}`],
    ["scan", ".", "--format", "sarif"],
  ]) {
    const { code, out } = run(cli.main, repository.path, args);
    expect(code).toBe(1);
    expect(out).toContain("repo-acme-client");
    expect(out).toContain("run.py");
  }
  expect(run(cli.main, repository.path, ["scan", ".", "--no-config"])).toMatchObject({ code: 0 });
});

test("an own rule that is not right is wrong use, with its line", () => {
  const repository = createRepository();
  repository.write(".github/safepath/rules/repo-acme-client.yml", OWN_RULE.replace("level: error", "level: fatal"));
  repository.write("app.py", unsafe);
  const { code, err } = run(cli.main, repository.path, ["scan", "."]);
  expect(code).toBe(2);
  expect(err).toContain(".github/safepath/rules/repo-acme-client.yml:4: `level`");
});

const EXAMPLES = `bad:
  - name: switched off
    code: |
      import acme_client

      client = acme_client.Client(verify=False)  # expect: repo-acme-client
good:
  - name: left as it is
    code: |
      import acme_client

      client = acme_client.Client()
`;

test("an own rule is tried on its examples, and each that does not hold is named", () => {
  const repository = createRepository();
  expect(run(cli.main, repository.path, ["rules", "test"])).toMatchObject({ code: 2 });
  const file = ".github/safepath/rules/repo-acme-client.yml";
  repository.write(file, OWN_RULE + EXAMPLES);
  repository.write("src/app.py", "a = 1\n");
  expect(run(cli.main, repository.path, ["rules", "test", "src"])).toMatchObject({
    code: 0,
    out: "repo-acme-client: 1 bad and 1 good examples hold\n",
  });
  const wrong = EXAMPLES.replace("verify=False", "").replace("Client()\n", "Client(verify=False)\n");
  repository.write(file, OWN_RULE + wrong.replaceAll(/ {2}# expect.*$/gmu, ""));
  const unmarked = run(cli.main, repository.path, ["rules", "test"]);
  expect(unmarked.code).toBe(1);
  expect(unmarked.out).toContain(
    'the bad example "switched off" has no line that ends with `# expect: repo-acme-client`',
  );
  expect(unmarked.out).toContain('the good example "left as it is" is reported in line 3');
  repository.write(file, OWN_RULE + wrong);
  expect(run(cli.main, repository.path, ["rules", "test"]).out).toContain(
    'the bad example "switched off" is reported in no line; line 3 is due',
  );
});
