import { afterAll, expect, test } from "vitest";
import { OWN_RULE } from "../own-rule.ts";
import { startApp } from "./app-on-loopback.ts";
import { createScene } from "./complaints/scene.ts";

const app = await startApp();
afterAll(() => app.close());

const RULES = ".github/safepath/rules";
const MODELS = ".github/safepath/models";

const RULE = OWN_RULE.replace(/^why: .*$/mu, "why: Anybody can answer. Ask @octocat, see [here](https://example.org).");
const UNVERIFIED = 'from acme_client import Client\n\nshop = Client("https://shop.acme.dev", verify=False)\n';

/** Where orders come from, and what runs them: known to nobody but this company. */
const MODEL = `package: acme_orders
sources:
  - { yields: remote, text: an order, strings: true, at: acme_orders.next_order() }
sinks:
  - { feeds: command, at: acme_orders.dispatch, argument: { position: 0 }, form: command-line }
`;
const DISPATCHED = "from acme_orders import dispatch, next_order\n\n\ndef run():\n    dispatch(next_order())\n";

test("a rule of the repository's own is in force where the base has it, and leads to its file", async () => {
  const pull = await app.openPullRequest({ [`${RULES}/repo-acme-client.yml`]: RULE }, { "a.py": UNVERIFIED });
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "failure", title: "1 error in 1 changed file" });
  const page = `/blob/${pull.baseSha}/${RULES}/repo-acme-client.yml`;
  expect(pull.comments.map(({ body }) => body)).toEqual([expect.stringContaining(page)]);
});

test("a change cannot bring a rule into force, nor take one out: it is looked at and previewed", async () => {
  const adding = await app.openPullRequest({}, { [`${RULES}/repo-acme-client.yml`]: RULE, "a.py": UNVERIFIED });
  const run = await app.review(adding);
  expect(run.conclusion).toBe("success");
  expect(run.summary).toContain("once merged it changes `own rules and models`");
  const removing = await app.openPullRequest(
    { [`${RULES}/repo-acme-client.yml`]: RULE },
    { [`${RULES}/repo-acme-client.yml`]: null, "a.py": UNVERIFIED },
  );
  expect((await app.review(removing)).conclusion).toBe("failure");
});

test("a rule with a mistake is a configuration problem, with its file and line", async () => {
  const broken = RULE.replace("level: error", "level: fatal");
  const pull = await app.openPullRequest({ [`${RULES}/repo-acme-client.yml`]: broken }, { "a.py": UNVERIFIED });
  const run = await app.review(pull);
  expect(run.conclusion).toBe("success");
  expect(run.summary).toContain("**Configuration problem.**");
  expect(run.summary).toContain(`\`${RULES}/repo-acme-client.yml\` line 4`);
});

test("a repository's model adds sources and sinks; other files and folders beside it do not matter", async () => {
  const base = {
    [`${MODELS}/acme.yml`]: MODEL,
    [`${MODELS}/README.md`]: "# Ours\n",
    [`${MODELS}/old/acme.yml`]: "id: [",
  };
  const pull = await app.openPullRequest(base, { "a.py": DISPATCHED });
  const run = await app.review(pull);
  expect(run.annotations.map(({ title }) => title)).toEqual([expect.stringMatching(/command/iu)]);
  expect(run.summary).not.toContain("Configuration problem");
});

test("the configuration may speak of own rules as of ours", async () => {
  const pull = await app.openPullRequest(
    {
      [`${RULES}/repo-acme-client.yml`]: RULE,
      ".github/safepath.yml": "rules: { repo-acme-client: note }\n",
    },
    { "a.py": UNVERIFIED },
  );
  const run = await app.review(pull);
  expect(run).toMatchObject({ conclusion: "success", title: "1 note in 1 changed file" });
  expect(run.summary).not.toContain("Configuration problem");
});

test("explained to who asks, its words are shown as text", async () => {
  const scene = createScene(app);
  const pull = await scene.open({ [`${RULES}/repo-acme-client.yml`]: RULE }, { "a.py": UNVERIFIED });
  await scene.reply(pull, "mona", "/safepath explain");
  const { body = "" } = pull.comments.at(-1) ?? {};
  expect(body).toContain("Anybody can answer.");
  expect(body).not.toMatch(/@octocat|\]\(https:\/\/example\.org\)/u);
});

test("the organization's rules and models hold for its repositories, and it alone says what makes data harmless", async () => {
  const github = app.github;
  const clearing = `${MODEL}sanitizers:\n  - { at: acme_orders.checked, neutralizes: [command] }\n`;
  const head = {
    "a.py": DISPATCHED.replace("dispatch(next_order())", "dispatch(checked(next_order()))").replace(
      "import ",
      "import checked, ",
    ),
  };
  const open = async (owner: string, config: string) => {
    await github.createRepository({
      owner,
      name: ".github",
      files: {
        ".github/safepath.yml": config,
        [`${RULES}/org-acme-client.yml`]: RULE.replace("repo-acme-client", "org-acme-client"),
      },
    });
    const repository = await github.createRepository({
      owner,
      name: "shop",
      files: { [`${MODELS}/acme.yml`]: clearing, "README.md": "# Shop\n" },
    });
    await repository.commit("feature", { ...head, "b.py": UNVERIFIED }, { from: "main" });
    return app.review(await github.openPullRequest(repository, { head: "feature" }));
  };
  const refused = await open("strict", "defaults: {}\n");
  expect(refused.annotations.map(({ path }) => path)).toEqual(["b.py"]);
  expect(refused.summary).toContain("unless the organization allows more");
  expect(refused.summary).toContain("strict/.github/blob/HEAD/.github/safepath/rules/org-acme-client.yml");
  const allowed = await open("free", "repository-models: all\n");
  expect(allowed.annotations.map(({ path }) => path)).toEqual(["b.py"]);
  expect(allowed.summary).not.toContain("Configuration problem");
});

test("own rules cost one request, and none where there are none", async () => {
  const count = async (base: Readonly<Record<string, string>>) => {
    const pull = await app.openPullRequest(base, { "a.py": "value = 1\n" });
    app.github.forgetRequests();
    await app.review(pull);
    return app.github.countRequests();
  };
  const without = await count({});
  expect(await count({ [`${RULES}/repo-acme-client.yml`]: RULE })).toBe(without + 1);
});

test("in the organization's own repository its files are looked at as the organization's", async () => {
  const repository = await app.github.createRepository({
    owner: "initech",
    name: ".github",
    files: { ".github/safepath.yml": "defaults: { fail-on: never }\n", "README.md": "# Initech\n" },
  });
  await repository.commit("feature", { [`${RULES}/org-acme-client.yml`]: "id: org-acme-client\n" }, { from: "main" });
  const run = await app.review(await app.github.openPullRequest(repository, { head: "feature" }));
  expect(run.summary).not.toContain("unknown setting");
  expect(run.summary).toContain(`\`.github:${RULES}/org-acme-client.yml\` line 1`);
});
