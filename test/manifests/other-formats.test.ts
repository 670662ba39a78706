import { expect, test } from "vitest";
import { readManifest } from "../../src/manifests/read-manifest.ts";
import { shown } from "./shown.ts";

const PIPFILE = `
[[source]]
url = "https://pypi.org/simple"
verify_ssl = true
name = "pypi"

[[source]]
url = "https://packages.example.org/simple"
verify_ssl = false
name = "inside"

[packages]
requests = { extras = ["socks"], version = ">=2.28,<3" }
any = "*"
exact = "==1.0"
also-any = { version = "*", markers = "os_name == 'nt'" }
private = { version = "==1.0", index = "inside" }
checkout = { git = "https://git.example.org/x.git", ref = "main", editable = true }
folder = { path = "./folder" }
archive = { file = "https://example.org/archive.zip" }

[dev-packages]
pytest = "~=8.0"

[docs]
mkdocs = "*"

[requires]
python_version = "3.12"

[scripts]
serve = "python app.py"

[pipenv]
allow_prereleases = true
`;

const SETUP_CFG = `[metadata]
name = shop
[options]
packages = find:
install_requires =
    requests>=2.28
    # why
    attrs ; python_version < "3.12"

    app[x] @ https://example.org/app.zip
setup_requires = setuptools_scm; wheel>=0.40
tests_require : pytest
python_requires = >=3.9
[options.extras_require]
web =
    flask==3.1
[flake8]
install_requires = nothing
[options.entry_points]
console_scripts =
    shop = shop:main
`;

const CONDA = `name: shop
channels: [conda-forge, defaults]
dependencies:
  - python=3.12
  - numpy=1.26          # fuzzy
  - scipy==1.11.4
  - pandas 2.1.*
  - "pytorch>=2.0,<3"
  - cuda=12.1=h1234_0
  - conda-forge::openssl
  - boost 1.80|1.81
  - pip
  - pip:
    - requests==2.31.0
    - -r requirements.txt
    - --extra-index-url https://packages.example.org/simple
    - "flask[async]>=3"
    - git+https://git.example.org/x.git@main
  - "!"
`;

test.each([
  [
    "Pipfile",
    PIPFILE,
    [
      "index primary https://pypi.org/simple",
      "index explicit https://packages.example.org/simple",
      "index trusted-host packages.example.org",
      "requests[socks]>=2.28,<3 main",
      "any main",
      "exact==1.0 main",
      "also-any main ; os_name == 'nt'",
      "private==1.0 main from inside",
      "checkout main git https://git.example.org/x.git (main) editable",
      "folder main at ./folder",
      "archive main url https://example.org/archive.zip",
      "pytest~=8.0 group:dev",
      "mkdocs group:docs",
      "python ==3.12",
      "prereleases of all",
    ],
  ],
  [
    "setup.cfg",
    SETUP_CFG,
    [
      "requests>=2.28 main",
      'attrs main ; python_version < "3.12"',
      "app[x] main url https://example.org/app.zip",
      "setuptools-scm build",
      "wheel>=0.40 build",
      "pytest group:tests",
      "python >=3.9",
      "flask==3.1 extra:web",
    ],
  ],
  [
    "setup.cfg",
    "[options]\ninstall_requires = file: requirements.txt, more.txt\n",
    ["include requirements requirements.txt", "include requirements more.txt"],
  ],
  ["setup.cfg", "[options]\ninstall_requires =\n  ==1\n", ["line 3: this is not a requirement"]],
  [
    "setup.cfg",
    "[options.extras_require]\nx = file: x.txt\ny = a; b>1\n",
    ["include requirements x.txt", "a extra:y", "b>1 extra:y"],
  ],
  ["setup.cfg", "[metadata]\nname = shop\n[options.extras_require]\nall = shop[x]\nx = a\n", ["a extra:x"]],
  [
    "setup.cfg",
    "[options]\ndependency_links =\n  https://x.example.org/links\n  git+https://g.example.org/a@main#egg=a-1.0\n  lib\n",
    ["index find-links https://x.example.org/links", "a main git git+https://g.example.org/a@main#egg=a-1.0 (main)"],
  ],
  [
    "setup.cfg",
    "[easy_install]\nindex-url = http://i.example.org\nfind_links = http://f.example.org http://g.example.org\n",
    [
      "index primary http://i.example.org",
      "index find-links http://f.example.org",
      "index find-links http://g.example.org",
    ],
  ],
  [
    "environment.yml",
    CONDA,
    [
      "python ==3.12.*",
      "numpy==1.26.* main from conda",
      "scipy==1.11.4 main from conda",
      "pandas==2.1.* main from conda",
      "pytorch>=2.0,<3 main from conda",
      "cuda==12.1 main from conda",
      "openssl main from conda-forge",
      "boost==1.80 main from conda",
      "requests==2.31.0 main",
      "include requirements requirements.txt",
      "index extra https://packages.example.org/simple",
      "flask[async]>=3 main",
      "? main git git+https://git.example.org/x.git@main (main)",
      "line 19: this is not a package of conda",
    ],
  ],
  ["deploy/environment.yaml", "kind: Environment\nimage: {{ tag }}\n", []],
  [
    "environment-dev.yml",
    "dependencies:\n  - [a\n",
    ["line 3: flow sequence in block collection must be sufficiently indented and end with a ]"],
  ],
])("every form of %s is read", (path, text, expected) => {
  expect(shown(path, text)).toEqual(expected);
});

test("places in each format are those of the file", () => {
  const at = (path: string, text: string) =>
    (readManifest(path, text)?.entries ?? []).flatMap((entry) =>
      entry.kind === "requirement" && entry.nameSpan !== undefined
        ? text.slice(entry.nameSpan.start.offset, entry.nameSpan.end.offset)
        : [],
    );
  expect(at("environment.yml", CONDA)).toEqual([
    "numpy",
    "scipy",
    "pandas",
    "pytorch",
    "cuda",
    "openssl",
    "boost",
    "requests",
    "flask",
  ]);
  expect(at("setup.cfg", SETUP_CFG)).toEqual([
    "requests",
    "attrs",
    "app",
    "setuptools_scm",
    "wheel",
    "pytest",
    "flask",
  ]);
  expect(at("Pipfile", PIPFILE).slice(0, 3)).toEqual(["requests", "any", "exact"]);
});

test("comments of each format are found, and none inside of texts", () => {
  const comments = (path: string, text: string) =>
    (readManifest(path, text)?.comments ?? []).map(({ span }) => text.slice(span.start.offset, span.end.offset));
  expect(comments("environment.yml", `# one\ndependencies:\n  - "a # no"\n  - b  # two\n`)).toEqual(["# one", "# two"]);
  expect(comments("setup.cfg", "[options]\n# one\ninstall_requires =\n    ; two\n    a\n")).toEqual(["# one", "; two"]);
});
