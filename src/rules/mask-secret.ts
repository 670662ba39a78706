/** Characters of a secret that are shown, so that its owner knows which one it is. */
const SHOWN = 4;

/** A secret as it may be said: its beginning and nothing of the rest, not even the length. */
export function maskSecret(secret: string): string {
  return secret.length <= SHOWN * 2 ? "…" : `${secret.slice(0, SHOWN)}…`;
}
