/** Draws every kind of comment and check summary with its folds open, so that a change of their words is seen: `node scripts/draw-comments.ts DIRECTORY`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { drawPage } from "./demo/page.ts";
import { sampleViews } from "./demo/sample-views.ts";
import { takePicture } from "./demo/take-picture.ts";

const directory = process.argv[2];
if (directory === undefined) {
  console.error("Say where to: node scripts/draw-comments.ts DIRECTORY");
  process.exit(2);
}
mkdirSync(directory, { recursive: true });
for (const [name, view] of sampleViews()) {
  for (const theme of ["light", "dark"] as const) {
    const file = join(directory, `${name}-${theme}.png`);
    await takePicture(drawPage(view, theme).replaceAll("<details>", "<details open>"), file);
    console.log(file);
  }
}
