import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { carry } from "../values/carry.ts";
import { handedOver } from "../values/name-labels.ts";
import { DYNAMIC, type Value, withCleared } from "../values/value.ts";
import { asFound, FOUND_VALUE, findsByKey, isFound } from "./found.ts";

/** Names that ask a question: what they answer holds nothing of what they were asked about. */
export function isQuestion(name: string): boolean {
  return /^(?:_*(?:is|has|can|should|check|validate|verify|exists|contains|assert)(?:_|[A-Z]|$)|len$|index$|count$|find$|startswith$|endswith$|exists$|isfile$|isdir$|isinstance$)/.test(
    name,
  );
}

/** What a call gives of which nothing is known but its name: what went in, unless it asks a question, or what it found by that. */
export function answerUnknown(machine: Machine, name: string, given: readonly Value[]): Value {
  if (isQuestion(name)) return DYNAMIC;
  const from = answered(machine, name, given);
  return carry(finds(name, from) ? FOUND_VALUE : DYNAMIC, from);
}

/** Whether an unknown function gives something that was found by what it is given, or that had been found before. */
export function finds(name: string, given: readonly Value[]): boolean {
  const labelled = given.filter(({ labels }) => labels !== 0);
  return labelled.length > 0 && (findsByKey(name) || labelled.every(isFound));
}

/** Names of functions that give back the text that they are given. */
const TEXTUAL =
  /^_*(?:arg|cast|clean|convert|decode|encode|escape|format|lower|norm|param|parse|sanit|str|to_|trim|unquote|upper)/i;

/**
 * What a function that nothing is known of answers to what it was given: what it found by it, as likely as not. That is what the server
 * knows, and a session is there to keep it.
 */
export function answered(machine: Machine, name: string, given: readonly Value[]): Value[] {
  const mask = TEXTUAL.test(name) ? 0 : machine.models.kindMask(["session", ...madeAnew(name)]);
  // `names.get(key, other)` gives what is there under the key, or the other.
  const kept = name === "get" ? given.slice(1) : given;
  return kept.map((value) => rendered(machine, name, withCleared(value, mask)));
}

/** Names of functions that put the text of a page together, and of those that put an address together. */
const WORDS =
  /html|markdown|markup|page|text|string|message|msg|wrap|concat|join|titl|label|content|body|decorat|display|greet|highlight|linkif|replace|shorten|strip|translat|truncat/i;
const ADDRESS = /ur[il]|link|href|address|next|target|redirect|location|path|host|join|page/i;
/** Names of functions that give the address at which a provider signs somebody in (RFC 6749, 3.1): what they are told becomes its query. */
const OF_PROVIDER = /(?:^|_)(?:auth|authori[sz](?:e|ation))_(?:request_)?ur[il]$/i;
/** Names of what keeps what it is made of: classes, and functions that make a form. */
const KEEPS = /^_*[A-Z]|form|schema|serializer/;

/**
 * Kinds that the answer of an unknown function is none of: where its name says neither that it puts text or an address together nor that it
 * keeps what it is given, it may give back anything, and a page or an address of the sender's is the least of it.
 */
function madeAnew(name: string): readonly string[] {
  if (KEEPS.test(name)) return [];
  const isAddress = ADDRESS.test(name) && !OF_PROVIDER.test(name);
  return [...(isAddress || WORDS.test(name) ? [] : ["html", "csv"]), ...(isAddress ? [] : ["redirect"])];
}

/** Names of functions that make a page of a template, which escapes what it is filled with. */
const RENDERS = /(?:^|_)render(?:ed)?(?:_|[A-Z]|$)|^as_(?:html|table|p|ul|div)$/;
/** Names of functions that make the address of a page of the application. */
const ADDRESSES = /^_*url_?for$/i;

/** Names of functions that make a file: where, they choose themselves. */
const MAKES =
  /^_*(?:do_)?(?:archive|backup|compress|convert|download|dump|export|generate|package|unpack|unzip|zip)(?:_|[A-Z])/;
/** Names of functions that put together what a file is called. */
const NAMES = /path|name|dir|folder|key|url|uri|link/i;

/** What an unknown function of that name gives back of a value. */
export function rendered({ models }: Machine, name: string, value: Value): Value {
  if (value.labels === 0) return value;
  const mask = models.cleanedByName(name) | models.kindMask(kindsByName(name));
  return withCleared(value, mask);
}

function kindsByName(name: string): readonly string[] {
  if (MAKES.test(name) && !NAMES.test(name)) return ["path"];
  if (RENDERS.test(name)) return ["html"];
  return ADDRESSES.test(name) ? ["redirect", "ssrf", "url", "html"] : [];
}

/**
 * What a method that nothing is known of may give of its object. One that the class of an object does not have is a base's, which does
 * not know what the class keeps there; nor does a form whose class is not known answer with what it was filled with.
 */
export function ofReceiver(machine: Machine, receiver: Value): Value {
  const isOwn = receiver.refs.length > 0 && receiver.refs.every((ref) => machine.shape(ref)?.kind === "object");
  return isOwn ? receiver : handedOver(machine, asFound(receiver));
}

/** Options of `dict` and `model_dump`, which nothing but a schema of pydantic has. */
const OF_A_SCHEMA = ["exclude", "include", "exclude_unset", "exclude_none", "exclude_defaults", "by_alias"];

/** `record.dict(exclude_unset=True)`: whichever schema it is of, it has the fields that the schema declares, and no other. */
export function withDeclaredFields(machine: Machine, { name, args }: Call, value: Value): Value {
  const isDumped = name === "dict" && OF_A_SCHEMA.some((option) => args.keywords.has(option));
  return isDumped ? withCleared(value, machine.models.kindMask(["mass-assign", "lookup"])) : value;
}
