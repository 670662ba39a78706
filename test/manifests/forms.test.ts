import { describe, expect, test } from "vitest";
import { shown } from "./shown.ts";

/** Every form that PEP 508, PEP 440 and pip's own page of requirements files have: https://pip.pypa.io/en/stable/reference/requirements-file-format/. */
describe("a line of a requirements file", () => {
  test.each([
    ["a", "a main"],
    ["A.B_c-D==1", "a-b-c-d==1 main"],
    ["a==1!2.0", "a==1!2.0 main"],
    ["a==1.0+cpu", "a==1.0+cpu main"],
    ["a==2.0rc1", "a==2.0rc1 main"],
    ["a == 1.0.dev3", "a==1.0.dev3 main"],
    ["a==1.0.post1", "a==1.0.post1 main"],
    ["a===1.0-weird", "a===1.0-weird main"],
    ["a~=1.4.5", "a~=1.4.5 main"],
    ["a!=1.5.*,>=1", "a!=1.5.*,>=1 main"],
    ["a<=2.0", "a<=2.0 main"],
    ["a<1,>0.5", "a<1,>0.5 main"],
    ["a(>=1)", "a>=1 main"],
    ["a [x,y] >= 1", "a[x,y]>=1 main"],
    ["a[]", "a main"],
    ["a>=1;python_version<'3'", "a>=1 main ; python_version<'3'"],
    [
      `a ; (os_name=='nt' or sys_platform == "darwin") and extra == 'x'`,
      `a main ; (os_name=='nt' or sys_platform == "darwin") and extra == 'x'`,
    ],
    ["a==1 # why", "a==1 main"],
    ["a==${V}", "a==${V} main"],
    ["a==1 --hash=sha256:aa --hash=sha384:bb", "a==1 main 2 hashes"],
    ["a==1 --hash sha256:aa", "a==1 main 1 hashes"],
    [`a==1 --config-settings="--build-option=x" --global-option=y`, "a==1 main"],
    ["a @ file:///srv/a.zip", "a main at /srv/a.zip"],
    ["a@https://example.org/a.zip#sha256=00", "a main url https://example.org/a.zip#sha256=00"],
    ["hg+https://hg.example.org/a@da39#egg=a", "a main hg hg+https://hg.example.org/a@da39#egg=a (da39)"],
    ["svn+https://svn.example.org/a@2019#egg=a", "a main svn svn+https://svn.example.org/a@2019#egg=a (2019)"],
    ["bzr+https://bzr.example.org/a@2019#egg=a", "a main bzr bzr+https://bzr.example.org/a@2019#egg=a (2019)"],
    ["git+ssh://git@example.org:22/x/y.git@1.0", "? main git git+ssh://git@example.org:22/x/y.git@1.0 (1.0)"],
    [
      "a[x]@git+https://git.example.org/a@v1.0#subdirectory=sub&egg=a",
      "a[x] main git git+https://git.example.org/a@v1.0#subdirectory=sub&egg=a (v1.0)",
    ],
    [".", "? main at ."],
    ["../pkg[x]", "?[x] main at ../pkg"],
    ["pkg.zip ; python_version < '3'", "? main at pkg.zip ; python_version < '3'"],
    ["-e ./sub", "? main at ./sub editable"],
    [
      `-e "git+https://git.example.org/a.git@main#egg=a[x]"`,
      "a[x] main git git+https://git.example.org/a.git@main#egg=a[x] (main) editable",
    ],
    ["--editable ../b", "? main at ../b editable"],
    ["-r other.txt", "include requirements other.txt"],
    ["--requirement=other.txt", "include requirements other.txt"],
    ["-c c.txt", "include constraints c.txt"],
    ["--constraint c.txt", "include constraints c.txt"],
    ["-i https://packages.example.org/simple", "index primary https://packages.example.org/simple"],
    ["--index-url=https://u:p@packages.example.org/simple", "index primary https://u:p@packages.example.org/simple"],
    ["--extra-index-url https://more.example.org", "index extra https://more.example.org"],
    ["-f https://example.org/links", "index find-links https://example.org/links"],
    ["--find-links ./wheels", "index find-links ./wheels"],
    ["--trusted-host packages.example.org:8080", "index trusted-host packages.example.org:8080"],
    ["--trusted-host=packages.example.org", "index trusted-host packages.example.org"],
    ["-ihttps://packages.example.org/simple", "index primary https://packages.example.org/simple"],
    ["--pypi-url https://packages.example.org/simple", "index primary https://packages.example.org/simple"],
    ["-fhttps://example.org/links", "index find-links https://example.org/links"],
    ["-rmore.txt", "include requirements more.txt"],
    ["-r https://example.org/more.txt", "include requirements https://example.org/more.txt"],
    ["-e .[dev]", "?[dev] main at . editable"],
    ["a==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb", "a==1 main 2 hashes"],
    ["a==1 -C x=y", "a==1 main"],
    ["a ; 'linux' in sys_platform", "a main ; 'linux' in sys_platform"],
    ["a ; python_version not in '2.7'", "a main ; python_version not in '2.7'"],
    ["a @ ../x", "a main at ../x"],
    ["a-1.0.tar.gz", "? main at a-1.0.tar.gz"],
    ["https://example.org/a-1.0-py3-none-any.whl", "? main url https://example.org/a-1.0-py3-none-any.whl"],
    ["git+file:///srv/x", "? main git git+file:///srv/x"],
    ["--pre", "prereleases of all"],
    ["--all-releases A_b", "prereleases of a-b"],
    ["--all-releases :all:", "prereleases of all"],
  ])("%s", (line, expected) => {
    expect(shown("requirements.txt", line)).toEqual([expected]);
  });

  test.each([
    "--no-index",
    "--prefer-binary",
    "--require-hashes",
    "--no-binary=:all:",
    "--only-binary numpy",
    "--use-feature=x",
    "--only-final :all:",
    "--all-releases :none:",
    "--uploaded-prior-to 2026-01-01",
    "-C x=y",
    "# -*- coding: utf-8 -*-",
    "# a",
    "",
  ])("%s says nothing about packages", (line) => {
    expect(shown("requirements.txt", line)).toEqual([]);
  });

  test.each(["a==1#not", "a==*", "a b", "a=1", "a>", "-r", "--index-url", "--unknown x"])("%s is a problem", (line) => {
    expect(shown("requirements.txt", line)).toEqual(["line 1: neither a requirement nor an option of pip"]);
  });
});

/** https://python-poetry.org/docs/dependency-specification/; `python` of a table asks for what nothing here needs. */
test.each([
  [`"^1.2"`, "a^1.2 main"],
  [`"~1.2"`, "a~1.2 main"],
  [`"1.2.*"`, "a==1.2.* main"],
  [`"*"`, "a main"],
  [`">=1 <2"`, "a>=1,<2 main"],
  [`">=1,<2"`, "a>=1,<2 main"],
  [`"1.2.3"`, "a==1.2.3 main"],
  [`"==1.2.3"`, "a==1.2.3 main"],
  [`"!=1.2.3"`, "a!=1.2.3 main"],
  [`{ version = "^1", optional = true, extras = ["x"] }`, "a[x]^1 main"],
  [`{ version = "^1", markers = "os_name == 'nt'" }`, "a^1 main ; os_name == 'nt'"],
  [`"^1.2 || ^2"`, "a^1.2,^2 main"],
  [`"~=1.2"`, "a~=1.2 main"],
  [`{ version = "^1", platform = "linux" }`, `a^1 main ; sys_platform == "linux"`],
  [`{ version = "^1", python = "<3.9" }`, "a^1 main"],
  [`{ version = "^1", source = "inside" }`, "a^1 main from inside"],
  [`{ url = "https://example.org/a.zip" }`, "a main url https://example.org/a.zip"],
  [`{ file = "wheels/a.whl" }`, "a main at wheels/a.whl"],
  [`{ path = "../a", develop = true }`, "a main at ../a editable"],
  [`{ git = "https://git.example.org/a.git" }`, "a main git https://git.example.org/a.git"],
  [`{ git = "https://git.example.org/a.git", branch = "main" }`, "a main git https://git.example.org/a.git (main)"],
  [`{ git = "https://git.example.org/a.git", tag = "v1" }`, "a main git https://git.example.org/a.git (v1)"],
  [
    `{ git = "https://git.example.org/a.git", rev = "00", subdirectory = "x" }`,
    "a main git https://git.example.org/a.git (00)",
  ],
])("Poetry's %s", (value, expected) => {
  expect(shown("pyproject.toml", `[tool.poetry.dependencies]\na = ${value}\n`)).toEqual([expected]);
});

test("Poetry's several constraints for one package, and its groups", () => {
  const text = `[tool.poetry.dependencies]
python = "^3.10"
a = [{ version = "1.0", python = "<3.8" }, { version = ">=2", markers = "os_name == 'nt'" }]
[tool.poetry.dev-dependencies]
b = "*"
[tool.poetry.group.docs]
optional = true
[tool.poetry.group.docs.dependencies]
c = { version = "^1.5", allow-prereleases = true }
`;
  expect(shown("pyproject.toml", text)).toEqual([
    "python ^3.10",
    "a==1.0 main",
    "a>=2 main ; os_name == 'nt'",
    "b group:dev",
    "c^1.5 group:docs",
    "prereleases of c",
  ]);
});

test.each([
  ["requirements.txt", "--pre\nflask==3.1.1\n", ["prereleases of all", "flask==3.1.1 main"]],
  ["requirements.txt", "--pre --no-index\n", ["prereleases of all"]],
  ["pyproject.toml", '[project]\nrequires-python = ">=3.10,<4"\n', ["python >=3.10,<4"]],
  ["pyproject.toml", '[project]\nrequires-python = "any"\n', []],
  [
    "pyproject.toml",
    '[tool.uv]\nprerelease = "allow"\n[tool.uv.pip]\nprerelease = "if-necessary"\n',
    ["prereleases of all"],
  ],
  ["pyproject.toml", "[tool.pdm.resolution]\nallow-prereleases = true\n", ["prereleases of all"]],
  ["pyproject.toml", '[tool.poetry.dependencies]\na = { version = "1", allow-prereleases = false }\n', ["a==1 main"]],
  ["Pipfile", '[requires]\npython_full_version = "3.12.4"\n', ["python ==3.12.4"]],
  ["setup.cfg", "[options]\npython_requires = >=3.9, !=3.9.1\n", ["python >=3.9,!=3.9.1"]],
  ["setup.cfg", "[options]\npython-requires: >=3.9\n", ["python >=3.9"]],
  ["setup.cfg", "[metadata]\npython_requires = >=3.9\n", []],
])("what %s decides for all packages: %j", (path, text, expected) => {
  expect(shown(path, text)).toEqual(expected);
});

/** https://docs.astral.sh/uv/concepts/projects/dependencies/ and https://docs.astral.sh/uv/reference/settings/ */
test.each([
  [`{ workspace = true }`, "a group:dev at ."],
  [`{ path = "../a", editable = true }`, "a group:dev at ../a"],
  [`{ url = "https://example.org/a.whl" }`, "a group:dev url https://example.org/a.whl"],
  [`{ git = "https://git.example.org/a", branch = "dev" }`, "a group:dev git https://git.example.org/a (dev)"],
  [`{ git = "https://git.example.org/a", tag = "v1" }`, "a group:dev git https://git.example.org/a (v1)"],
  [`{ git = "https://git.example.org/a", rev = "00" }`, "a group:dev git https://git.example.org/a (00)"],
  [`{ index = "inside" }`, "a group:dev from inside"],
  [`[{ index = "inside", marker = "os_name == 'nt'" }, { index = "other" }]`, "a group:dev from inside"],
])("uv's source %s", (source, expected) => {
  expect(shown("pyproject.toml", `[dependency-groups]\ndev = ["a"]\n[tool.uv.sources]\na = ${source}\n`)).toEqual([
    expected,
  ]);
});

test("the other tables of uv, PDM, Hatch and setuptools", () => {
  const text = `[project]
dynamic = ["dependencies"]
[tool.pdm.dev-dependencies]
test = ["pytest>=7", "-e file:///\${PROJECT_ROOT}/sub#egg=sub"]
[tool.uv]
dev-dependencies = ["ruff"]
constraint-dependencies = ["a<2"]
override-dependencies = ["b==1"]
build-constraint-dependencies = ["c==1"]
index-url = "https://packages.example.org/simple"
extra-index-url = ["https://more.example.org/simple"]
find-links = ["https://example.org/l"]
[tool.uv.pip]
extra-index-url = ["https://pip.example.org/simple"]
[tool.hatch.envs.default]
dependencies = ["hatched"]
extra-dependencies = ["more"]
[tool.setuptools.dynamic]
dependencies = { file = ["requirements.txt", "more.txt"] }
optional-dependencies.web = { file = "web.txt" }
`;
  expect(shown("pyproject.toml", text)).toEqual([
    "pytest>=7 group:test",
    expect.stringMatching(/^sub group:test at .* editable$/u),
    "ruff group:dev",
    "a<2 constraint",
    "b==1 constraint",
    "c==1 constraint",
    "index primary https://packages.example.org/simple",
    "index extra https://more.example.org/simple",
    "index find-links https://example.org/l",
    "index extra https://pip.example.org/simple",
    "hatched group:default",
    "more group:default",
    "include requirements requirements.txt",
    "include requirements more.txt",
    "include requirements web.txt",
  ]);
});

/**
 * https://docs.astral.sh/uv/reference/settings/, https://pdm-project.org/latest/reference/pep621/, https://hatch.pypa.io/latest/config/,
 * https://flit.pypa.io/en/stable/pyproject_toml.html, https://rye.astral.sh/guide/sources/, https://pixi.sh/latest/reference/pixi_manifest/. Left out, since
 * they name no package that comes in: uv's `exclude-dependencies` and `dependency-metadata`, PDM's `excludes`, extras that name extras, Pixi's packages of conda.
 */
test.each([
  ["uv", "[tool.uv.extra-build-dependencies]\na = ['b<70']\n", ["b<70 build"]],
  [
    "uv",
    "[tool.uv]\nindex = [{ url = 'https://p.example.org', default = true }]\n",
    ["index primary https://p.example.org"],
  ],
  ["PDM", "[tool.pdm.resolution.overrides]\na = '1.0'\nb = '>=1,<2'\n", ["a==1.0 constraint", "b>=1,<2 constraint"]],
  [
    "PDM",
    "[[tool.pdm.source]]\nname = 'l'\ntype = 'find_links'\nurl = 'https://l.example.org'\n",
    ["index find-links https://l.example.org"],
  ],
  ["Poetry", "[tool.poetry.requires-plugins]\na = '>=1.0'\n", ["a>=1.0 build"]],
  ["Poetry", "[tool.poetry.build-constraints]\na = { b = '<78' }\n", ["b<78 constraint"]],
  [
    "Poetry",
    "[[tool.poetry.source]]\nname = 'p'\nurl = 'https://p.example.org'\npriority = 'primary'\n",
    ["index primary https://p.example.org"],
  ],
  [
    "Poetry",
    "[[tool.poetry.source]]\nname = 'p'\nurl = 'https://p.example.org'\nsecondary = true\n",
    ["index extra https://p.example.org"],
  ],
  [
    "Hatch",
    "[tool.hatch.build.hooks.vcs]\ndependencies = ['a']\n[tool.hatch.build]\ndependencies = ['b']\n",
    ["a build", "b build"],
  ],
  [
    "Hatch",
    "[tool.hatch.build.targets.wheel]\ndependencies = ['a']\n[tool.hatch.build.targets.wheel.hooks.own]\ndependencies = ['b']\n",
    ["a build", "b build"],
  ],
  ["Hatch", "[tool.hatch.metadata.hooks.own]\ndependencies = ['a']\n", ["a build"]],
  [
    "Flit",
    "[tool.flit.metadata]\nrequires = ['a']\ndev-requires = ['b']\nrequires-python = '>=3.9'\n[tool.flit.metadata.requires-extra]\nweb = ['c']\n",
    ["a main", "b group:dev", "python >=3.9", "c extra:web"],
  ],
  [
    "Rye",
    "[tool.rye]\ndev-dependencies = ['a']\n[[tool.rye.sources]]\nname = 'default'\nurl = 'https://p.example.org'\n",
    ["a group:dev", "index primary https://p.example.org"],
  ],
  [
    "Pixi",
    "[tool.pixi.pypi-dependencies]\na = '==1.0'\nb = { git = 'https://g.example.org/b' }\n[tool.pixi.feature.test.pypi-dependencies]\nc = '*'\n",
    ["a==1.0 main", "b main git https://g.example.org/b", "c group:test"],
  ],
  [
    "the standard",
    "project = { dependencies = ['a'], optional-dependencies = { web = ['b'] } }\n",
    ["a main", "b extra:web"],
  ],
])("a table of %s: %j", (_, text, expected) => {
  expect(shown("pyproject.toml", text)).toEqual(expected);
});

/** https://pipenv.pypa.io/en/latest/pipfile.html; `[scripts]` and `[pipenv]` beside `allow_prereleases` name no packages. */
test.each([
  [`{ version = ">=1", sys_platform = "== 'win32'" }`, "a>=1 main ; sys_platform == 'win32'"],
  [
    `{ version = "*", markers = "python_version < '3.9'", os_name = "== 'nt'" }`,
    "a main ; python_version < '3.9' and os_name == 'nt'",
  ],
  [`{ hg = "https://h.example.org/a", ref = "x" }`, "a main hg https://h.example.org/a (x)"],
  [`{ svn = "https://s.example.org/a" }`, "a main svn https://s.example.org/a"],
  [`{ ref = "x", git = "ssh://git@g.example.org/a" }`, "a main git ssh://git@g.example.org/a (x)"],
  [`{ file = "a.whl" }`, "a main at a.whl"],
  [`{ path = ".", editable = true, extras = ["x"] }`, "a[x] main at . editable"],
])("Pipenv's %s", (value, expected) => {
  expect(shown("Pipfile", `[packages]\na = ${value}\n`)).toEqual([expected]);
});

/** https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-search.html; `python` and `pip` themselves are left out. */
test.each([
  ["numpy >=1.8,<2", "numpy>=1.8,<2 main from conda"],
  ["numpy=1.8|1.9", "numpy==1.8.* main from conda"],
  ["numpy[version='>=1.8', build=py39*]", "numpy>=1.8 main from conda"],
  ["numpy[version=1.8]", "numpy==1.8 main from conda"],
  ["numpy 1.8[build=py39*]", "numpy==1.8 main from conda"],
  ["conda-forge/linux-64::scipy=1.*=py39*", "scipy==1.* main from conda-forge/linux-64"],
  ["scipy!=1.2", "scipy!=1.2 main from conda"],
  ["scipy~=1.2", "scipy~=1.2 main from conda"],
])("conda's %s", (item, expected) => {
  expect(shown("environment.yml", `dependencies:\n  - ${JSON.stringify(item)}\n`)).toEqual([expected]);
});

test("channels that are addresses are asked for packages, too", () => {
  expect(shown("environment.yml", "channels: [conda-forge, 'http://c.example.org']\ndependencies: [a]\n")).toEqual([
    "index explicit http://c.example.org",
    "a main from conda",
  ]);
});
