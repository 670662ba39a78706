import { describe, expect, it } from "vitest";
import { loadModel, loadModels, loadVocabulary, ModelFileError } from "../../src/taint/models/load-models.ts";

const VOCABULARY = {
  labels: ["remote", "db"],
  kinds: { injection: ["sql", "html"], trust: ["session"] },
  shared: {},
  does: {},
};

function load(text: string) {
  return loadModel({ path: "rules/models/example.yml", text }, VOCABULARY);
}

function problemsOf(text: string): readonly string[] {
  try {
    load(text);
  } catch (error) {
    if (error instanceof ModelFileError) return error.problems;
    throw error;
  }
  return [];
}

describe("a model file", () => {
  it("fills in what it does not say", () => {
    expect(load("package: example")).toEqual({
      package: "example",
      aliases: {},
      types: {},
      extends: {},
      named: [],
      names: {},
      entries: [],
      sources: [],
      sinks: [],
      sanitizers: [],
      members: [],
      guards: [],
      items: {},
      holders: [],
      streams: [],
      propagators: [],
      removals: [],
      cleaners: [],
      texts: [],
      opaque: [],
      noreturn: [],
    });
  });

  it("takes one path or several, and expands braces", () => {
    const model = load(`
package: example
propagators: a.b
opaque:
  - a.{c,d}().{e,f}
  - a.g
`);
    expect(model.propagators).toEqual(["a.b"]);
    expect(model.opaque).toEqual(["a.c().e", "a.c().f", "a.d().e", "a.d().f", "a.g"]);
  });

  it("reads every way a sink can take its data", () => {
    const model = load(`
package: example
sinks:
  - { feeds: sql, at: a.b, argument: { position: 0, keyword: query } }
  - { feeds: sql, at: a.c, argument: { keyword: [query, sql] } }
  - { feeds: sql, at: a.d, argument: receiver }
  - { feeds: html, at: a.e, argument: assigned, form: url }
`);
    expect(model.sinks.map(({ port, form }) => ({ port, form }))).toEqual([
      { port: { kind: "argument", position: 0, keywords: ["query"] }, form: "any" },
      { port: { kind: "argument", keywords: ["query", "sql"] }, form: "any" },
      { port: { kind: "receiver" }, form: "any" },
      { port: { kind: "assigned" }, form: "url" },
    ]);
  });

  it("reads the tests of other arguments", () => {
    const [sink] = load(`
package: example
sinks:
  - feeds: html
    at: a.b
    argument: each
    when: [{ keyword: shell, equals: true }]
    unless: [{ position: 1, keyword: Loader, is-path: "a.{Safe,Base}" }, { keyword: type, lacks: html }]
`).sinks;
    expect(sink?.when).toEqual([{ keywords: ["shell"], equals: true }]);
    expect(sink?.unless).toEqual([
      { position: 1, keywords: ["Loader"], isPath: ["a.Safe", "a.Base"] },
      { keywords: ["type"], lacks: "html" },
    ]);
  });

  it("reads entry points", () => {
    const [entry] = load(`
package: example
entries:
  - bases: [a.View]
    methods: [get]
    parameters: remote
    parameter-types: { 0: a.Request, -1: a.Context }
    self: { request: a.Request, kwargs: "label:remote" }
`).entries;
    expect(entry).toMatchObject({
      bases: ["a.View"],
      parameters: "remote",
      parameterTypes: { "0": "a.Request", "-1": "a.Context" },
      self: { request: "a.Request", kwargs: "label:remote" },
    });
  });
});

describe("a mistake in a model file", () => {
  it.each([
    ["an unknown kind", "sinks: [{ feeds: sqll, at: a, argument: each }]", 'sinks[0].feeds: unknown kind "sqll"'],
    [
      "a group where a kind is due",
      "sinks: [{ feeds: trust, at: a, argument: each }]",
      'sinks[0].feeds: unknown kind "trust"',
    ],
    ["an unknown label", "sources: [{ yields: remot, text: it, at: a }]", 'sources[0].yields: unknown label "remot"'],
    [
      "an unknown label of self",
      'entries: [{ functions: [f], self: { a: "label:x" } }]',
      'entries[0].self.a: unknown label "x"',
    ],
    ["a path that is none", "opaque: [a..b]", "opaque[0]: is not an API path"],
    [
      "a test of nothing",
      "sinks: [{ feeds: sql, at: a, argument: each, when: [{ keyword: k }] }]",
      "needs exactly one of",
    ],
    [
      "an argument that is nowhere",
      "sinks: [{ feeds: sql, at: a, argument: {} }]",
      "sinks[0].argument: needs a position or a keyword",
    ],
    [
      "an entry that nothing leads to",
      "entries: [{ parameters: remote }]",
      "entries[0]: needs decorators, bases, functions, registrations, a shape or a signature",
    ],
    [
      "a signature that any function has",
      "entries: [{ signature: [request] }]",
      "entries[0]: a signature of one name needs the imports of its modules",
    ],
    ["a key that does not exist", "sink: []", 'Unrecognized key: "sink"'],
  ])("%s is named with its key", (_name, text, problem) => {
    expect(problemsOf(`package: example\n${text}`).join("\n")).toContain(problem);
  });

  it("is reported with the file, also when the YAML itself is broken", () => {
    expect(() => load("package: [")).toThrow(/^rules\/models\/example\.yml: /);
  });
});

describe("the vocabulary", () => {
  it("is found among the files by its name", () => {
    const files = [
      { path: "models/kinds.yml", text: "labels: [remote]\nkinds: { injection: [sql] }" },
      { path: "models/a.yml", text: "package: a" },
    ];
    const { vocabulary, models } = loadModels(files);
    expect(vocabulary.labels).toEqual(["remote"]);
    expect(models.map((model) => model.package)).toEqual(["a"]);
    expect(() => loadModels(files.slice(1))).toThrow("kinds.yml: is missing among the models");
  });

  it("has no more kinds than an integer has bits", () => {
    const kinds = Array.from({ length: 32 }, (_, index) => `k${"abcdefgh"[index % 8]}-${"abcd"[index >> 3]}`);
    const text = `labels: [remote]\nkinds: { injection: [${kinds.join(", ")}] }`;
    expect(() => loadVocabulary({ path: "kinds.yml", text })).toThrow("kinds.yml: kinds: more than 31 kinds");
  });
});
