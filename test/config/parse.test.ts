import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folderSchema, organizationSchema, repositorySchema } from "../../src/config/config-schema.ts";
import { MAX_CONFIG_LENGTH, parseConfig } from "../../src/config/parse.ts";

const RULES = new Set(["sql-injection", "weak-hash"]);

const read = (text: string) => parseConfig(".github/safepath.yml", text, repositorySchema, RULES);

const said = (text: string) => read(text).problems.map(({ line, message }) => `${line}: ${message}`);

describe("a configuration file", () => {
  test("that is empty, or holds comments alone, says nothing", () => {
    for (const text of ["", "# nothing yet\n", "---\n"]) expect(read(text)).toEqual({ config: {}, problems: [] });
  });

  test("is read with all that it sets", () => {
    const { config, problems } = read(
      "profile: audit\nfail-on: warning\nrules:\n  weak-hash: note\ncomments:\n  at-most: 5\nmodes:\n  - { mode: monitor, levels: [warning] }\n",
    );
    expect(problems).toEqual([]);
    expect(config).toEqual({
      profile: "audit",
      "fail-on": "warning",
      rules: { "weak-hash": "note" },
      comments: { "at-most": 5 },
      modes: [{ mode: "monitor", levels: ["warning"] }],
    });
  });

  test("names an unknown setting and a bad value with their lines; the rest is in force", () => {
    const text = "profil: audit\nfail-on: fatal\ncomments:\n  at-most: 500\n  from: error\nskip-labels: wip\n";
    expect(said(text)).toEqual([
      "1: unknown setting `profil`",
      "2: `fail-on`: expected `error`, `warning`, `note`, `never`; the setting is not in force",
      "4: `comments.at-most`: at most 30; the setting is not in force",
      "6: `skip-labels`: expected a list; the setting is not in force",
    ]);
    expect(read(text).config).toEqual({ comments: { from: "error" } });
  });

  test("names a rule that does not exist, and the one that was meant", () => {
    const text = "rules:\n  sql-injektion: off\n  weak-hash: off\nmodes:\n  - mode: comment\n    rules: [weak-hsh]\n";
    expect(said(text)).toEqual([
      "2: unknown rule `sql-injektion` (did you mean `sql-injection`?)",
      "6: unknown rule `weak-hsh` (did you mean `weak-hash`?)",
    ]);
  });

  test("names all that is wrong in one line, also a rule whose level is wrong or whose entry is left out", () => {
    expect(said("rules: { weak-hsh: nope, weak-hash: loud, foo: off }\n")).toEqual([
      "1: unknown rule `weak-hsh` (did you mean `weak-hash`?)",
      "1: `rules.weak-hsh`: expected `off`, `error`, `warning`, `note`; the setting is not in force",
      "1: `rules.weak-hash`: expected `off`, `error`, `warning`, `note`; the setting is not in force",
      "1: unknown rule `foo`",
    ]);
    expect(said("modes:\n  - { mode: loud, rules: [weak-hsh, 3] }\n")).toEqual([
      "2: `modes.0.mode`: expected `monitor`, `comment`, `block`; the setting is not in force",
      "2: unknown rule `weak-hsh` (did you mean `weak-hash`?)",
      "2: `modes.0.rules.1`: expected a text; the setting is not in force",
    ]);
    expect(said("rules:\n  weak-hash: 3\nrulez: { rules: [foo] }\n")).toEqual([
      "2: `rules.weak-hash`: expected `off`, `error`, `warning`, `note`; the setting is not in force",
      "3: unknown setting `rulez`",
    ]);
  });

  test("names the first twenty problems of thousands, soon", () => {
    const names = Array.from({ length: 6_000 }, (_, at) => `r${at}: 1`);
    for (const text of [`rules: { ${names.join(", ")} }\n`, names.join("\n")])
      expect(read(text).problems).toHaveLength(20);
  });

  test.each([
    ["rules: [a]", "1: `rules`: expected settings; the setting is not in force"],
    ["ignore: [1]", "1: `ignore.0`: expected a text; the setting is not in force"],
    ['ignore: [""]', "1: `ignore.0`: is empty; the setting is not in force"],
    ["comments: { at-most: many }", "1: `comments.at-most`: expected a number; the setting is not in force"],
    ["comments: { at-most: 1.5 }", "1: `comments.at-most`: expected a whole number; the setting is not in force"],
  ])("says in words what is expected: %s", (text, expected) => {
    expect(said(`${text}\n`)).toEqual([expected]);
  });

  test("loses the bad entries of a list and keeps the others", () => {
    const text = "modes:\n  - mode: loud\n  - mode: comment\n  - moode: block\n    mode: block\n";
    expect(read(text).config).toEqual({ modes: [{ mode: "comment" }, { mode: "block" }] });
    expect(said(text)).toHaveLength(2);
  });

  test.each([
    ["no YAML", "profile: [audit\n"],
    ["a list", "- profile\n"],
    ["a text", "audit\n"],
    ["a key twice", "profile: audit\nprofile: default\n"],
  ])("that is %s is not in force, and says so", (_, text) => {
    expect(read(text).config).toEqual({});
    expect(said(text).join()).toMatch(/none of the file is in force/);
  });

  test("that is too large is refused whole", () => {
    const { config, problems } = read(`profile: audit\n# ${"x".repeat(MAX_CONFIG_LENGTH)}`);
    expect([config, problems.length]).toEqual([{}, 1]);
  });

  test("whose aliases multiply is refused, and takes no memory", () => {
    const layers = Array.from({ length: 12 }, (_, at) =>
      at === 0
        ? "a0: &a0 [x, x, x, x, x, x, x, x, x]"
        : `a${at}: &a${at} [${Array(9)
            .fill(`*a${at - 1}`)
            .join(", ")}]`,
    );
    expect(said(layers.join("\n"))).toEqual(["1: expected settings, `name: value`; none of the file is in force"]);
  });

  test("cannot reach what every object inherits", () => {
    read("__proto__:\n  polluted: true\nconstructor: { prototype: { polluted: true } }\n");
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  test("shows what it quotes inside code spans that nothing in it ends", () => {
    for (const { message } of read("'`@org/team` <!-- x': 1\n").problems) expect(message.split("`")).toHaveLength(3);
  });

  test("ends in a configuration whatever it holds", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("profile", "rules", "modes", "mode", "comments", "defaults", "x"), tie("any"), {
          maxKeys: 4,
        }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (given) => {
        for (const schema of [repositorySchema, folderSchema, organizationSchema]) {
          const { config } = parseConfig<object>("p", JSON.stringify(given), schema, RULES);
          expect(schema.safeParse(config).success).toBe(true);
        }
      }),
    );
  });
});
