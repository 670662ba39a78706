import { Kind } from "../../python/kinds.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { namedValues } from "../shared/named-values.ts";

interface BroadScope {
  readonly scope: RegExp;
  /** What it allows. */
  readonly allows: string;
  /** Only in files that speak of the provider, where the scope is a common word. */
  readonly provider?: RegExp;
}

/** Scopes that give more than one task needs, by the providers' own lists. */
const BROAD: readonly BroadScope[] = [
  { scope: /^https:\/\/mail\.google\.com\/$/, allows: "reading, sending and deleting all mail" },
  { scope: /^https:\/\/www\.googleapis\.com\/auth\/drive$/, allows: "reading and deleting every file in the drive" },
  {
    scope: /^https:\/\/www\.googleapis\.com\/auth\/admin\.directory\.[a-z.]+(?<!readonly)$/,
    allows: "changing the accounts of the organization",
  },
  { scope: /^repo$/, allows: "writing to all repositories, private ones too", provider: /github/i },
  { scope: /^delete_repo$/, allows: "deleting repositories", provider: /github/i },
  {
    scope: /^(?:admin:(?:org|enterprise|repo_hook|org_hook|public_key|gpg_key|ssh_signing_key)|site_admin)$/,
    allows: "administration",
    provider: /github/i,
  },
  { scope: /^(?:api|sudo)$/, allows: "everything that the user may do", provider: /gitlab/i },
  {
    scope: /^(?:https:\/\/graph\.microsoft\.com\/)?[A-Z]\w+\.(?:ReadWrite|FullControl)\.All$/,
    allows: "writing for the whole organization",
  },
  {
    scope: /^(?:https:\/\/graph\.microsoft\.com\/)?Directory\.AccessAsUser\.All$/,
    allows: "everything that the user may do in the directory",
  },
  { scope: /^full_access_as_(?:app|user)$/, allows: "all mailboxes" },
  { scope: /^admin(?:\.[a-z_.]+:write)?$/, allows: "administration of the workspace", provider: /slack/i },
];

/** Rights that are asked of an OAuth provider and go further than a task. */
export const broadScope: ModuleDetector = {
  kind: "module",
  name: "broad-scope",
  triggers: { words: ["scope", "scopes"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const seen = new Set<number>();
  for (const { lastName, value, how } of namedValues(syntax)) {
    if (
      how === "compared" ||
      !/scope/i.test(lastName) ||
      !nameWords(lastName).some((word) => word === "scope" || word === "scopes")
    )
      continue;
    for (let node = value; node < syntax.next[value]; node++) {
      if (syntax.kind[node] !== Kind.string || seen.has(node)) continue;
      seen.add(node);
      const broad = broadIn(facts.text, literalText(syntax, node) ?? "");
      if (broad !== undefined) yield { node, fields: broad };
    }
  }
}

function broadIn(file: string, text: string): { scope: string; allows: string } | undefined {
  for (const scope of text.split(/[\s,]+/)) {
    const broad = BROAD.find((entry) => entry.scope.test(scope) && (entry.provider?.test(file) ?? true));
    if (broad !== undefined) return { scope, allows: broad.allows };
  }
  return undefined;
}
