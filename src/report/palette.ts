import type { Level } from "../rules/rule.ts";

/** How parts of a text report are set off; colour is never the only sign. */
export interface Palette {
  readonly level: (level: Level, text: string) => string;
  readonly place: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly added: (text: string) => string;
  readonly removed: (text: string) => string;
}

/** For pipes, files and terminals without colour. */
export const plainPalette: Palette = {
  level: (_level, text) => text,
  place: (text) => text,
  strong: (text) => text,
  dim: (text) => text,
  added: (text) => text,
  removed: (text) => text,
};
