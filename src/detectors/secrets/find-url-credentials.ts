import { isPlaceholder } from "./placeholder.ts";

/**
 * `scheme://user:password@host`, or no user before the password of a store; none of the parts holds what would end an address in code. The scheme is read backwards from `://`,
 * which few words of a file stand before.
 */
const ADDRESS =
  /:\/\/(?<=(?<![A-Za-z0-9+.-])([a-z][a-z0-9+.-]{1,30}):\/\/)((?<=\b(?:rediss?|amqps?|mongodb):\/\/)|[^\s:/@"'<>{}[\]%]{1,64}):([^\s:/@"'<>{}[\]]{4,128})@([A-Za-z0-9][A-Za-z0-9.-]{0,253})/g;

const OF_DOCUMENTATION =
  /(?:^|\.)(?:host|hostname|server|domain|localhost|local|test|invalid)(?:$|\.example\.)|^(?:127\.|0\.0\.0\.0)|^(?:www\.)?example\.(?:com|org|net)$/i;

const USUAL = new Set(["password", "passwd", "pass", "pwd", "secret", "token", "user", "username"]);

/** The account of the sample database that the manuals of databases have shown since the eighties. */
const SAMPLE_ACCOUNT = /^scott:tiger$/i;

export interface UrlCredentials {
  readonly user: string;
  readonly host: string;
  /** The password is made of words: `my-token`. */
  readonly isWords: boolean;
  /** Offsets in the text of the whole address, `[start, end)`. */
  readonly start: number;
  readonly end: number;
}

/** The addresses in a text that hold a password, of hosts that can be reached from elsewhere, in order. */
export function findUrlCredentials(text: string): readonly UrlCredentials[] {
  return [...text.matchAll(ADDRESS)].flatMap(
    ({ 0: found, 1: scheme = "", 2: user = "", 3: password = "", 4: host = "", index }) => {
      if (!host.includes(".") || OF_DOCUMENTATION.test(host)) return [];
      if (USUAL.has(password.toLowerCase()) || password === user || isPlaceholder(password) || /^\$|^%/.test(password))
        return [];
      if (SAMPLE_ACCOUNT.test(`${user}:${password}`)) return [];
      const isWords = /^[a-z_-]+$/i.test(password);
      return [{ user: user || "default", host, isWords, start: index - scheme.length, end: index + found.length }];
    },
  );
}
