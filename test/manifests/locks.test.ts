import { expect, test } from "vitest";
import { readManifest } from "../../src/manifests/read-manifest.ts";
import { OLD_POETRY, PDM, PIPFILE_LOCK, POETRY, PYLOCK, UV } from "./lock-files.ts";
import { shown } from "./shown.ts";

test.each([
  [
    "poetry.lock",
    POETRY,
    [
      "jinja2==3.1.6 main 2 hashes",
      'pytest==8.0.0 group:dev ; python_version >= "3.9"',
      "inside==1.0 main from https://packages.example.org/simple",
      "index explicit https://packages.example.org/simple",
      "checkout==0.1 main git https://git.example.org/x.git (3f2c1a9) editable",
      "archive==2.0 main url https://example.org/archive-2.0.zip",
      "folder==1 main at ../folder",
      "wheel==1 main at wheels/wheel.whl",
    ],
  ],
  ["old/poetry.lock", OLD_POETRY, ["attrs==19.3.0 group:dev 1 hashes", "six==1.14.0 main 2 hashes"]],
  [
    "uv.lock",
    UV,
    [
      "anyio==4.3.0 main 2 hashes",
      "inside==1.0 main from https://packages.example.org/simple",
      "index explicit https://packages.example.org/simple",
      "also-inside==1.0 main from https://packages.example.org/simple",
      "checkout==0.1 main git https://git.example.org/x?rev=main#3f2c1a9 (3f2c1a9)",
      "archive==2.0 main url https://example.org/archive.zip",
      "shelf==1.0 main at wheels",
      "file==1.0 main at wheels/file.whl",
      "folder main at ../folder",
      "shop==0.1 main at . editable",
      "root==0.1 main at .",
    ],
  ],
  [
    "pdm.lock",
    PDM,
    [
      "idna==3.7 main 1 hashes",
      "pytest==8.1.1 group:test ; os_name == 'nt'",
      "checkout==1.0 main git https://git.example.org/x.git (3f2c1a9)",
      "archive==1.0 main url https://example.org/archive.zip",
      "folder==1.0 main at ./folder editable",
    ],
  ],
  [
    "locks/pylock.web.toml",
    PYLOCK,
    [
      "attrs==25.1.0 main 3 hashes ; python_version >= '3.8'",
      "inside==1.0 main from https://packages.example.org/simple",
      "index explicit https://packages.example.org/simple",
      "unnamed-index==1.0 main from https://packages.example.net 1 hashes",
      "checkout main hg https://hg.example.org/x (3f2c1a9)",
      "archive main url https://example.org/archive.zip 1 hashes",
      "near main at near.zip 1 hashes",
      "folder main at ../folder editable",
    ],
  ],
  [
    "Pipfile.lock",
    PIPFILE_LOCK,
    [
      "index primary https://pypi.org/simple",
      "index explicit https://packages.example.org/simple",
      "index trusted-host packages.example.org",
      "certifi==2024.2.2 main 2 hashes ; python_version >= '3.6'",
      "requests[socks]==2.31.0 main 1 hashes",
      "private==1.0 main from https://packages.example.org/simple 1 hashes",
      "checkout main git https://git.example.org/x.git (3f2c1a9)",
      "archive main url https://example.org/archive.zip",
      "shop main at . editable",
      "pytest==8.1.1 group:dev",
      "mkdocs==1.5.3 group:docs",
    ],
  ],
])("every form of %s is read", (path, text, expected) => {
  expect(shown(path, text)).toEqual(expected);
});

test("a package of a lock stands from its name to its version, whichever comes first", () => {
  const text = `[[package]]\ncategory = "main"\nversion = "1.0"\nname = "six"\n`;
  const [six] = readManifest("poetry.lock", text)?.entries ?? [];
  expect(six && text.slice(six.span.start.offset, six.span.end.offset)).toBe(`version = "1.0"\nname = "six"`);
});

test.each([
  ["uv.lock", `[[package]]\nname = "six"\n<<<<<<< HEAD\n`, 3],
  ["poetry.lock", `[[package]\n`, 2],
  ["Pipfile.lock", `{\n  "default": {\n`, 3],
  ["Pipfile.lock", "[]", 1],
])("a broken %s is a problem on its line, and nothing else", (path, text, line) => {
  const facts = readManifest(path, text);
  expect(facts?.entries).toEqual([]);
  expect(facts?.problems.map((problem) => problem.line)).toEqual([line]);
});
