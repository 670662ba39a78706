/** The distinct names of a text, each cut out of it once, numbered in the order in which they first stand there. */
export class NameTable {
  readonly texts: string[] = [];
  #hashes = new Int32Array(512);
  /** By hash: the number of a name and one, or 0. At most half full. */
  #places = new Uint32Array(1_024);

  /** The number of the name at these offsets, as Python takes it: `ｏｓ` is `os` (NFKC, PEP 3131). */
  add(text: string, start: number, end: number): number {
    let hash = end - start;
    let bits = 0;
    for (let at = start; at < end; at++) {
      const character = text.charCodeAt(at);
      hash = (Math.imul(hash, 31) + character) | 0;
      bits |= character;
    }
    if (bits > 127) {
      const name = text.slice(start, end);
      const taken = name.normalize("NFKC");
      if (taken !== name) return this.add(taken, 0, taken.length);
    }
    let place = this.#placeOf(hash);
    for (let known = this.#places[place]; known !== 0; known = this.#places[place]) {
      if (this.#hashes[known - 1] === hash && isAt(text, start, end, this.texts[known - 1])) return known - 1;
      place = (place + 1) & (this.#places.length - 1);
    }
    const number = this.texts.length;
    if (number === this.#hashes.length) {
      this.#grow();
      return this.add(text, start, end);
    }
    this.texts.push(text.slice(start, end));
    this.#hashes[number] = hash;
    this.#places[place] = number + 1;
    return number;
  }

  #placeOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & (this.#places.length - 1);
  }

  #grow(): void {
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#places = new Uint32Array(this.#places.length * 2);
    for (let number = 0; number < this.texts.length; number++) {
      let place = this.#placeOf(hashes[number]);
      while (this.#places[place] !== 0) place = (place + 1) & (this.#places.length - 1);
      this.#places[place] = number + 1;
    }
  }
}

function isAt(text: string, start: number, end: number, name: string): boolean {
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at++) if (text.charCodeAt(start + at) !== name.charCodeAt(at)) return false;
  return true;
}
