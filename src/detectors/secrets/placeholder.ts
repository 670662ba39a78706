import { nameWords } from "../shared/name-words.ts";

/** Words that say that the value is to be replaced, or made up. */
const PLACEHOLDER_WORDS = new Set([
  "example",
  "examples",
  "placeholder",
  "changeme",
  "change",
  "replace",
  "replaceme",
  "insert",
  "your",
  "yours",
  "dummy",
  "fake",
  "mock",
  "sample",
  "demo",
  "test",
  "testing",
  "todo",
  "fixme",
  "redacted",
  "masked",
  "hidden",
  "xxx",
  "foo",
  "foobar",
  "none",
  "null",
  "undefined",
  "unset",
  "missing",
  "secret_here",
]);

const PLACEHOLDER_PARTS = [
  "example",
  "placeholder",
  "changeme",
  "change-me",
  "change_me",
  "xxxx",
  "****",
  "....",
  "redacted",
];

/** Whether a value stands for another one: `<token>`, `your-key-here`, `${TOKEN}`, `xxxxxxxx`, `AKIAIOSFODNN7EXAMPLE`. */
export function isPlaceholder(value: string): boolean {
  const lower = value.toLowerCase();
  if (/^[<[{(].*[>\]})]$/.test(lower) || /\$\{|\{\{|\{\w*\}|%\(\w+\)s|%s|<\w+>/.test(lower)) return true;
  if (hasPlaceholderPart(value)) return true;
  if (/^(.)\1*$/.test(lower)) return true;
  return nameWords(value).some((word) => PLACEHOLDER_WORDS.has(word));
}

/** The narrower question, for random text in which any short word can turn up by chance. */
export function hasPlaceholderPart(value: string): boolean {
  const lower = value.toLowerCase();
  return PLACEHOLDER_PARTS.some((part) => lower.includes(part));
}
