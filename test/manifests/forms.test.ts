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
    ["--extra-index https://more.example.org", "index extra https://more.example.org"],
    ["--trust=packages.example.org", "index trusted-host packages.example.org"],
    ["a[x,]", "a[x] main"],
    ["a>=1,", "a>=1 main"],
    ["a==v1.0", "a==v1.0 main"],
    ["a==1.0-1", "a==1.0-1 main"],
    ["a==1.0a1.post2.dev3+l.1", "a==1.0a1.post2.dev3+l.1 main"],
    ["C:\\wheels\\a.whl", "? main at C:\\wheels\\a.whl"],
    ["a @ git+https://${TOKEN}@g.example.org/a@v1", "a main git git+https://${TOKEN}@g.example.org/a@v1 (v1)"],
    ["a @ https://x.example.org/a.whl --hash=sha256:11", "a main url https://x.example.org/a.whl 1 hashes"],
    ["--requirement 'my file.txt'", "include requirements my file.txt"],
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

  test.each([
    "a==1#not",
    "a==*",
    "a b",
    "a=1",
    "a>",
    "-r",
    "--index-url",
    "--unknown x",
    "--re x.txt",
    "a<=>1",
    "--process-dependency-links",
  ])("%s is a problem", (line) => {
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
  [
    `[{ index = "inside", marker = "os_name == 'nt'" }, { index = "other" }]`,
    "a group:dev from inside ; os_name == 'nt'",
  ],
])("uv's source %s", (source, expected) => {
  expect(shown("pyproject.toml", `[dependency-groups]\ndev = ["a"]\n[tool.uv.sources]\na = ${source}\n`)).toEqual([
    expected,
  ]);
});

test("each address among uv's sources of a package is a place that its code comes from", () => {
  const text = `[dependency-groups]
dev = ["a"]
[tool.uv.sources]
a = [{ index = "inside" }, { git = "https://git.example.org/a", branch = "main", marker = "os_name == 'nt'" }]
`;
  expect(shown("pyproject.toml", text)).toEqual([
    "a group:dev from inside",
    "a group:dev git https://git.example.org/a (main) ; os_name == 'nt'",
  ]);
});

test.each([
  ["uv.toml", "index-url = 'https://p.example.org'\nconstraint-dependencies = ['a<2']\n"],
  ["hatch.toml", "[envs.x]\ndependencies = ['a<2']\nenv-vars = { PIP_INDEX_URL = 'https://p.example.org' }\n"],
  ["pixi.toml", "pypi-options = { index-url = 'https://p.example.org' }\n[pypi-dependencies]\na = '<2'\n"],
])("%s holds what its tool's table of pyproject.toml does", (path, text) => {
  const said = shown(path, text);
  expect(said).toContainEqual("index primary https://p.example.org");
  expect(said).toContainEqual(expect.stringMatching(/^a<2 /u));
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
 * https://flit.pypa.io/en/stable/pyproject_toml.html, https://rye.astral.sh/guide/sources/, https://pixi.sh/latest/reference/pixi_manifest/.
 * What uv's `exclude-dependencies` and PDM's `excludes` name does not come in, nor do extras that name extras of the project.
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
  [
    "the standard",
    "[project]\nname = 'My_Shop'\n[project.optional-dependencies]\nall = ['my-shop[web]', 'my-shop']\nweb = ['a']\n",
    ["my-shop extra:all", "a extra:web"],
  ],
  [
    "the standard",
    "[dependency-groups]\n'My_Group' = [{ include-group = 'x' }, 'a @ https://x.example.org/a.zip']\n",
    ["a group:My_Group url https://x.example.org/a.zip"],
  ],
  ["the standard", "[build-system]\nrequires = []\nbackend-path = ['.']\n", []],
  ["uv", "[project]\ndependencies = ['A_b', 'c']\n[tool.uv]\nexclude-dependencies = ['a-b', 'd']\n", ["c main"]],
  [
    "uv",
    "[[tool.uv.dependency-metadata]]\nname = 'a'\nversion = '2.6'\nrequires-dist = ['b', 'c>=1']\nrequires-python = '>=3.8'\n",
    ["b constraint", "c>=1 constraint"],
  ],
  [
    "uv",
    "[tool.uv.extra-build-dependencies]\na = [{ requirement = 'b<70', match-runtime = true }, 'c']\n",
    ["b<70 build", "c build"],
  ],
  [
    "uv",
    "[tool.uv]\nindex = [{ name = 'x', url = 'https://f.example.org', format = 'flat' }]\n",
    ["index find-links https://f.example.org"],
  ],
  ["PDM", "[project]\ndependencies = ['a', 'b']\n[tool.pdm.resolution]\nexcludes = ['b', 'c']\n", ["a main"]],
  [
    "PDM",
    "[tool.pdm.resolution.overrides]\na = 'https://x.example.org/a.whl'\nb = 'git+https://g.example.org/b@main'\nc = 'file:///srv/c'\n",
    [
      "a constraint url https://x.example.org/a.whl",
      "b constraint git git+https://g.example.org/b@main (main)",
      "c constraint at /srv/c",
    ],
  ],
  [
    "Poetry",
    "[project]\ndependencies = ['a>=2', 'b']\n[tool.poetry.dependencies]\na = { source = 'inside' }\nb = { git = 'https://g.example.org/b' }\nc = '1'\n",
    ["a>=2 main from inside", "b main git https://g.example.org/b", "c==1 main"],
  ],
  [
    "Poetry",
    "[project]\ndependencies = ['a>=2']\n[tool.poetry.dependencies]\na = { allow-prereleases = true }\n",
    ["a>=2 main", "prereleases of a"],
  ],
  [
    "Hatch",
    "[tool.hatch.env]\nrequires = ['a']\n[tool.hatch.envs.test]\ndependencies = ['b~={matrix:b}.0', 'c @ {root:uri}/c']\n",
    ["a build", "b~={matrix:b}.0 group:test", "c group:test at {root:uri}/c"],
  ],
  [
    "Hatch",
    "[tool.hatch.envs.test.overrides]\nmatrix.b.dependencies = [{ value = 'c==1', if = ['4'] }, 'd']\nplatform.windows.extra-dependencies = ['e']\nenv.CI.set-dependencies = ['f']\nname.x.features = ['g']\n",
    ["c==1 group:test", "d group:test", "e group:test", "f group:test"],
  ],
  [
    "Hatch",
    "[tool.hatch.envs.test.env-vars]\nPIP_EXTRA_INDEX_URL = 'https://p.example.org'\nDEBUG = '1'\n",
    ["index extra https://p.example.org"],
  ],
  [
    "Pixi",
    "[tool.pixi.workspace]\nchannels = ['conda-forge', 'https://c.example.org', { channel = 'https://d.example.org', priority = 1 }]\n",
    ["index explicit https://c.example.org", "index explicit https://d.example.org"],
  ],
  [
    "Pixi",
    "[tool.pixi.dependencies]\npython = '>=3.11'\na = '>=1,<2'\nb = { version = '1.2.*', channel = 'inside' }\nc = { git = 'https://g.example.org/c' }\n",
    ["python >=3.11", "a>=1,<2 main from conda", "b==1.2.* main from inside", "c main git https://g.example.org/c"],
  ],
  [
    "Pixi",
    "[tool.pixi.host-dependencies]\na = '*'\n[tool.pixi.build-dependencies]\nb = '=1.2'\n[tool.pixi.constraints]\nc = '<2'\n",
    ["a build from conda", "b==1.2.* build from conda", "c<2 constraint from conda"],
  ],
  [
    "Pixi",
    "[tool.pixi.target.linux-64.dependencies]\na = '12'\n[tool.pixi.feature.x.target.win-64.pypi-dependencies]\nb = '*'\n[tool.pixi.feature.x.dependencies]\nc = '==1'\n",
    ["a==12 main from conda", "b group:x", "c==1 group:x from conda"],
  ],
  [
    "Pixi",
    "[tool.pixi.pypi-options]\nindex-url = 'https://p.example.org'\nextra-index-urls = ['https://q.example.org']\nfind-links = [{ url = 'https://l.example.org' }, { path = 'w' }]\ndependency-overrides = { a = '>=2' }\n",
    [
      "index primary https://p.example.org",
      "index extra https://q.example.org",
      "index find-links https://l.example.org",
      "a>=2 constraint",
    ],
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
  [`{ url = "https://x.example.org/a.whl" }`, "a main url https://x.example.org/a.whl"],
  [`{ version = "*", index = "inside", skip_resolver = true }`, "a main from inside"],
  [`{ path = ".", editable = true, extras = ["x"] }`, "a[x] main at . editable"],
])("Pipenv's %s", (value, expected) => {
  expect(shown("Pipfile", `[packages]\na = ${value}\n`)).toEqual([expected]);
});

/** https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-search.html; `pip` itself is left out. */
test.each([
  ["numpy >=1.8,<2", "numpy>=1.8,<2 main from conda"],
  ["numpy=1.8|1.9", "numpy==1.8.* main from conda"],
  ["numpy[version='>=1.8', build=py39*]", "numpy>=1.8 main from conda"],
  ["numpy[version=1.8]", "numpy==1.8 main from conda"],
  ["numpy 1.8[build=py39*]", "numpy==1.8 main from conda"],
  ["conda-forge/linux-64::scipy=1.*=py39*", "scipy==1.* main from conda-forge/linux-64"],
  ["scipy!=1.2", "scipy!=1.2 main from conda"],
  ["scipy~=1.2", "scipy~=1.2 main from conda"],
  ["scipy>=1.2, <2", "scipy>=1.2,<2 main from conda"],
  ["scipy>=1.2 py39_0", "scipy>=1.2 main from conda"],
  ["scipy[channel=conda-forge,version='>1']", "scipy>1 main from conda-forge"],
  ["channel/label/main::scipy", "scipy main from channel/label/main"],
  [
    "https://c.example.org/linux-64/scipy-1.2-py39_0.conda#00ff",
    "scipy main url https://c.example.org/linux-64/scipy-1.2-py39_0.conda#00ff",
  ],
  ["python=3.12", "python ==3.12.*"],
])("conda's %s", (item, expected) => {
  expect(shown("environment.yml", `dependencies:\n  - ${JSON.stringify(item)}\n`)).toEqual([expected]);
});

test("channels that are addresses are asked for packages, too", () => {
  expect(shown("environment.yml", "channels: [conda-forge, 'http://c.example.org']\ndependencies: [a]\n")).toEqual([
    "index explicit http://c.example.org",
    "a main from conda",
  ]);
});
