import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { createSigns } from "../../src/signs.ts";
import { startApp } from "./app-on-loopback.ts";
import { createScene, firstOf, MISTAKE } from "./complaints/scene.ts";

const OLD_KEY = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
}).privateKey;

test.each([
  ["is still given, is not said again", [OLD_KEY], 1],
  ["is gone, is said once more", [], 2],
])("a comment from before the App's key was replaced, while that key %s", async (_, previousPrivateKeys, comments) => {
  const app = await startApp({ settings: { previousPrivateKeys } });
  const scene = createScene(app);
  const pull = await scene.open({}, { "a.py": MISTAKE });
  const comment = firstOf(pull.comments);
  const ref = { installationId: 0, repositoryId: pull.repository.id, owner: "", repo: "", number: pull.number };
  const { signFor } = createSigns([OLD_KEY]);
  comment.body = comment.body.replace(
    /^<!-- safepath:1 (\S+) \S+ -->/u,
    (_marker, payload: string) => `<!-- safepath:1 ${payload} ${signFor(ref)(payload)} -->`,
  );
  await scene.push(pull, { "b.py": "b = 1\n" });
  expect(pull.comments).toHaveLength(comments);
  await app.close();
});
