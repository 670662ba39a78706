import { afterAll, beforeAll, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "./app-on-loopback.ts";
import { createScene } from "./complaints/scene.ts";

const VIEWS = `from flask import Flask
from flask_login import login_required

app = Flask(__name__)


@app.get("/orders")
@login_required
def orders():
    return []
`;

let app: AppOnLoopback;
let scene: ReturnType<typeof createScene>;

beforeAll(async () => {
  app = await startApp();
  scene = createScene(app);
});

afterAll(() => app.close());

test("the check has one table of what the change does to the attack surface", async () => {
  const head = `${VIEWS}\n\n@app.post("/orders|<b>")\ndef add():\n    return ""\n`;
  const pull = await scene.open(
    { "views.py": VIEWS, "old.py": VIEWS.replace("/orders", "/old"), "requirements.txt": "flask==3.1.0\n" },
    { "views.py": head, "old.py": null, "requirements.txt": "flask==3.1.0\nflask-login==0.6.3\n" },
  );
  const { summary } = scene.check(pull);
  expect(summary).toContain("<summary>Attack surface (3 changes)</summary>");
  expect(summary).toContain("| Routes | gone: `GET /old` | `old.py` |");
  expect(summary).toMatch(
    /\| Routes \| new `POST \/orders\\\|<b>`, where no check of who calls is seen \| \[`views\.py` line 13\]/u,
  );
  expect(summary).toMatch(/\| Packages \| new `flask-login` \| \[`requirements\.txt` line 2\]/u);
});

test("packages that a new dependency file takes over from one that is gone are not new", async () => {
  const project = '[project]\nname = "shop"\nversion = "1"\ndependencies = ["flask==3.1.0"]\n';
  const pull = await scene.open(
    { "requirements.txt": "flask==3.1.0\nrequests==2.32.3\n" },
    { "requirements.txt": null, "pyproject.toml": project },
  );
  expect(scene.check(pull).summary).toContain("Attack surface (1 change)");
  expect(scene.check(pull).summary).toContain("| Packages | gone: `requests` | `requirements.txt` |");
});

test("a change that does nothing to it has none, a file that moved included", async () => {
  const pull = await scene.open({ "views.py": VIEWS }, { "views.py": null, "web/orders.py": `${VIEWS}\n\n# moved\n` });
  expect(scene.check(pull).summary).not.toContain("Attack surface");
});
