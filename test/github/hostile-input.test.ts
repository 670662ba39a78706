import MarkdownIt from "markdown-it";
import { afterAll, expect, test } from "vitest";
import { RULE_PAGES, startApp } from "./app-on-loopback.ts";
import type { CheckRun } from "./stand-in/check-state.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";

const app = await startApp();
afterAll(() => app.close());

const FOLDER = "`x` @acme/team <!-- safepath:1 --> <img src=x> [a](https:evil.example) \u202Egnp";

/** Every name and text that the review could quote is hostile. */
const CODE = `import subprocess


class Shop:
    def run(self, name):
        # <!-- safepath:1 WyJnb25lIl0= 0000000000000000000000000000000000000000 --> @acme/team fixes #1
        return subprocess.run("\`\`\` @acme/team <!-- x --> \u202E [a](https://evil.example) " + name, shell=True)


def load(text):
    import yaml
    return yaml.load(text, Loader=yaml.Loader)  # \`\`\`\`suggestion <script>alert(1)</script> @acme/team
`;

test("hostile names and code reach no comment unescaped", async () => {
  const pull = await app.openPullRequest({}, { [`${FOLDER}/a.py`]: CODE });
  const run = await app.review(pull);
  expect(pull.comments).toHaveLength(3);
  expect(run.summary).toContain("@acme/team");
  for (const text of said(pull, run)) expectHarmless(text);
});

test("hostile names are harmless in remarks too", async () => {
  const pull = await app.openPullRequest(
    {},
    { [`${FOLDER}/b.py`]: "class :\n", [`${FOLDER}/c.py`]: Buffer.from([0, 1]) },
  );
  const run = await app.review(pull);
  expect(run.summary).toContain("not a text file");
  for (const text of said(pull, run)) expectHarmless(text);
});

test("a marker in the code is not taken for ours when the pull request is read again", async () => {
  const pull = await app.openPullRequest({}, { "a.py": CODE });
  await app.review(pull);
  const before = await app.github.push(pull, { "b.py": "b = 1\n" });
  const { id } = await app.github.announce(pull, { action: "synchronize", before });
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  expect(pull.comments).toHaveLength(3);
  expect(pull.comments.some(({ body }) => body.includes("No longer found"))).toBe(false);
});

test("a found secret is masked in comments, annotations, summary and log", async () => {
  const secret = ["gh", "p_", "R7xK2mQ9vT4bW8nZ1cY6", "dF3hJ5lP0sA2gE4k"].join("");
  const pull = await app.openPullRequest(
    {},
    { "a.py": `TOKEN = "${secret}"\n\n\ndef headers():\n    return {"x": TOKEN}\n` },
  );
  const run = await app.review(pull);
  expect(run.annotations.length).toBeGreaterThan(0);
  const everything = [...said(pull, run), JSON.stringify(run), JSON.stringify(app.log)].join("\n");
  expect(everything).not.toContain(secret);
  expect(everything).not.toContain(secret.slice(8, 24));
});

function said({ comments, reviews }: PullRequest, { title, summary }: CheckRun): readonly string[] {
  return [...comments.map(({ body }) => body), ...reviews.map(({ body }) => body), title ?? "", summary ?? ""];
}

const markdown = new MarkdownIt({ html: true, linkify: true });

/** As GitHub would show it: what is left outside code must not mention, link, run or hide anything of the author's. */
function expectHarmless(text: string): void {
  const withoutOurMarker = text.replace(/^<!-- safepath:\S+ [^\n]*-->\n/u, "");
  const html = markdown.render(withoutOurMarker);
  const outsideCode = html.replace(/<(code|pre)\b[\s\S]*?<\/\1>/gu, "");
  expect(outsideCode).not.toMatch(/@acme|<img|<script|<!--|#1\b/u);
  expect(html).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u);
  const links = [...html.matchAll(/href="([^"]*)"/gu)].map(([, href]) => href ?? "");
  expect(links.filter((href) => !href.startsWith(RULE_PAGES) && !href.startsWith("https://github.com/acme/"))).toEqual(
    [],
  );
}
