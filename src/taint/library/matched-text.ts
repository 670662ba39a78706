import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { admittedCharacters, maskOf, patternMask } from "../guards/guard-text.ts";
import type { Machine } from "../machine/machine.ts";
import { onlyText } from "../values/only-text.ts";

const FINDERS = /^re\.(?:Pattern\(\)\.)?(?:match|search|fullmatch|findall|finditer)$/;
const REPLACERS = /^re\.(?:Pattern\(\)\.)?sub$/;

/** The kinds for which what a constant pattern found, or left over, is harmless, whatever text it was given. */
export function matchedKinds(machine: Machine, call: Call, path: string): number {
  const isReplacer = REPLACERS.test(path);
  if (!isReplacer && !FINDERS.test(path)) return 0;
  const isCompiled = path.startsWith("re.Pattern()");
  const pattern = patternOf(call, path);
  if (pattern === undefined) return 0;
  if (!isReplacer) return patternMask(machine, pattern, "fullmatch");
  const replacement = onlyText(findArgument(call.args, isCompiled ? 0 : 1, ["repl"])?.value);
  return replacement === undefined ? 0 : keptMask(machine, pattern, replacement);
}

/** The pattern that a function of `re` is given, or that was compiled before, where it is constant. */
export function patternOf({ args, callee, receiver }: Call, path: string): string | undefined {
  if (path.startsWith("re.Pattern()")) return receiver === undefined ? callee.prefix : receiver.prefix;
  return onlyText(findArgument(args, 0, ["pattern"])?.value);
}

/** `re.sub("[^a-z]", "", text)`: only what the class names is left, and what is put in its place. */
function keptMask(machine: Machine, pattern: string, replacement: string): number {
  const kept = /^(?:\[\^((?:[^\]\\]|\\.)+)\]|\\([WD]))[+*]?$/.exec(pattern);
  if (kept === null) return lineMask(machine, pattern, replacement);
  const admitted = kept[1] === undefined ? new Set<string>() : admittedCharacters(`[${kept[1]}]*`, "fullmatch");
  if (admitted === undefined) return 0;
  return maskOf(machine, new Set([...admitted, ...replacement.replace(/\w/g, "")]));
}

/** Without line breaks a text is one line of a log, and one header. */
function lineMask(machine: Machine, pattern: string, replacement: string): number {
  const isClass = /^(?:\[[^\]^]*\]|\\s)[+*]?$/.test(pattern);
  const takesLines = /\\s/.test(pattern) || (/\\n|\n/.test(pattern) && /\\r|\r/.test(pattern));
  return isClass && takesLines && !/[\r\n]/.test(replacement) ? machine.models.kindMask(["log", "header"]) : 0;
}
