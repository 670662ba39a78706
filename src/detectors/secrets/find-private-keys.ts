import { shannonEntropy } from "./entropy.ts";

export interface PrivateKeyBlock {
  /** The kind its header names: `RSA`, `EC`, `OPENSSH`, or empty. */
  readonly algorithm: string;
  /** Offsets in the text from the header to the end of the first lines of the body. */
  readonly start: number;
  readonly end: number;
}

/** Unencrypted keys: `ENCRYPTED PRIVATE KEY` needs a passphrase and is left out. */
const HEADER = /-----BEGIN ((?:RSA|EC|DSA|OPENSSH|PGP) )?PRIVATE KEY(?: BLOCK)?-----/g;

/** Far enough for the first two lines of any key, whatever stands between them. */
const LOOKAHEAD = 400;
const BODY_ENTROPY = 4;

/**
 * PEM private keys with a body, in order. The header alone (a format check, a marker to search for) and a body that is
 * cut short or made up are not keys. The body may be written as several literals or with `\n` in it.
 */
export function findPrivateKeys(text: string): readonly PrivateKeyBlock[] {
  const found: PrivateKeyBlock[] = [];
  for (const match of text.matchAll(HEADER)) {
    const bodyStart = match.index + match[0].length;
    const lookahead = text.slice(bodyStart, bodyStart + LOOKAHEAD);
    if (lookahead.includes("ENCRYPTED")) continue;
    const body = lookahead.replace(/#[^\n"']*(?=\n)|\\[nr]|["'()+,\\\s]|\b[bru]{1,2}(?=["'])/g, "");
    const key = /^[A-Za-z0-9+/=]{64}/.exec(body)?.[0];
    if (key === undefined || shannonEntropy(key) < BODY_ENTROPY) continue;
    found.push({ algorithm: match[1]?.trim() ?? "", start: match.index, end: bodyStart });
  }
  return found;
}
