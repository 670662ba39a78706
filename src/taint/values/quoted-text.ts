import type { Machine } from "../machine/machine.ts";
import type { QuoteMark } from "./marks.ts";
import { asText } from "./text.ts";
import { type Value, withCleared } from "./value.ts";

const MARK_OF: Readonly<Record<string, QuoteMark>> = {
  "'": "text.WithoutApostrophe()",
  '"': "text.WithoutDoubleQuote()",
};

/** The mark of a text that is known not to have a text in it; undefined where that is no quote. */
export function quoteMark(missing: string | undefined): QuoteMark | undefined {
  return missing === "'" || missing === '"' ? MARK_OF[missing] : undefined;
}

/** The mark of a text of letters, digits and these characters: none of them ends a literal, or escapes its end. */
export function markOfAdmitted(admitted: ReadonlySet<string>): { readonly mark: QuoteMark } | undefined {
  return ["'", '"', "`", "\\"].some((character) => admitted.has(character))
    ? undefined
    : { mark: "text.WithoutQuotes()" };
}

/** The parts of a text in order: one without quotes that stands between them stays there, in a statement as in a search. */
export function betweenQuotes(machine: Machine, parts: readonly Value[]): readonly Value[] {
  if (!parts.some(({ paths }) => paths.some((path) => path.startsWith("text.Without")))) return parts;
  const { models } = machine;
  let open: string | undefined;
  return parts.map((part) => {
    const [constant, ...others] = part.constants ?? [];
    if (constant !== undefined && others.length === 0) {
      open = openAfter(asText(constant), open);
      return part;
    }
    if (open === undefined) return part;
    if (part.paths.includes("text.WithoutQuotes()")) return withCleared(part, models.kindMask(["sql", "xpath"]));
    // XPath has no escapes: nothing but the quote itself ends a literal.
    return part.paths.includes(MARK_OF[open]) ? withCleared(part, models.kindMask(["xpath"])) : part;
  });
}

/** The quote that is open behind a text. */
function openAfter(text: string, before: string | undefined): string | undefined {
  let open = before;
  for (const character of text) {
    if (character === open) open = undefined;
    else if (open === undefined && (character === "'" || character === '"')) open = character;
  }
  return open;
}
