/** Draws the pictures of the README, from the demonstration's review the page of a rule and the playground: `node scripts/draw-pictures.ts`. Needs Chromium. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { drawPage } from "./demo/page.ts";
import { drawPlaygroundPicture } from "./demo/playground-picture.ts";
import { reviewShop } from "./demo/review-shop.ts";
import { drawRulePicture } from "./demo/rule-picture.ts";
import { takePicture } from "./demo/take-picture.ts";

const images = fileURLToPath(new URL("../docs/images/", import.meta.url));
mkdirSync(images, { recursive: true });

const view = await reviewShop();
for (const theme of ["light", "dark"] as const) {
  const page = drawPage(view, theme).replaceAll("<details>", "<details open>");
  await takePicture(page, `${images}comment-${theme}.png`, "article:has(code:text-is('sql-injection'))");
  await takePicture(page, `${images}check-${theme}.png`, "section.box");
  await takePicture(await drawRulePicture("sql-injection", theme), `${images}rule-${theme}.png`, "figure");
  await takePicture(
    await drawPlaygroundPicture("command-injection", theme),
    `${images}playground-${theme}.png`,
    "body",
  );
}
