import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import { isPlaceholder } from "./secrets/placeholder.ts";
import { nodeAt, spanBetween } from "./shared/node-at.ts";

/** `scheme://user:password@host`; none of the parts holds what would end an address in code. */
const ADDRESS =
  /(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,30}:\/\/([^\s:/@"'<>{}%]{1,64}):([^\s:/@"'<>{}]{4,128})@([A-Za-z0-9][A-Za-z0-9.-]{0,253})/g;

/** A part of every address with a password, cheap to look for. */
const AUTHORITY = /:\/\/[^\s:/@"'<>{}%]{1,64}:[^\s:/@"'<>{}]{4,128}@/;

const OF_DOCUMENTATION =
  /(?:^|\.)(?:host|hostname|server|domain|localhost|local|test|invalid)(?:$|\.example\.)|^(?:127\.|0\.0\.0\.0)|^(?:www\.)?example\.(?:com|org|net)$/i;

const USUAL = new Set(["password", "passwd", "pass", "pwd", "secret", "token", "user", "username"]);

/** The account of the sample database that the manuals of databases have shown since the eighties. */
const SAMPLE_ACCOUNT = /^scott:tiger$/i;

/** Addresses with a password in them, of hosts that can be reached from elsewhere. */
export const urlCredentials: ModuleDetector = {
  kind: "module",
  name: "url-credentials",
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (!AUTHORITY.test(facts.text)) return;
  for (const match of facts.text.matchAll(ADDRESS)) {
    const [address, user = "", password = "", host = ""] = match;
    if (!host.includes(".") || OF_DOCUMENTATION.test(host)) continue;
    if (USUAL.has(password.toLowerCase()) || password === user || isPlaceholder(password) || /^\$|^%/.test(password))
      continue;
    if (SAMPLE_ACCOUNT.test(`${user}:${password}`)) continue;
    const node = nodeAt(facts.syntax, match.index);
    yield { node, span: spanBetween(facts.syntax, match.index, match.index + address.length), fields: { user, host } };
  }
}
