import type { Log } from "sarif";
import { expect, test } from "vitest";
import type { AnalysisTask, Engine } from "../../src/analysis/analyser.ts";
import type { CliContext } from "../../src/cli/context.ts";
import { diff } from "../../src/cli/diff.ts";
import { createInProcessEngine } from "../../src/engine/in-process.ts";
import { loadAnalyse } from "../../src/engine/load-analyse.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { pathOf } from "../../src/engine/trouble.ts";
import { createRepository, type Folder } from "./folder.ts";

const FILES = 12;

/** Views that each hand what they are sent through four modules, the last of which runs it. */
function shop(repository: Folder, depth: number): void {
  for (let at = 0; at < depth; at++) {
    const next = at + 1 === depth ? "import os\n" : `from shop.m${at + 1} import f${at + 1}\n`;
    const call = at + 1 === depth ? "os.system(text)" : `f${at + 1}(text)`;
    repository.write(`shop/m${at}.py`, `${next}\n\ndef f${at}(text):\n    ${call}\n`);
  }
}

function views(repository: Folder, body: string): void {
  for (let at = 0; at < FILES; at++)
    repository.write(
      `shop/view${at}.py`,
      `from flask import Flask, request\nfrom shop.m0 import f0\n\napp = Flask(__name__)\n\n\n@app.route("/${at}")\ndef view():\n    ${body}\n`,
    );
}

interface Counted {
  readonly analysed: readonly string[];
  readonly rules: readonly (string | undefined)[];
}

async function compare(cwd: string, range: string): Promise<Counted> {
  const analysed: string[] = [];
  let out = "";
  const noted = (task: AnalysisTask) => {
    analysed.push(pathOf(task));
    return task;
  };
  const context = {
    ...{ version: "1", cwd, today: "2026-01-01" },
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: () => {} },
    loadRules: async () => (await loadRules()).rules,
    loadRuleSet: loadRules,
    async createEngine({ fileAt }): Promise<Engine> {
      const engine = createInProcessEngine(await loadAnalyse({ askFor: fileAt }));
      return { ...engine, analyse: (task) => engine.analyse(noted(task)) };
    },
  } satisfies Partial<CliContext>;
  await diff(range, { format: "sarif", minLevel: "note" }, context as unknown as CliContext);
  const { results = [] } = (JSON.parse(out) as Log).runs[0] ?? {};
  return { analysed, rules: results.map(({ ruleId }) => ruleId) };
}

test.each([
  ["", 0],
  [" of a folder with many files", 100],
])("a file of a change is analysed once, however far its imports lead%s", async (_, others) => {
  const repository = createRepository();
  shop(repository, 4);
  for (let at = 0; at < others; at++) repository.write(`shop/other${at}.py`, "");
  views(repository, 'return "nothing"');
  const base = repository.commit();
  views(repository, 'return f0(request.args["name"])');
  repository.commit();
  const { analysed, rules } = await compare(repository.path, `${base}..HEAD`);
  expect(analysed).toHaveLength(FILES);
  // Each of the flows ends at the same place, and is said there once.
  expect(rules).toEqual(["command-injection"]);
});
