/** One mechanism of the engine taken away or turned round: the first `text` of the file becomes `replacement`. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
}

/** Of a file below `src/taint/`. */
export function mutant(name: string, file: string, text: string, replacement: string): Mutant {
  return { name, file: `src/taint/${file}`, text, replacement };
}
