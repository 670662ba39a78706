import type { ManifestEntry, ManifestFacts } from "../manifests/manifest.ts";
import type { ModuleTexts } from "./module-texts.ts";

/** The tables of a project in which files stand that a build takes the requirements of a package from, up to the next table. */
const TABLE =
  /^\[tool\.(?:setuptools\.dynamic|hatch\.metadata\.hooks\.requirements_txt)\b[^\n]*\n(?:(?!\[)[^\n]*\n?)*/gm;

/** The same of the other files of a package. */
const OTHERS: ReadonlyMap<string, RegExp> = new Map([
  ["setup.cfg", /^install_requires\s*=\s*file:[^\n]*/gm],
  ["setup.py", /^[\s\S]*\binstall_requires\b[\s\S]*$/g],
]);

/**
 * A file of requirements that the build of a package reads lists what the package declares, as `dependencies` does: ranges are right there,
 * and what an installation gets is fixed elsewhere.
 */
export function ofPackage(
  facts: ManifestFacts,
  texts: ModuleTexts | undefined,
  onRead: (path: string) => void,
): ManifestFacts {
  if (facts.format !== "requirements" || texts === undefined || !facts.entries.some(isRange)) return facts;
  const cut = facts.path.lastIndexOf("/") + 1;
  const [folder, name] = [facts.path.slice(0, cut), facts.path.slice(cut)];
  for (const [file, part] of [["pyproject.toml", TABLE] as const, ...OTHERS]) {
    const text = texts.read(`${folder}${file}`, true);
    if (text === undefined) continue;
    onRead(`${folder}${file}`);
    const isNamed = (text.match(part) ?? []).some((found) => namesFile(found, name));
    if (isNamed) return { ...facts, format: "requirements-input" };
  }
  return facts;
}

function isRange(entry: ManifestEntry): boolean {
  return entry.kind === "requirement" && !entry.specifiers.some(({ operator }) => operator.startsWith("=="));
}

function namesFile(text: string, name: string): boolean {
  return text.split(/["'\s,:=[\]{}()]+/).includes(name);
}
