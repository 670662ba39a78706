import { afterAll, beforeAll, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "./app-on-loopback.ts";
import { createScene, MISTAKE } from "./complaints/scene.ts";
import { startStandIn } from "./stand-in/stand-in.ts";
import { defaultPermissions } from "./stand-in/world.ts";

const CONFIG = ".github/safepath.yml";
const NAMED = "second-people: { people: [Hubot], teams: [appsec] }\n";

let app: AppOnLoopback;
let scene: ReturnType<typeof createScene>;
beforeAll(async () => {
  app = await startApp({ github: await startStandIn({ permissions: { ...defaultPermissions, members: "read" } }) });
  scene = createScene(app);
  app.github.world.teams.set("acme/appsec", ["ada"]);
});
afterAll(() => app.close());

test.each([
  ["a person", "hubot"],
  ["a member of a team", "ada"],
])("%s whom the configuration names settles an error alone, and nobody else does", async (_, login) => {
  const pull = await scene.open({ [CONFIG]: NAMED }, { "a.py": MISTAKE });
  await scene.reply(pull, "mona", "/safepath ignore names are checked");
  expect(scene.check(pull).conclusion).toBe("failure");
  expect(pull.comments.at(-1)?.body).toContain("one of the people that the configuration names");
  await scene.reply(pull, login, "/safepath agree");
  expect(scene.check(pull).conclusion).toBe("success");
});

test("somebody else's agreement does not count", async () => {
  const pull = await scene.open({ [CONFIG]: NAMED }, { "a.py": MISTAKE });
  await scene.reply(pull, "octocat", "/safepath ignore names are checked");
  await scene.reply(pull, "mona", "/safepath agree");
  expect(scene.check(pull).conclusion).toBe("failure");
  expect(pull.comments.at(-1)?.body).toContain("you are not among them");
});

test("where the App may not see who is in a team, nobody of it is taken for a member, and the answer says why", async () => {
  const blind = await startApp();
  const other = createScene(blind);
  blind.github.world.teams.set("acme/appsec", ["ada"]);
  const pull = await other.open({ [CONFIG]: NAMED }, { "a.py": MISTAKE });
  pull.repository.roles.set("ada", "write");
  await other.reply(pull, "mona", "/safepath ignore names are checked");
  await other.reply(pull, "ada", "/safepath agree");
  expect(other.check(pull).conclusion).toBe("failure");
  expect(pull.comments.at(-1)?.body).toContain("lacks the permission `members: read`");
  await blind.close();
});
