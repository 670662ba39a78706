/**
 * Registers the App through GitHub's manifest flow and writes its variables into a file that only its owner can read:
 * `npm run register -- --url https://safepath.example.com [--org NAME] [--host GITHUB-ENTERPRISE-HOST] [--with-fixes] [--out .env]`.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { convertCode, environmentFor } from "./register/convert.ts";
import { apiUrl, manifestFor, type Place, registrationUrl } from "./register/manifest.ts";
import { serveForm } from "./register/serve-form.ts";

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    org: { type: "string" },
    host: { type: "string", default: "github.com" },
    "with-fixes": { type: "boolean", default: false },
    out: { type: "string", default: ".env" },
    "rule-pages": { type: "string", default: "https://github.com/safepath/safepath/blob/main/docs/rules" },
  },
});
const publicUrl = values.url?.replace(/\/+$/u, "");
if (publicUrl === undefined || !publicUrl.startsWith("https://")) {
  console.error("Say where GitHub reaches the service: npm run register -- --url https://safepath.example.com");
  process.exit(2);
}
if (existsSync(values.out)) {
  console.error(`${values.out} exists: move it away, or name another file with --out`);
  process.exit(2);
}

const place: Place = { host: values.host, ...(values.org === undefined ? {} : { organization: values.org }) };
const appYml = readFileSync(new URL("../app.yml", import.meta.url), "utf8");
const form = await serveForm(({ redirectUrl, state }) => ({
  action: registrationUrl(place, state),
  manifest: manifestFor(appYml, publicUrl, redirectUrl, values["with-fixes"]),
}));
console.log(`Open ${form.url} in a browser that is signed in to ${place.host}.`);
const registration = await convertCode(apiUrl(place), await form.code);
form.close();
writeFileSync(values.out, environmentFor(registration, place.host, values["rule-pages"]), { mode: 0o600, flag: "wx" });
console.log(
  `Wrote ${values.out}. Start the service with it, then install the App: ${registration.html_url}/installations/new`,
);
