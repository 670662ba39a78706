import type { Hunk } from "../../src/diff/hunk.ts";

/** The head's lines, from the base's lines and what the hunks say; throws where they contradict each other. */
export function rebuildHead(base: readonly string[], hunks: readonly Hunk[]): readonly string[] {
  const rebuilt: string[] = [];
  let taken = 0;
  const agree = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`hunks contradict the base: ${what}`);
  };
  for (const hunk of hunks) {
    rebuilt.push(...base.slice(taken, hunk.base.first - 1));
    taken = hunk.base.first - 1;
    agree(rebuilt.length === hunk.head.first - 1, "first line at the head");
    for (const line of hunk.lines) {
      if (line.kind !== "added") {
        agree(line.baseLine === taken + 1 && base[taken] === line.text, `base line ${line.baseLine}`);
        taken += 1;
      }
      if (line.kind !== "removed") {
        rebuilt.push(line.text);
        agree(line.headLine === rebuilt.length, `head line ${line.headLine}`);
      }
    }
    agree(taken === hunk.base.first - 1 + hunk.base.count, "count at the base");
    agree(rebuilt.length === hunk.head.first - 1 + hunk.head.count, "count at the head");
  }
  return [...rebuilt, ...base.slice(taken)];
}

/** Lines as they are counted by git: what follows the last line end is one more only when it is not empty. */
export function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
