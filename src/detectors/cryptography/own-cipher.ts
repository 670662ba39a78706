import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { unwrap } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";

const CIPHER_WORDS = new Set([
  "encrypt",
  "decrypt",
  "encipher",
  "decipher",
  "cipher",
  "encryption",
  "decryption",
  "crypt",
]);

/** Functions whose text and key meet character by character, under a name that says encrypt. */
export const ownCipher: ModuleDetector = {
  kind: "module",
  name: "own-cipher",
  triggers: { words: [...CIPHER_WORDS], and: { nodes: [Kind.binary_operator] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const reported = new Set<string>();
  for (const node of nodesOfKind(syntax, Kind.binary_operator)) {
    const scope = facts.scopeOf(node);
    const name = scope.split(".").at(-1) ?? "";
    if (reported.has(scope) || !nameWords(name).some((word) => CIPHER_WORDS.has(word))) continue;
    const operator = operatorOf(facts, node);
    if (operator === undefined) continue;
    reported.add(scope);
    yield { node, fields: { function: name, operator } };
  }
}

/** `^` with one character of a key that repeats, or a sum of two characters' codes. */
function operatorOf(facts: ModuleFacts, node: number): string | undefined {
  const { syntax } = facts;
  const sides = [childByField(syntax, node, Field.left), childByField(syntax, node, Field.right)].map((side) =>
    unwrap(syntax, side),
  );
  const operator = textOf(syntax, childByField(syntax, node, Field.operator));
  if (operator === "^") {
    const isPaired = sides.every((side) => syntax.kind[side] === Kind.identifier) && isOverRepeatedKey(facts, node);
    const areCodes = sides.every((side) => isCode(facts, side));
    return isPaired || areCodes || sides.some((side) => isRepeatedItem(facts, side)) ? "^" : undefined;
  }
  const isSum = operator === "+" || operator === "-";
  return isSum && isCode(facts, sides[0]) && (isCode(facts, sides[1]) || isRepeatedItem(facts, sides[1]))
    ? operator
    : undefined;
}

/** `key[at % len(key)]`, `stream[at % 32]`. */
function isRepeatedItem(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.subscript) return false;
  const index = textOf(syntax, childByField(syntax, node, Field.subscript)).replace(/\s+/g, "");
  return /%\d+$/.test(index) || index.includes(`%len(${textOf(syntax, childByField(syntax, node, Field.value))})`);
}

/** `ord(character)`. */
function isCode({ syntax }: ModuleFacts, node: number): boolean {
  return syntax.kind[node] === Kind.call && textOf(syntax, childByField(syntax, node, Field.function)) === "ord";
}

/** In a comprehension or a loop over `zip(text, cycle(key))`. */
function isOverRepeatedKey({ syntax }: ModuleFacts, node: number): boolean {
  const around = ancestorOfKind(syntax, node, Kind.generator_expression, Kind.list_comprehension, Kind.for_statement);
  return around !== NONE && /\bzip\b.*\bcycle\(/s.test(textOf(syntax, around).slice(0, 400));
}
