const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Whether the last six characters are the CRC-32 of those before them in base 62: how GitHub and npm make the tokens
 * they issue, so that a scanner can tell a real one from an invented one.
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function hasBase62Checksum(body: string): boolean {
  return base62(crc32(body.slice(0, -6))).padStart(6, "0") === body.slice(-6);
}

function base62(value: number): string {
  let rest = value;
  let digits = "";
  do {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  } while (rest > 0);
  return digits;
}

/** CRC-32 of ISO-HDLC over ASCII text. */
function crc32(text: string): number {
  let remainder = 0xffffffff;
  for (let at = 0; at < text.length; at++) {
    remainder ^= text.charCodeAt(at);
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
