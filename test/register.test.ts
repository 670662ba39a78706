import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { convertCode, environmentFor } from "../scripts/register/convert.ts";
import { apiUrl, manifestFor, registrationUrl } from "../scripts/register/manifest.ts";
import { serveForm } from "../scripts/register/serve-form.ts";
import { readSettings } from "../src/settings.ts";

const appYml = readFileSync(fileURLToPath(new URL("../app.yml", import.meta.url)), "utf8");
const { privateKey: pem } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const REGISTRATION = {
  id: 7,
  slug: "safepath",
  pem,
  webhook_secret: "4f0c1d9be2a75836",
  html_url: "https://github.com/apps/safepath",
};

const toClose: (() => void)[] = [];
afterEach(() => {
  for (const close of toClose.splice(0)) close();
});

describe("the registration", () => {
  test("fills GitHub's form from app.yml, with the address of this service", () => {
    const manifest = JSON.parse(manifestFor(appYml, "https://safepath.acme.dev", "http://127.0.0.1:1/registered"));
    expect(manifest).toMatchObject({
      url: "https://safepath.acme.dev",
      hook_attributes: { url: "https://safepath.acme.dev/api/github/webhooks", active: true },
      redirect_url: "http://127.0.0.1:1/registered",
      public: false,
      default_permissions: { checks: "write", contents: "read", pull_requests: "write" },
    });
    expect(manifest.default_events).toContain("pull_request");
  });

  test("asks to write contents only where fixes are wanted", () => {
    const permissionsOf = (...more: readonly boolean[]) =>
      JSON.parse(manifestFor(appYml, "https://safepath.acme.dev", "http://127.0.0.1:1/registered", ...more))
        .default_permissions;
    expect(permissionsOf(true)).toEqual({ ...permissionsOf(), contents: "write" });
  });

  test("goes to the organization, on GitHub or on a server of one's own", () => {
    expect(registrationUrl({ host: "github.com", organization: "acme" }, "s")).toBe(
      "https://github.com/organizations/acme/settings/apps/new?state=s",
    );
    expect(registrationUrl({ host: "git.acme.dev" }, "s")).toBe("https://git.acme.dev/settings/apps/new?state=s");
    expect(apiUrl({ host: "github.com" })).toBe("https://api.github.com");
    expect(apiUrl({ host: "git.acme.dev" })).toBe("https://git.acme.dev/api/v3");
  });

  test("takes the code of a browser that comes back with the state, and of no other", async () => {
    let state = "";
    const form = await serveForm((given) => {
      state = given.state;
      return { action: "https://github.com/x", manifest: '{"name":"<\\"&>"}' };
    });
    toClose.push(form.close);
    const page = await (await fetch(form.url)).text();
    expect(page).toContain('value="{&quot;name&quot;:&quot;&lt;\\&quot;&amp;>&quot;}"');
    expect((await fetch(`${form.url}/registered?code=stolen&state=guessed`)).status).toBe(404);
    expect((await fetch(`${form.url}/registered?code=ours&state=${state}`)).status).toBe(200);
    expect(await form.code).toBe("ours");
  });

  test("gives variables that the service starts with", async () => {
    const github = await gitHubThatConverts("a code");
    const registration = await convertCode(github, "a code");
    const lines = environmentFor(registration, "git.acme.dev", "https://git.acme.dev/rules").trim().split("\n");
    const environment = Object.fromEntries(lines.map((line) => line.split(/=(.*)/su).slice(0, 2)));
    expect(readSettings(environment)).toMatchObject({
      appId: 7,
      privateKey: pem,
      webhookSecrets: [REGISTRATION.webhook_secret],
      apiUrl: "https://git.acme.dev/api/v3",
      rulePages: "https://git.acme.dev/rules",
    });
  });

  test("says that a code is used up", async () => {
    const github = await gitHubThatConverts("a code");
    await expect(convertCode(github, "another")).rejects.toThrow("GitHub answered 404");
  });
});

async function gitHubThatConverts(code: string): Promise<string> {
  const path = `/app-manifests/${encodeURIComponent(code)}/conversions`;
  const server = createServer((request, response) => {
    const isKnown = request.method === "POST" && request.url === path;
    response.writeHead(isKnown ? 201 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(isKnown ? REGISTRATION : { message: "Not Found" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  toClose.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
