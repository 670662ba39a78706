import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: DETECTORS,
});

const BEFORE = `import base64, os, re

def is_word(value):
    return bool(re.fullmatch(r"\\w+", value))

def ensure(value):
    if not value.isalnum():
        raise ValueError(value)

`;

/** What the lines are called that a shell is given, by the comment behind them: a parameter that nobody is known to send. */
function reported(code: string): readonly string[] {
  const text = BEFORE + code;
  const { findings } = analyse({
    kind: "file",
    file: { path: "tools/run.py", text },
    options: { profile: "default", levels: {}, today: "2026-01-01" },
  });
  const lines = text.split("\n");
  return findings.map(({ location }) => (lines[location.span.start.line - 1] ?? "").replace(/^.*# /, ""));
}

test.each([
  [
    "a pattern, a test of letters, a list",
    `def a(name):
    if not re.fullmatch(r"\\w+", name):
        raise ValueError(name)
    os.system("ls " + name)

def b(name):
    if name.isalnum():
        os.system("ls " + name)
    else:
        os.system("ls " + name)  # not checked

def c(name):
    if name not in ("a", "b"):
        raise ValueError(name)
    os.system("ls " + name)
`,
    ["not checked"],
  ],
  [
    "a function that answers, one that raises, and one that is asked of another value",
    `def a(name):
    if not is_word(name):
        raise ValueError(name)
    os.system("ls " + name)

def b(name, other):
    ensure(name)
    os.system("ls " + name)
    os.system("ls " + other)  # other
`,
    ["other"],
  ],
  [
    "what is proved on one of two ways",
    `def a(name, strict):
    if strict:
        ensure(name)
    os.system("ls " + name)  # one way
`,
    ["one way"],
  ],
  [
    "a variable that is given another value, before and after",
    `def a(name, other):
    ensure(name)
    name = other
    os.system("ls " + name)  # after

def b(name, other):
    name = other
    ensure(name)
    os.system("ls " + name)

def replaced(name, other):
    name = other
    ensure(name)

def c(name, other):
    replaced(name, other)
    os.system("ls " + name)  # of another
`,
    ["after", "of another"],
  ],
  [
    "an attribute that was checked before it was given",
    `class Checked:
    def __init__(self, name):
        ensure(name)
        self.name = name

    def run(self):
        os.system("ls " + self.name)

class Open:
    def __init__(self, name):
        self.name = name

    def run(self):
        os.system("ls " + self.name)  # attribute
`,
    ["attribute"],
  ],
  [
    "a function that one caller hands a checked value to, and anyone another one",
    `def caller(name):
    ensure(name)
    called(name)

def called(name):
    os.system("ls " + name)  # called
`,
    ["called"],
  ],
  [
    "a function that gives back what it is given, which is checked the first time alone",
    `def a(name):
    ensure(name)
    given = pair(name)
    os.system("ls " + given[0])

def b(name):
    given = pair(name)
    os.system("ls " + given[0])  # the second time

def pair(value):
    return value, 1
`,
    ["the second time"],
  ],
  [
    "what is decoded of what is proved",
    `def a(name):
    ensure(name)
    os.system("ls " + base64.b64decode(name).decode())  # decoded
`,
    ["decoded"],
  ],
] as const)("%s", (_, code, expected) => {
  expect(reported(code)).toEqual(expected);
});
