import { createLineIndex } from "../text/line-index.ts";
import type { ManifestComment, ManifestFacts } from "./manifest.ts";
import { readPoetry } from "./poetry.ts";
import { addIndex, addRequirements, type Section } from "./section.ts";
import { readToml, type TomlNode, tomlAt, tomlEntries, tomlItems, tomlStrings } from "./toml-tree.ts";
import { readUv } from "./uv.ts";

/** `pyproject.toml`: PEP 621, PEP 735, the build system, and the tables of Poetry, uv, PDM, Hatch and setuptools. */
export function readPyproject(path: string, text: string): ManifestFacts {
  const toml = readToml(text);
  const facts = { path, text, format: "pyproject" as const };
  if (toml.kind === "broken") return { ...facts, entries: [], comments: [], problems: [toml.problem] };

  const { spanOf } = createLineIndex(text);
  const section: Section = { root: toml.root, entries: [], problems: [], spanOf };
  readStandard(section);
  readPoetry(section);
  readPdm(section);
  readHatch(section);
  readSetuptools(section);
  readUv(section);
  const inOrder = section.entries.toSorted((a, b) => a.span.start.offset - b.span.start.offset);
  const comments = toml.comments.map(([start, end]): ManifestComment => {
    const span = spanOf(start, end);
    return { span, joinedFrom: span.start.line };
  });
  return { ...facts, entries: inOrder, comments, problems: section.problems };
}

function readStandard(section: Section): void {
  const { root } = section;
  addRequirements(section, tomlAt(root, "build-system", "requires"), { kind: "build" });
  addRequirements(section, tomlAt(root, "project", "dependencies"), { kind: "main" });
  for (const [name, extra] of tomlEntries(tomlAt(root, "project", "optional-dependencies"))) {
    addRequirements(section, extra.value, { kind: "extra", name });
  }
  for (const [name, group] of tomlEntries(tomlAt(root, "dependency-groups"))) {
    addRequirements(section, group.value, { kind: "group", name });
  }
}

function readPdm(section: Section): void {
  const pdm = tomlAt(section.root, "tool", "pdm");
  for (const [name, group] of tomlEntries(tomlAt(pdm, "dev-dependencies"))) {
    addRequirements(section, group.value, { kind: "group", name });
  }
  for (const source of tomlItems(tomlAt(pdm, "source"))) {
    const name = tomlAt(source, "name");
    const url = tomlAt(source, "url");
    addIndex(section, name?.kind === "string" && name.value === "pypi" ? "primary" : "extra", url, name);
    addUnverified(section, source, url);
  }
}

/** `verify_ssl = false` trusts whatever answers in the name of the host. */
function addUnverified(section: Section, source: TomlNode, url: TomlNode | undefined): void {
  const verify = source.kind === "table" ? source.entries.get("verify_ssl") : undefined;
  if (verify?.value.kind !== "scalar" || verify.value.value !== false || url?.kind !== "string") return;
  const span = section.spanOf(verify.start, verify.end);
  const host = URL.canParse(url.value) ? new URL(url.value).host : url.value;
  section.entries.push({ kind: "index", role: "trusted-host", value: host, span, valueSpan: span });
}

function readHatch(section: Section): void {
  for (const [name, environment] of tomlEntries(tomlAt(section.root, "tool", "hatch", "envs"))) {
    for (const key of ["dependencies", "extra-dependencies"]) {
      addRequirements(section, tomlAt(environment.value, key), { kind: "group", name });
    }
  }
}

/** `dynamic = ["dependencies"]` with setuptools reads them from files. */
function readSetuptools(section: Section): void {
  const dynamic = tomlAt(section.root, "tool", "setuptools", "dynamic", "dependencies", "file");
  const files = dynamic?.kind === "string" ? [dynamic] : tomlStrings(dynamic);
  for (const file of files) {
    section.entries.push({
      kind: "include",
      role: "requirements",
      path: file.value,
      span: section.spanOf(file.start, file.end),
    });
  }
}
