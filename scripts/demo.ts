/**
 * One pull request with mistakes, reviewed by the real App on a stand-in for GitHub: no account, no network. Prints the review and
 * serves it as a page on loopback until it is interrupted; `--once` ends after printing.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { drawPage, type Theme } from "./demo/page.ts";
import { printReview } from "./demo/print-review.ts";
import { reviewShop } from "./demo/review-shop.ts";
import type { ReviewView } from "./demo/review-view.ts";

const view = await reviewShop();
process.stdout.write(`${printReview(view, process.stdout.columns ?? 100)}\n`);
if (!process.argv.includes("--once")) servePage(view);

function servePage(view: ReviewView): void {
  const server = createServer((request, response) => {
    const theme: Theme = request.url === "/dark" ? "dark" : request.url === "/light" ? "light" : "auto";
    const headers = {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    };
    response.writeHead(200, headers).end(drawPage(view, theme));
  });
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`The same as a page: http://127.0.0.1:${port}/ (Ctrl+C ends)\n`);
  });
  process.once("SIGINT", () => {
    server.close();
    server.closeAllConnections();
  });
}
