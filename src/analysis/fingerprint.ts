import { createHash } from "node:crypto";
import type { Finding, Fingerprint } from "./finding.ts";

/** What names a finding: nothing that changes when lines move. */
export interface Identity {
  readonly ruleId: string;
  readonly path: string;
  readonly scope: string;
  /** The code at the place; white space does not count. */
  readonly text: string;
  /** API path of a flow's source, or empty. */
  readonly source: string;
}

/** The names of a finding; `ordinal` tells equal places of one scope apart, in source order. */
export function namesOf(identity: Identity, ordinal: number): Pick<Finding, "fingerprint" | "contentKey"> {
  const { ruleId, path, scope, source } = identity;
  const contentKey = digest([ruleId, scope, normalize(identity.text), source, String(ordinal)]);
  return { fingerprint: fingerprintAt(path, contentKey), contentKey };
}

/** What the finding would be called in a file of that path. */
export function fingerprintAt(path: string, contentKey: string): Fingerprint {
  return digest([path, contentKey]);
}

/** Equal for the same mistake in another place of the file: code that was moved is not new. */
export function looseKey({ ruleId, text, source }: Identity): string {
  return `${ruleId}\0${normalize(text)}\0${source}`;
}

/** Equal for a flow from the same source into a call of the same name in the same scope, whatever else the call is given; undefined of no flow. */
export function flowKey({ ruleId, scope, text, source }: Identity): string | undefined {
  const callee = /^[^(]*\(/.exec(normalize(text))?.[0];
  return source === "" || callee === undefined ? undefined : `${ruleId}\0${scope}\0${source}\0${callee}`;
}

/** Equal where the same is said of a call of the same name in the same scope, whatever the call is given; undefined of no call, and of flows. */
export function saidKey({ ruleId, scope, text, source }: Identity, message: string): string | undefined {
  const callee = /^[^(]*\(/.exec(normalize(text))?.[0];
  return source !== "" || callee === undefined ? undefined : `${ruleId}\0${scope}\0${message}\0${callee}`;
}

/** 128 bits in hexadecimal. */
function digest(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
}

function normalize(text: string): string {
  return text.replace(/\s+/g, "");
}
