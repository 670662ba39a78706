import { textOf } from "../../python/walk.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import type { CookieCall } from "./cookie-calls.ts";

/** Words of a cookie's name that say that it holds a preference or a count. */
const PREFERENCES = new Set(
  "theme lang language locale color colour timezone tz consent preference preferences prefs pref sidebar layout dismissed banner seen visited dark font view sort flash messages message reason status notice tab collapsed".split(
    " ",
  ),
);

const SESSIONS = new Set(
  "session sessionid sid auth token jwt login remember access refresh identity ticket credential credentials".split(
    " ",
  ),
);
const FOR_SCRIPTS = new Set(["csrf", "csrftoken", "xsrf"]);
const NOT_SESSIONS = new Set("csrf csrftoken xsrf nonce state count".split(" "));

/** What a cookie is for, as far as its name and its value's name tell. */
export interface CookiePurpose {
  /** As a message shows it. */
  readonly shown: string;
  /** By its name, or because all it says is yes or no: whoever reads it on the way learns nothing to use. */
  readonly isPreference: boolean;
  readonly isSession: boolean;
  /** A script of the page has to read it: a token against forged forms. */
  readonly isForScripts: boolean;
}

export function cookiePurpose(facts: ModuleFacts, call: CallFact, described: CookieCall): CookiePurpose {
  const name = call.args.find(
    ({ position, keyword }) =>
      (described.name.position !== undefined && position === described.name.position) ||
      described.name.keyword.includes(keyword ?? ""),
  );
  const known = constantText(name);
  const written = name === undefined ? call.name : textOf(facts.syntax, name.node);
  const words = nameWords(known ?? lastWords(facts, name));
  const value = valueArgument(call, described);
  const valueWords = nameWords(lastWords(facts, value));
  const says = [...words, ...(words.length === 0 || known === undefined ? valueWords : [])];
  return {
    shown: known ?? brief(written),
    isPreference: !described.isSession && (words.some((word) => PREFERENCES.has(word)) || isSwitch(value)),
    isForScripts: words.some((word) => FOR_SCRIPTS.has(word)),
    isSession: described.isSession || saysSession(says, [...words, ...valueWords]),
  };
}

/** Whether words of a cookie's name say that it keeps who is signed in, and none of all that are known says otherwise. */
export function saysSession(says: readonly string[], all: readonly string[] = says): boolean {
  return says.some((word) => SESSIONS.has(word)) && !all.some((word) => NOT_SESSIONS.has(word));
}

/** What the cookie is given as its value. */
export function valueArgument(call: CallFact, { value }: CookieCall): ArgumentFact | undefined {
  return value && call.args.find(({ position, keyword }) => position === value.position || keyword === value.keyword);
}

function isSwitch(argument: ArgumentFact | undefined): boolean {
  const { constants } = argument?.value ?? { constants: [] };
  return (
    constants.length > 0 && constants.every((constant) => /^(?:true|false|yes|no|on|off|[01])$/i.test(`${constant}`))
  );
}

function constantText(argument: ArgumentFact | undefined): string | undefined {
  const constant = argument?.value.constants[0];
  return typeof constant === "string" ? constant : undefined;
}

function lastWords(facts: ModuleFacts, argument: ArgumentFact | undefined): string {
  return argument === undefined ? "" : (lastNameOf(facts.syntax, argument.node) ?? "");
}
