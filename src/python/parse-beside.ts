import { findLineStarts } from "./fill-arrays.ts";
import { Kind } from "./kinds.ts";
import { copyArrays, type NodeArrays } from "./node-arrays.ts";
import { MAX_NODES, normalizeLineEnds, refuseText } from "./parse-limits.ts";
import type { ParseRefusal, PythonParser, SyntaxArrays } from "./syntax-arrays.ts";

/**
 * The syntax of a text of which another version is known, as if it were parsed by itself: of the module's statements those alone
 * are parsed that differ. They are cut out where statements begin at the left edge of both versions, for there the parser has
 * forgotten what came before. A text with errors is parsed whole, for errors may be mended by what stands elsewhere.
 */
export function parseBeside(parser: PythonParser, source: string, known: SyntaxArrays): SyntaxArrays | ParseRefusal {
  const text = normalizeLineEnds(source);
  if (known.hasError || text.includes("\0") || refuseText(text) !== undefined) return parser.parse(source);
  const gap = gapBetween(known, text);
  if (gap === undefined) return parser.parse(source);
  const { first, last, from, to } = gap;
  const part = parser.parse(text.slice(from, to + text.length - known.text.length));
  if ("reason" in part || part.hasError || !fits(part)) return parser.parse(source);
  const count = first + part.count - 1 + known.count - last;
  return count > MAX_NODES ? parser.parse(source) : joined(text, known, part, gap);
}

/** What is parsed again: nodes `first` to `last` of the known syntax, which lie at `[from, to)` of its text. */
interface Gap {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

/** Undefined where that is all of it. */
function gapBetween({ text: known, count, kind, start, next }: SyntaxArrays, text: string): Gap | undefined {
  const shorter = Math.min(known.length, text.length);
  let same = 0;
  while (same < shorter && known.charCodeAt(same) === text.charCodeAt(same)) same++;
  let sameAtEnd = 0;
  const moved = text.length - known.length;
  let at = known.length - 1;
  for (; sameAtEnd < shorter - same && known.charCodeAt(at) === text.charCodeAt(at + moved); at--) sameAtEnd++;
  let first = 1;
  let last = count;
  for (let node = 1; node < count; node = next[node]) {
    if (kind[node] === Kind.comment || !isAtLeftEdge(known, start[node])) continue;
    if (start[node] <= same) first = node;
    else if (start[node] >= known.length - sameAtEnd && isAtLeftEdge(text, start[node] + moved)) {
      last = node;
      break;
    }
  }
  if (first === 1 && last === count) return undefined;
  return {
    first,
    last,
    from: first === 1 ? 0 : start[first],
    to: last === count ? known.length : start[last],
  };
}

/** Where a line begins that goes on with none before it. */
function isAtLeftEdge(text: string, offset: number): boolean {
  if (offset === 0) return true;
  if (text[offset - 1] !== "\n") return false;
  const before = text[offset - 2] === "\r" ? offset - 3 : offset - 2;
  return text[before] !== "\\";
}

/**
 * Whether its first statement and the comments before it begin at the left edge: what is indented belongs to what stands before it.
 */
function fits({ text, count, kind, start, next }: SyntaxArrays): boolean {
  for (let node = 1; node < count; node = next[node]) {
    if (!isAtLeftEdge(text, start[node])) return false;
    if (kind[node] !== Kind.comment) return true;
  }
  return true;
}

function joined(text: string, known: SyntaxArrays, part: SyntaxArrays, { first, last, from }: Gap): SyntaxArrays {
  const moved = text.length - known.text.length;
  const behind = first + part.count - 1;
  const count = behind + known.count - last;
  const { capacity: _, ...arrays } = copyArrays({ ...known, capacity: known.count }, first, count);
  copyNodes(part, 1, part.count, arrays, first, from);
  copyNodes(known, last, known.count, arrays, behind, moved);
  arrays.next[0] = count;
  if (first === 1) arrays.start[0] = part.count > 1 ? part.start[0] : known.start[last] + moved;
  arrays.end[0] = text.length;
  const names = new Names(arrays);
  names.take(known, 1, first, 1);
  names.take(part, 1, part.count, first);
  names.take(known, last, known.count, behind);
  return { text, count, ...arrays, names: names.texts, lineStarts: findLineStarts(text), errors: [], hasError: false };
}

type Nodes = Omit<NodeArrays, "capacity">;

/** Nodes `[first, last)`, whose uppermost are statements of the module, to where they begin with node `at`. */
function copyNodes(from: Nodes, first: number, last: number, into: Nodes, at: number, moved: number): void {
  const by = at - first;
  into.kind.set(from.kind.subarray(first, last), at);
  into.field.set(from.field.subarray(first, last), at);
  for (let node = first; node < last; node++) {
    into.start[node + by] = from.start[node] + moved;
    into.end[node + by] = from.end[node] + moved;
    into.parent[node + by] = from.parent[node] === 0 ? 0 : from.parent[node] + by;
    into.next[node + by] = from.next[node] + by;
  }
}

/** The names of a text that is put together, in the order in which they first stand in it. */
class Names {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #into: Nodes;

  constructor(into: Nodes) {
    this.#into = into;
  }

  /** Numbers the names of nodes `[first, last)`, which are now those from `at` on. */
  take({ kind, name, names }: SyntaxArrays, first: number, last: number, at: number): void {
    const numbers = new Int32Array(names.length).fill(-1);
    for (let node = first; node < last; node++) {
      if (kind[node] !== Kind.identifier) continue;
      const old = name[node];
      if (numbers[old] < 0) numbers[old] = this.#number(names[old]);
      this.#into.name[node - first + at] = numbers[old];
    }
  }

  #number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.texts.push(text);
    this.#numbers.set(text, this.texts.length - 1);
    return this.texts.length - 1;
  }
}
