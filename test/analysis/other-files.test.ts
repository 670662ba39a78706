import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { isUnverified } from "../../src/analysis/is-unverified.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { diffTexts } from "../../src/diff/diff-texts.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { noticeText } from "../../src/report/notice-text.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: DETECTORS,
});
const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;
const TOKEN = "glpat-tX9vQ2mWr7KzB4nLc8Yp";

function analyseFile(path: string, text: string) {
  return analyse({ kind: "file", file: { path, text }, options });
}

function notebookOf(cells: readonly object[], language = "python"): string {
  const metadata = { kernelspec: { language }, language_info: { name: language } };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1);
}

function codeCell(code: string): object {
  return { cell_type: "code", execution_count: 1, metadata: {}, outputs: [], source: code.split(/(?<=\n)/u) };
}

describe("a file of settings", () => {
  test("shows its secret nowhere in what is said", () => {
    const text = `db:\n  url: postgresql://app:tr0ub4dor3@db.shop.example.net/shop\n  token: ${TOKEN}\n  password: kartoffel-9\n`;
    const { findings } = analyseFile("config/shop.yml", text);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual([
      "url-credentials-hardcoded",
      "secret-known-format",
      "secret-in-config-file",
    ]);
    const said = JSON.stringify(findings);
    for (const secret of ["tr0ub4dor3", TOKEN, "kartoffel-9"]) expect(said).not.toContain(secret);
  });

  test("says of a change only what it adds", () => {
    const base = `token: ${TOKEN}\nlevel: info\n`;
    const head = `level: debug\ntoken: ${TOKEN}\npassword: kartoffel-9\n`;
    const change = {
      base: { path: "shop.yml", text: base },
      head: { path: "shop.yml", text: head },
      hunks: diffTexts(base, head),
    };
    const { findings } = analyse({ kind: "change", change, options });
    expect(findings.map(({ ruleId, location }) => [ruleId, location.span.start.line])).toEqual([
      ["secret-in-config-file", 3],
    ]);
  });

  test("is silenced on a line by a comment with a reason", () => {
    const comment = "# safepath: ignore[secret-known-format] -- of a server that is switched off";
    const { findings, suppressed } = analyseFile("shop.yml", `token: ${TOKEN}  ${comment}\n`);
    expect([findings, suppressed.map(({ reason }) => reason)]).toEqual([[], ["of a server that is switched off"]]);
    const template = "{% autoescape off %} {# safepath: ignore[template-tag-autoescape-off] -- an icon of ours #}\n";
    expect(analyseFile("a.html", template).suppressed.map(({ reason }) => reason)).toEqual(["an icon of ours"]);
  });
});

describe("a notebook", () => {
  const flow = `import os\nfrom flask import request\n\nos.system("ls " + request.args["folder"])\n`;

  test("of an old format has its cells in worksheets, each of a language", () => {
    const cell = (language: string) => ({ cell_type: "code", input: flow.split(/(?<=\n)/u), language, outputs: [] });
    const written = (language: string) =>
      JSON.stringify({ metadata: {}, nbformat: 3, worksheets: [{ cells: [cell(language)] }] }, undefined, 1);
    const [found] = analyseFile("old.ipynb", written("python")).findings;
    const line =
      written("python")
        .split("\n")
        .findIndex((text) => text.includes("os.system")) + 1;
    expect([found?.ruleId, found?.location.span.start.line]).toEqual(["command-injection", line]);
    expect(analyseFile("old.ipynb", written("ruby")).findings).toEqual([]);
  });

  test("is reviewed like Python, on the lines and columns of its file", () => {
    const text = notebookOf([
      { cell_type: "markdown", metadata: {}, source: ["os.system(x)"] },
      codeCell("%pip install flask\n!ls\n"),
      codeCell(flow),
    ]);
    const { findings, notices } = analyseFile("work.ipynb", text);
    expect(notices).toEqual([]);
    const [finding] = findings;
    const { start, end } = finding?.location.span ?? {};
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(["command-injection"]);
    expect(text.split("\n")[(start?.line ?? 0) - 1]?.slice(start?.column)).toMatch(/^os\.system\(\\"ls/u);
    expect(text.slice(start?.offset, end?.offset)).toBe('os.system(\\"ls \\" + request.args[\\"folder\\"])');
    expect(finding?.excerpt).toBe('os.system("ls " + request.args["folder"])');
    expect(finding?.marked).toEqual({ from: 0, to: 41 });
    expect(finding?.trace?.[0]?.location.span.start.line).toBe(start?.line);
    expect(finding?.fix).toBeUndefined();
  });

  test("follows values from cell to cell, and knows what is no Python in one", () => {
    const text = notebookOf([
      codeCell("%%bash\nrm -rf / || os.system(x)\n"),
      codeCell("%%time\nfrom flask import request\nname = request.args['x']\nfiles = !ls\nname?\n"),
      codeCell("import os\nos.system(name)\n"),
    ]);
    const { findings, notices } = analyseFile("work.ipynb", text);
    expect([findings.map(({ ruleId }) => ruleId), notices]).toEqual([["command-injection"], []]);
  });

  test("is reviewed where a cell is one text, or the whole file one line", () => {
    const source = `%time\r\n${flow}# \u00e9\nos.system("rm " + request.args["x"])  # safepath: ignore[command-injection] -- ours\n`;
    const text = notebookOf([{ ...codeCell(""), source }, codeCell(flow)]);
    for (const file of [text, JSON.stringify(JSON.parse(text)), text.replaceAll("é", "\\u00e9")]) {
      const { findings, suppressed, notices } = analyseFile("work.ipynb", file);
      const places = [...findings, ...suppressed.map(({ finding }) => finding)].map(({ location: { span } }) =>
        file.slice(span.start.offset, span.end.offset),
      );
      expect(places).toEqual([
        'os.system(\\"ls \\" + request.args[\\"folder\\"])',
        'os.system(\\"ls \\" + request.args[\\"folder\\"])',
        'os.system(\\"rm \\" + request.args[\\"x\\"])',
      ]);
      expect([suppressed.map(({ reason }) => reason), notices]).toEqual([["ours"], []]);
    }
  });

  test("is silenced by a comment in a cell, above a line or behind it", () => {
    const quiet = `# safepath: ignore[command-injection] -- ours\nos.system("ls " + request.args["folder"])\n`;
    const text = notebookOf([codeCell("import os\nfrom flask import request\n"), codeCell(quiet)]);
    const { findings, suppressed, notices } = analyseFile("work.ipynb", text);
    expect([findings, suppressed.length, notices]).toEqual([[], 1, []]);
    const comment = suppressed[0]?.comment?.span;
    expect(text.slice(comment?.start.offset, comment?.end.offset)).toBe(quiet.split("\n")[0]);
  });

  test("says of a change only the cells that it touches", () => {
    const base = notebookOf([codeCell(flow)]);
    const head = notebookOf([codeCell("print(1)\n"), codeCell(flow), codeCell(`token = "${TOKEN}"\n`)]);
    const sides = { base: { path: "a.ipynb", text: base }, head: { path: "a.ipynb", text: head } };
    const { findings } = analyse({ kind: "change", change: { ...sides, hunks: diffTexts(base, head) }, options });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(["secret-known-format"]);
  });

  test("of another language says nothing", () => {
    const { findings, notices } = analyseFile("a.ipynb", notebookOf([codeCell(flow)], "julia"));
    expect([findings, notices]).toEqual([[], []]);
  });

  test.each(["{", "[]", '{"cells": 1}', "[".repeat(50_000), "<<<<<<< HEAD\n{}"])(
    "that cannot be read is listed, and fails nothing: %.20s",
    (text) => {
      const { findings, notices } = analyseFile("a.ipynb", text);
      expect(findings).toEqual([]);
      expect(notices).toEqual([{ kind: "unreadable", path: "a.ipynb", reason: "broken-notebook" }]);
      expect(notices.map((notice) => [noticeText(notice), isUnverified(notice)])).toEqual([
        ["not analysed: it is no notebook that can be read", false],
      ]);
    },
  );

  test("with half a megabyte of pictures costs little more than its code", () => {
    const picture = { output_type: "display_data", data: { "image/png": "iVBORw0KGgo".repeat(45_000) }, metadata: {} };
    const text = notebookOf([{ ...codeCell(flow), outputs: [picture] }]);
    expect(analyseFile("a.ipynb", text).findings).toHaveLength(1);
  });
});
