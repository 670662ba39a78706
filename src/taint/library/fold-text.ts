import { MAX_TEXT } from "../values/text.ts";
import type { Constant } from "../values/value.ts";

/** What a method of a text gives, all of whose arguments are known; undefined where it is not followed. */
export function foldOne(text: string, name: string, [first, second]: readonly Constant[]): Constant | undefined {
  switch (name) {
    case "upper":
      return text.toUpperCase();
    case "lower":
    case "casefold":
      return text.toLowerCase();
    case "strip":
      return first === undefined ? text.trim() : undefined;
    case "lstrip":
      return first === undefined ? text.trimStart() : undefined;
    case "rstrip":
      return first === undefined ? text.trimEnd() : undefined;
    case "encode":
    case "decode":
      return text;
    case "replace":
      return typeof first === "string" && typeof second === "string" && first !== ""
        ? replaceAll(text, first, second)
        : undefined;
    case "startswith":
      return typeof first === "string" ? text.startsWith(first) : undefined;
    case "endswith":
      return typeof first === "string" ? text.endsWith(first) : undefined;
    case "removeprefix":
      return typeof first === "string" && text.startsWith(first) ? text.slice(first.length) : text;
    case "removesuffix":
      return typeof first === "string" && text.endsWith(first) ? text.slice(0, text.length - first.length) : text;
    case "find":
      return typeof first === "string" && second === undefined ? text.indexOf(first) : undefined;
    case "isdigit":
      return /^\d+$/.test(text);
    case "title":
      return text.replace(/[A-Za-z]+/g, (word) => word[0].toUpperCase() + word.slice(1).toLowerCase());
    default:
      return undefined;
  }
}

/** Undefined where the text gets longer than one that is followed: a few lines could double it again and again. */
function replaceAll(text: string, search: string, replacement: string): string | undefined {
  const pieces = text.split(search);
  const length = text.length + (pieces.length - 1) * (replacement.length - search.length);
  return length > Math.max(text.length, MAX_TEXT) ? undefined : pieces.join(replacement);
}
