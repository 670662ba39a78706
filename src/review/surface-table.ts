import { settleSurface } from "../analysis/surface/settle-surface.ts";
import type { SurfaceChange } from "../analysis/surface/surface.ts";
import { SURFACE_HEADS, surfaceText } from "../report/surface-text.ts";
import type { CheckInput } from "./check-input.ts";
import { codeSpan, sentence, tableCell } from "./escape.ts";
import type { Section } from "./fit-sections.ts";
import { countOf, number } from "./words.ts";

/** What the change does to what the world reaches, and what reaches the world; none where it does nothing. */
export function surfaceTable(input: CheckInput): readonly Section[] {
  const tabled = new Set(input.newPackages?.map(({ name }) => name));
  const changes = settleSurface(input.analyses.flatMap(({ surface = [] }) => surface)).filter(
    ({ kind, change, name }) => !(kind === "package" && change === "added" && tabled.has(name)),
  );
  if (changes.length === 0) return [];
  return [
    {
      head: `<details><summary>Attack surface (${countOf(changes.length, "change")})</summary>\n\n| Kind | What the change does | Where |\n|---|---|---|`,
      items: changes.map((change) => row(change, input)),
      more: (cut) => `\n${number(cut)} more.`,
      tail: "\n</details>",
    },
  ];
}

function row(change: SurfaceChange, { link }: CheckInput): string {
  const { kind, location } = change;
  // What is gone is on no line of the head.
  const where = change.change === "removed" && kind !== "protection" ? codeSpan(location.path) : link.line(location);
  const cells = [SURFACE_HEADS[kind], tableCell(surfaceText(change, codeSpan, sentence)), tableCell(where)];
  return `| ${cells.join(" | ")} |`;
}
