import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { nameWords } from "../shared/name-words.ts";
import { nameNode } from "./surroundings.ts";

/** What a test is about that shows a protection at work. */
const SUBJECTS = new Set(
  (
    "auth authentication authorization unauthenticated unauthorized unauthorised forbidden permission permissions denied " +
    "denies csrf xss injection traversal ssrf security sanitize sanitizes sanitized escapes escaped signature anonymous"
  ).split(" "),
);

/** Tests that show a protection at work and are taken out, or skipped from now on. */
export const removedTest: ChangeDetector = {
  kind: "change",
  name: "removed-test",
  prepare: () => ({
    concerns: ({ removed, added }) => /def\s+test/.test(removed) || /skip|xfail/i.test(added),
    detect,
  }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  yield* skipped(sides);
  const { base, head } = sides;
  const left = new Set(securityTests(head).map(({ qualifiedName }) => qualifiedName));
  const gone = securityTests(base).filter(({ qualifiedName }) => !left.has(qualifiedName));
  const [first] = gone;
  if (first === undefined || hasNewTest(sides)) return;
  const place = neighbour(sides, first);
  if (place === undefined) return;
  const others = gone.length - 1;
  const fields = { test: first.name, what: `is gone${others > 0 ? `, and ${others} more like it` : ""}` };
  yield { node: nameNode(head, place), fields };
}

function* skipped({ base, head }: ChangeSides): Generator<Detection> {
  for (const test of securityTests(head)) {
    const skip = skipOf(test);
    const before = securityTests(base).find(({ qualifiedName }) => qualifiedName === test.qualifiedName);
    if (skip === undefined || before === undefined || skipOf(before) !== undefined) continue;
    yield { node: skip.node, fields: { test: test.name, what: "is skipped" } };
  }
}

function skipOf({ decorators }: DefinitionFact): DefinitionFact["decorators"][number] | undefined {
  return decorators.find(({ name }) => /^@?(?:pytest\.mark\.|unittest\.|mark\.)?(?:skip|xfail)\b/.test(name));
}

function securityTests(facts: ModuleFacts): readonly DefinitionFact[] {
  return testsOf(facts).filter(({ name }) => {
    const words = nameWords(name);
    const asksForLogin = words.includes("login") && words.some((word) => /^(?:required|requires|needs?)$/.test(word));
    return asksForLogin || words.some((word) => SUBJECTS.has(word));
  });
}

/** A test that is new may be an old one under another name. */
function hasNewTest({ base, head }: ChangeSides): boolean {
  const known = new Set(testsOf(base).map(({ qualifiedName }) => qualifiedName));
  return testsOf(head).some(({ qualifiedName }) => !known.has(qualifiedName));
}

/** The nearest test before it that is still there, in the same class or module: a class that is gone may have moved. */
function neighbour({ base, head }: ChangeSides, gone: DefinitionFact): DefinitionFact | undefined {
  const outer = (name: string) => name.split(".").slice(0, -1).join(".");
  const siblings = testsOf(base).filter(({ qualifiedName }) => outer(qualifiedName) === outer(gone.qualifiedName));
  const at = siblings.indexOf(gone);
  const byDistance = [...siblings.slice(0, at).reverse(), ...siblings.slice(at + 1)];
  for (const { qualifiedName } of byDistance) {
    const found = testsOf(head).find((one) => one.qualifiedName === qualifiedName);
    if (found !== undefined) return found;
  }
  return undefined;
}

function testsOf(facts: ModuleFacts): readonly DefinitionFact[] {
  return facts.definitions.filter(({ kind, name }) => kind === "function" && /^test/.test(name));
}
