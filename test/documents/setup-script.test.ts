import { expect, test } from "vitest";
import { readSetupScript } from "../../src/documents/setup-script.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";

const parser = await chooseParser();

function read(text: string) {
  const syntax = parser.parse(text);
  if ("reason" in syntax) throw new Error(syntax.reason);
  const { entries, problems } = readSetupScript("setup.py", syntax);
  const requirements = entries.filter((entry) => entry.kind === "requirement");
  return {
    said: requirements.map(({ span, group }) => [
      text.slice(span.start.offset, span.end.offset),
      "name" in group ? `${group.kind}:${group.name}` : group.kind,
    ]),
    problems: problems.map(({ line }) => line),
  };
}

test("what is written in setup() is read, with its places", () => {
  const text = `
from setuptools import setup
BASE = ["requests>=2.28"]
REQUIRES = BASE + ("attrs",)
EXTRAS = {"web": ["flask==3.1"], "all": ["celery[redis]; os_name == 'nt'"]}
setup(
    name="shop",
    install_requires=REQUIRES,
    setup_requires="""
        setuptools_scm
        wheel>=0.40
    """,
    tests_require=["pytest", '!'],
    extras_require=EXTRAS,
)
`;
  expect(read(text)).toEqual({
    said: [
      ["requests>=2.28", "main"],
      ["attrs", "main"],
      ["flask==3.1", "extra:web"],
      ["celery[redis]; os_name == 'nt'", "extra:all"],
      ["setuptools_scm", "build"],
      ["wheel>=0.40", "build"],
      ["pytest", "group:tests"],
    ],
    problems: [13],
  });
});

test.each([
  ["a list that is worked out", "setup(install_requires=[line for line in open('r.txt')])"],
  ["a name that is assigned twice", "R = ['a']\nR = ['b']\nsetup(install_requires=R)"],
  ["a name that stands for itself", "R = R\nsetup(install_requires=R)"],
  ["a text with values filled in", "setup(install_requires=[f'a=={version}'])"],
  ["a version that is put in", "setup(install_requires=['a==%s' % version])"],
  ["another function", "configure(install_requires=['a'])"],
])("%s says nothing", (_, text) => {
  expect(read(text)).toEqual({ said: [], problems: [] });
});

/** https://setuptools.pypa.io/en/latest/references/keywords.html */
test.each([
  [`setup(python_requires=">=3.9,<4")`, ["python >=3.9,<4"]],
  [`PYTHON = ">=3.9"\nsetup(python_requires=PYTHON)`, ["python >=3.9"]],
  [`setup(python_requires="any")`, []],
  [`setup(extras_require=dict(web=["flask==3.1"], all=EXTRA))`, ["flask web"]],
  [`setup(name="shop", extras_require={"all": ["shop[web]", "flask"]})`, ["flask all"]],
  [
    `LINKS = ["https://x.example.org/links"]\nsetup(dependency_links=LINKS)`,
    ["find-links https://x.example.org/links"],
  ],
  [`setup(dependency_links=["http://x.example.org/a.zip#egg=a-1.0"])`, ["a from http://x.example.org/a.zip#egg=a-1.0"]],
  [`EXTRAS = dict(web="flask")\nsetuptools.setup(extras_require=EXTRAS)`, ["flask web"]],
])("%s", (text, expected) => {
  const syntax = parser.parse(text);
  if ("reason" in syntax) throw new Error(syntax.reason);
  const { entries, problems } = readSetupScript("setup.py", syntax);
  expect(problems).toEqual([]);
  expect(
    entries.map((entry) => {
      if (entry.kind === "setting" && entry.role === "python")
        return `python ${entry.specifiers.map(({ operator, version }) => operator + version).join()}`;
      if (entry.kind === "index") return `${entry.role} ${entry.value}`;
      if (entry.kind === "requirement" && entry.origin.kind === "url") return `${entry.name} from ${entry.origin.url}`;
      return entry.kind === "requirement" && "name" in entry.group ? `${entry.name} ${entry.group.name}` : entry.kind;
    }),
  ).toEqual(expected);
});
