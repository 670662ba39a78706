/** ASCII, and one place for everything beyond it: enough to say whether two classes have a character in common. */
const SIZE = 129;
const BEYOND = 128;

export type CharSet = readonly boolean[];

export function setOf(has: (code: number) => boolean): CharSet {
  const set = new Array<boolean>(SIZE);
  for (let code = 0; code < SIZE; code++) set[code] = has(code);
  return set;
}

export function characterSet(character: string): CharSet {
  return OF_ONE[Math.min(character.codePointAt(0) ?? 0, BEYOND)];
}

export function rangeOf(from: string, to: string): CharSet {
  const low = from.codePointAt(0) ?? 0;
  const high = to.codePointAt(0) ?? 0;
  return setOf((code) => (code === BEYOND ? high >= BEYOND : code >= low && code <= high));
}

export function union(sets: readonly CharSet[]): CharSet {
  return setOf((code) => sets.some((set) => set[code]));
}

export function complement(set: CharSet): CharSet {
  return setOf((code) => !set[code]);
}

export function intersects(a: CharSet, b: CharSet): boolean {
  return a.some((has, code) => has && b[code]);
}

const ofPattern = (pattern: RegExp) => setOf((code) => code === BEYOND || pattern.test(String.fromCharCode(code)));

export const WORD = ofPattern(/\w/);
export const DIGIT = setOf((code) => code >= 48 && code <= 57);
export const SPACE = setOf((code) => /\s/.test(String.fromCharCode(code)) && code !== BEYOND);
/** Most of a pattern are single characters: the sets of each are made once. */
const OF_ONE: readonly CharSet[] = Array.from({ length: SIZE }, (_, of) => setOf((code) => code === of));

export const ANY = setOf((code) => code !== 10);
