import { BitNames } from "../values/labels.ts";

/** The labels and sink kinds that models and rules share: `rules/models/kinds.yml`. */
export interface Vocabulary {
  readonly labels: readonly string[];
  /** Group → kinds; a group's name stands for all of its kinds. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  /** Kinds of their own for rules, for which the same is harmless as for another: `remote-command: command`. */
  readonly shared: Readonly<Record<string, string>>;
  /** Kind → what its sinks do with the value, in words for the last step of a trace: "runs it as SQL". */
  readonly does: Readonly<Record<string, string>>;
}

export interface CompiledVocabulary {
  readonly labels: BitNames;
  readonly kinds: BitNames;
  /** Bits of kinds and groups. */
  kindMask(names: readonly string[]): number;
}

export function compileVocabulary(vocabulary: Vocabulary): CompiledVocabulary {
  const kinds = new BitNames(Object.values(vocabulary.kinds).flat(), vocabulary.shared);
  const groups = new Map(Object.entries(vocabulary.kinds).map(([group, names]) => [group, kinds.mask(names)]));
  return {
    labels: new BitNames(vocabulary.labels),
    kinds,
    kindMask: (names) => names.reduce((mask, name) => mask | (groups.get(name) ?? kinds.bit(name)), 0),
  };
}
