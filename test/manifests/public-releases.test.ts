import { expect, test } from "vitest";
import { releasesIn } from "../../src/manifests/public-releases.ts";
import { readManifest } from "../../src/manifests/read-manifest.ts";

function releases(path: string, text: string) {
  const facts = readManifest(path, text);
  if (facts === undefined) throw new Error("no manifest");
  const { open, withheld } = releasesIn(facts);
  return [open.map(({ name, version }) => `${name} ${version}`), withheld.map(({ name }) => name)];
}

test.each([
  [
    "requirements.txt",
    "A.b==1.0\nc>=2\nd==1.*\ne @ https://example.org/e.zip\nf==${F}\ng===2\n",
    [["a-b 1.0", "g 2"], []],
  ],
  ["requirements.txt", "--index-url https://packages.example.org/simple\na==1\n", [[], ["a"]]],
  ["requirements.txt", "--extra-index-url https://packages.example.org/simple\na==1\n", [[], ["a"]]],
  ["requirements.txt", "--find-links https://packages.example.org/\na==1\n", [[], ["a"]]],
  ["requirements.txt", "-i https://pypi.org/simple\na==1\n", [["a 1"], []]],
  [
    "Pipfile",
    `[[source]]\nname="pypi"\nurl="https://pypi.org/simple"\n[[source]]\nname="own"\nurl="https://packages.example.org"\n[packages]\na="==1"\nb={version="==2", index="own"}\nc={version="==3", index="pypi"}\n`,
    [["a 1", "c 3"], ["b"]],
  ],
  [
    "uv.lock",
    `[[package]]\nname="a"\nversion="1"\nsource={registry="https://pypi.org/simple"}\n[[package]]\nname="b"\nversion="1"\nsource={registry="https://packages.example.org/simple"}\n[[package]]\nname="c"\nversion="1"\nsource={virtual="."}\n`,
    [["a 1"], ["b"]],
  ],
  ["environment.yml", "dependencies:\n- numpy==1.0\n- pip:\n  - a==1\n", [["a 1"], []]],
  [
    "poetry.lock",
    `[[package]]\nname="a"\nversion="1"\n[[package]]\nname="b"\nversion="1"\n[package.source]\ntype="legacy"\nurl="https://packages.example.org/simple"\n`,
    [["a 1"], ["b"]],
  ],
])("of %s only the names of the default index are told", (path, text, expected) => {
  expect(releases(path, text)).toEqual(expected);
});
