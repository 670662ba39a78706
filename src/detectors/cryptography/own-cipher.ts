import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { operands, unwrap } from "../shared/literal.ts";
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
  triggers: { words: [...CIPHER_WORDS], nodes: [Kind.token_caret], and: { nodes: [Kind.binary_operator] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const reported = new Set<string>();
  for (const node of nodesOfKind(syntax, Kind.binary_operator)) {
    const scope = facts.scopeOf(node);
    const name = scope.split(".").at(-1) ?? "";
    if (reported.has(scope) || name === "") continue;
    const saysCipher = nameWords(name).some((word) => CIPHER_WORDS.has(word));
    const operator = saysCipher ? operatorOf(facts, node) : isUnderRepeatedKey(facts, node) ? "^" : undefined;
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
  if (!isSum || !isCode(facts, sides[0])) return undefined;
  const isShifted = isCode(facts, sides[1]) || isRepeatedItem(facts, sides[1]) || becomesCharacter(facts, node);
  return isShifted ? operator : undefined;
}

/** `^` with `key[at % len(key)]` or with `zip(text, cycle(key))`, where what repeats is called a key, whatever the function is called. */
function isUnderRepeatedKey(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  if (textOf(syntax, childByField(syntax, node, Field.operator)) !== "^") return false;
  const sides = [childByField(syntax, node, Field.left), childByField(syntax, node, Field.right)];
  return sides.some((side) => {
    const repeated = unwrapCode(facts, unwrap(syntax, side));
    if (!isRepeatedItem(facts, repeated)) return false;
    return saysKey(textOf(syntax, childByField(syntax, repeated, Field.value)));
  });
}

/** `ord(key[at % len(key)])`. */
function unwrapCode(facts: ModuleFacts, node: number): number {
  const [inner] = isCode(facts, node) ? operands(facts.syntax, childByField(facts.syntax, node, Field.arguments)) : [];
  return inner ?? node;
}

/** The mask of a WebSocket's frame hides nothing, and is not meant to. */
function saysKey(name: string): boolean {
  const words = nameWords(name);
  return words.some((word) => KEY_WORDS.has(word)) && !words.some((word) => /^mask/.test(word));
}

const KEY_WORDS = new Set(["key", "secret", "password", "passphrase", "pwd"]);

/** `key[at % len(key)]`, `stream[at % 32]`. */
function isRepeatedItem(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.subscript) return false;
  const index = textOf(syntax, childByField(syntax, node, Field.subscript)).replace(/\s+/g, "");
  return /%\d+$/.test(index) || index.includes(`%len(${textOf(syntax, childByField(syntax, node, Field.value))})`);
}

/** `chr(ord(character) + 3)`. */
function becomesCharacter({ syntax }: ModuleFacts, node: number): boolean {
  const around = ancestorOfKind(syntax, node, Kind.call, Kind.block);
  return (
    around !== NONE &&
    syntax.kind[around] === Kind.call &&
    textOf(syntax, childByField(syntax, around, Field.function)) === "chr"
  );
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
