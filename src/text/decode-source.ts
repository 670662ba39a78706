/** The text of a source file, or why it has none. */
export type Decoded =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "unreadable"; readonly reason: Undecoded };

/**
 * `not-utf8`: nor does Python run it. `unknown-encoding`: Python may read other code than stands there. `in-lfs`: what is run is not what git
 * has, which is only where to get it. `nul-bytes`: Python up to 3.11 may run what stands before the first one.
 */
export type Undecoded = "binary" | "nul-bytes" | "not-utf8" | "unknown-encoding" | "in-lfs";

/** As Python reads it: in the encoding that its first lines name, else UTF-8. A byte order mark stays, for the offsets. */
export function decodeSource(bytes: Uint8Array): Decoded {
  const nul = bytes.subarray(0, SNIFFED).indexOf(0);
  if (nul === -1) return decodeText(bytes);
  return { kind: "unreadable", reason: mayBeCode(decodeText(bytes.subarray(0, nul))) ? "nul-bytes" : "binary" };
}

function mayBeCode(decoded: Decoded): boolean {
  return decoded.kind === "text" ? A_STATEMENT.test(decoded.text) : decoded.reason === "unknown-encoding";
}

/** A line that is neither empty nor a comment alone. */
const A_STATEMENT = /^[\s\uFEFF]*[^\s\uFEFF#]/m;

function decodeText(bytes: Uint8Array): Decoded {
  const ascii = new TextDecoder("latin1").decode(bytes.subarray(0, SNIFFED));
  if (LFS_POINTER.test(ascii)) return { kind: "unreadable", reason: "in-lfs" };
  const declared = declaredEncoding(ascii);
  const encoding = declared === undefined ? "utf-8" : readerOf(declared);
  if (encoding === undefined) return { kind: "unreadable", reason: "unknown-encoding" };
  try {
    return { kind: "text", text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return { kind: "unreadable", reason: "not-utf8" };
    throw error;
  }
}

/** The encoding that a comment in the first two lines names (PEP 263), where it is another one than UTF-8. */
export function declaredEncoding(text: string): string | undefined {
  for (const line of text.split(/\r\n|\r|\n/, 2)) {
    const name = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (name !== undefined) return isUtf8(normalized(name)) ? undefined : normalized(name);
    if (!/^[\s\uFEFF]*(?:#|$)/.test(line) && !line.startsWith("ï»¿#")) return undefined;
  }
  return undefined;
}

/** The first line of what Git LFS leaves in the place of a file: no Python begins so. */
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\r?\n/;

/** Git takes a file with a NUL in its first 8,000 bytes for binary. */
const SNIFFED = 8_000;

function normalized(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}

function isUtf8(name: string): boolean {
  return /^(?:utf-?8(?:-.*)?|u8|utf|cp65001|(?:us-)?ascii|646)$/.test(name);
}

/** By the platform's names. Encodings in which the bytes of ASCII say something else are none of them: they hide code. */
function readerOf(name: string): string | undefined {
  const latin = /^(?:latin-?1|l1|8859|cp819|iso-?8859-?1)$/.test(name) ? "1" : undefined;
  const part = latin ?? /^iso-?8859-?(\d+)$/.exec(name)?.[1];
  if (part !== undefined) return supported(`iso-8859-${part}`);
  const page = /^(?:cp|windows-?)-?(125\d)$/.exec(name)?.[1];
  if (page !== undefined) return supported(`windows-${page}`);
  return OTHERS.has(name) ? supported(name) : undefined;
}

const OTHERS: ReadonlySet<string> = new Set([
  "koi8-r",
  "koi8-u",
  "big5",
  "shift-jis",
  "euc-jp",
  "euc-kr",
  "gb2312",
  "gbk",
  "gb18030",
]);

function supported(name: string): string | undefined {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}
