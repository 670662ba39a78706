/** A part of a text that may be cut: its items are whole or left out, its head and tail stay. */
export interface Section {
  readonly head: string;
  readonly items: readonly string[];
  readonly tail: string;
  /** What stands in place of the items that were cut. */
  readonly more?: (cut: number) => string;
}

/**
 * Joins sections by an empty line, in at most `limit` bytes of UTF-8. Earlier sections are served first; a section that
 * does not fit with its head and tail is left out whole, so put what can be spared at the end.
 */
export function fitSections(sections: readonly Section[], limit: number): string {
  const kept: Section[] = [];
  let left = limit;
  for (const section of sections) {
    const frame = bytes(print(section, 0)) + bytes(SEPARATOR);
    if (frame > left) continue;
    kept.push(section);
    left -= frame;
  }
  const printed: string[] = [];
  for (const section of kept) {
    const bare = bytes(print(section, 0));
    const count = itemsThatFit(section, bare + left);
    const text = print(section, count);
    left -= bytes(text) - bare;
    printed.push(text);
  }
  return printed.filter((text) => text !== "").join(SEPARATOR);
}

/** At most `limit` bytes of UTF-8, never a split surrogate pair; what was cut is shown by `…`. */
export function cutText(text: string, limit: number): string {
  if (bytes(text) <= limit) return text;
  const room = limit - bytes(ELLIPSIS);
  let used = 0;
  let end = 0;
  for (const point of text) {
    used += bytes(point);
    if (used > room) break;
    end += point.length;
  }
  return text.slice(0, end) + ELLIPSIS;
}

export function bytes(text: string): number {
  return encoder.encode(text).length;
}

const SEPARATOR = "\n\n";
const ELLIPSIS = "…";
const encoder = new TextEncoder();

function itemsThatFit(section: Section, room: number): number {
  let low = 0;
  let high = section.items.length;
  if (bytes(print(section, high)) <= room) return high;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bytes(print(section, middle)) <= room) low = middle;
    else high = middle - 1;
  }
  return low;
}

function print(section: Section, count: number): string {
  const cut = section.items.length - count;
  const more = cut > 0 && section.more !== undefined ? section.more(cut) : "";
  return [section.head, ...section.items.slice(0, count), more, section.tail].filter((part) => part !== "").join("\n");
}
