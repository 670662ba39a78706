/** One mechanism of the engine or of a detector taken away or turned round: the first `text` of the file becomes `replacement`. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
  /** Of a detector: the rule whose examples have to notice. */
  readonly rule?: string;
}

/** Of a file below `src/taint/`. */
export function mutant(name: string, file: string, text: string, replacement: string): Mutant {
  return { name, file: `src/taint/${file}`, text, replacement };
}

/** Of a detector that compares both sides of a change: the examples of `rule` have to notice. */
export function changeMutant(rule: string, name: string, file: string, text: string, replacement: string): Mutant {
  return { name, file: `src/detectors/change/${file}`, text, replacement, rule };
}
