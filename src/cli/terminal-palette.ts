import { styleText } from "node:util";
import { type Palette, plainPalette } from "../report/palette.ts";
import type { Level } from "../rules/rule.ts";
import type { Output } from "./context.ts";

/** Colours where a terminal reads; `NO_COLOR` and `FORCE_COLOR` are obeyed as Node does. */
export function paletteFor(output: Output): Palette {
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    styleText(format, text, { stream: output as unknown as NodeJS.WritableStream });
  if (style("bold")("x") === "x") return plainPalette;
  const levels: Readonly<Record<Level, (text: string) => string>> = {
    error: style(["bold", "red"]),
    warning: style(["bold", "yellow"]),
    note: style(["bold", "cyan"]),
  };
  return {
    level: (level, text) => levels[level](text),
    place: style("bold"),
    strong: style("bold"),
    dim: style("dim"),
    added: style("green"),
    removed: style("red"),
  };
}
