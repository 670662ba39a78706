import { stripVTControlCharacters } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { printReview } from "../scripts/demo/print-review.ts";
import { reviewShop } from "../scripts/demo/review-shop.ts";
import { type CommentView, commentedLines, type ReviewView } from "../scripts/demo/review-view.ts";
import { AFTER } from "../scripts/demo/shop.ts";
import { createWasmParser } from "../src/python/wasm-parser.ts";

/** The mistakes that the pull request of the demonstration makes: file, code on the commented line, rule. */
const MISTAKES = [
  ["requirements.txt", "pyyaml", "dep-unpinned"],
  ["shop/app.py", "app.secret_key =", "framework-secret-key-hardcoded"],
  ["shop/files.py", 'os.path.join("/srv/invoices"', "path-traversal"],
  ["shop/files.py", 'subprocess.run("convert "', "command-injection"],
  ["shop/files.py", "backup.extractall", "archive-extract-unsafe"],
  ["shop/login.py", 'random.choice("0123', "insecure-random-secret"],
  ["shop/login.py", "redirect(", "open-redirect"],
  ["shop/login.py", "answer.set_cookie", "cookie-no-secure"],
  ["shop/login.py", "verify=False", "tls-verify-disabled"],
  ["shop/login.py", "yaml.load", "yaml-unsafe-load"],
  ["shop/orders.py", "WHERE customer =", "sql-injection"],
] as const;

describe("the pull request of the demonstration", () => {
  let view: ReviewView;

  beforeAll(async () => {
    view = await reviewShop();
  });

  test("has a comment on each of its mistakes, and on nothing that only looks like one", () => {
    const said = view.comments.map((comment) => {
      const mistake = MISTAKES.find(([path, code, rule]) => isSaid(comment, path, code, rule));
      return mistake ?? `unexpected: ${comment.path}:${comment.line} ${comment.body}`;
    });
    expect(said.toSorted()).toEqual(MISTAKES.toSorted());
  });

  test("fails its check", () => {
    expect(view.check).toMatchObject({ conclusion: "failure", title: "7 errors, 4 warnings in 5 changed files" });
  });

  test("is printed with each row of its tables as a line, whatever its columns", () => {
    const lines = printReview(view, 110).split("\n").map(stripVTControlCharacters);
    expect(lines).toContainEqual(
      expect.stringMatching(/^- .?shop\/login\.py.? line 30 · error · .?yaml-unsafe-load.?: /u),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}- Routes · new .?POST \/convert.?, .* · .?shop\/files\.py.? line 27$/u),
    );
    expect(lines.filter((line) => line.includes("·  ·"))).toEqual([]);
  });

  test("is offered changes that apply and are Python", async () => {
    const parser = await createWasmParser();
    const offered = view.comments.flatMap((comment) => applied(comment));
    expect(offered.length).toBeGreaterThanOrEqual(5);
    for (const code of offered) {
      expect(parser.parse(code)).toMatchObject({ errors: [] });
    }
  });
});

function isSaid(comment: CommentView, path: string, code: string, rule: string): boolean {
  const lines = commentedLines(comment).map(({ text }) => text);
  return comment.path === path && comment.body.includes(`\`${rule}\``) && lines.some((line) => line.includes(code));
}

/** The file with the suggestion in place of the commented lines. */
function applied({ path, startLine, line, body }: CommentView): readonly string[] {
  const suggestion = /^(`{3,})suggestion\n([\s\S]*?)^\1$/mu.exec(body)?.[2];
  if (suggestion === undefined || line === undefined) return [];
  const lines = (AFTER[path] ?? "").split("\n");
  const first = startLine ?? line;
  return [lines.toSpliced(first - 1, line - first + 1, suggestion.replace(/\n$/u, "")).join("\n")];
}
