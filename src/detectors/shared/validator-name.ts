import { nameWords } from "./name-words.ts";

const ASKS: ReadonlySet<string> = new Set([
  "is",
  "valid",
  "validate",
  "validates",
  "check",
  "verify",
  "clean",
  "allowed",
  "ensure",
]);

const SAYS: ReadonlySet<string> = new Set(["valid", "allowed", "safe", "trusted", "permitted"]);

/** Whether a dotted scope ends in a function whose name says that it tells good values from bad ones: `is_valid_host`. */
export function isValidator(scope: string): boolean {
  const words = nameWords(scope.split(".").at(-1) ?? "");
  return ASKS.has(words[0] ?? "") || words.some((word) => SAYS.has(word));
}
