import { readPageAssets } from "../../src/web/page-assets.ts";

/** A page with its style sheet inside, and `more` behind it, to be drawn without a server. */
export function withStyle(page: string, theme: "light" | "dark", more: string): string {
  const sheet = new TextDecoder().decode(readPageAssets().get("site.css")?.body);
  const styled = sheet.replace("color-scheme: light dark", `color-scheme: ${theme}`);
  return page.replace(/<link rel="stylesheet"[^>]*>/u, () => `<style>${styled} ${more}</style>`);
}
