import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { both } from "../../rules/triggers.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { saysSecret } from "../secrets/secret-name.ts";
import { isSecretValue } from "../secrets/secret-value.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText, operands } from "../shared/literal.ts";
import { RECORDING, recordingCalls } from "../shared/log-calls.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { isPlainValue } from "../shared/plain-value.ts";
import { textBefore } from "../shared/text-before.ts";
import { textPieces } from "../shared/text-pieces.ts";

const Options = z.strictObject({
  /** What the name of a value says: `password`, `api key`. */
  names: z.array(z.string()).min(1),
  /** Names that say it only of a value that came with a request, from the environment, or from a maker of secrets. */
  "names-from-outside": z.array(z.string()).default([]),
  /** Where the value is written: to a log, or into the text of an exception that is raised. */
  into: z.enum(["log", "exception"]).default("log"),
});
type Options = z.infer<typeof Options>;

type Phrases = readonly (readonly string[])[];

/** Words that say that what is left of the value is no longer it, or that it is a fact about it. */
const HARMLESS = new Set(
  (
    "hash hashed masked redacted encrypted obfuscated anonymized anonymised sanitized truncated safe has is use using " +
    "should can need needs verify check validate max min num count len length total expired valid path paths file folder dir directory"
  ).split(" "),
);

/** Words before `token` that make it a place in a list or a stream: `since_token`. */
const POSITIONS = new Set(
  "since until from to now current next prev previous start end page paging pagination continuation cursor sync stream".split(
    " ",
  ),
);

function isPosition(words: readonly string[]): boolean {
  return words.at(-1) === "token" && POSITIONS.has(words.at(-2) ?? "");
}

/** `key_authorization`: what whoever asks for a certificate publishes (RFC 8555, 8.1). */
function isPublished(words: readonly string[]): boolean {
  return words.some((word, place) => word === "key" && words[place + 1] === "authorization");
}

/** What a function that hands out such a value begins with. */
const MAKERS = new Set(
  "get getpass generate create make fetch load read decrypt issue new build obtain random".split(" "),
);

/** Readers of one entry by its name. */
const READERS = new Set(["get", "getenv", "pop", "getlist", "get_header", "get_argument", "get_cookie", "getfirst"]);

/** Values that are written to a log under a name that says they should not be. */
export const loggedName: ModuleDetector = {
  kind: "module",
  name: "logged-name",
  triggers: (raw) => {
    const { names, "names-from-outside": fromOutside, into } = Options.parse(raw);
    const words = { words: [...[...names, ...fromOutside].map((phrase) => phrase.split(" ", 1)[0]), "getpass"] };
    return into === "log" ? both(RECORDING, words) : { nodes: [Kind.raise_statement], and: words };
  },
  prepare: (raw) => {
    const options = Options.parse(raw);
    const always = options.names.map((phrase) => phrase.split(" "));
    const fromOutside = options["names-from-outside"].map((phrase) => phrase.split(" "));
    return (facts) => detect(facts, options, always, fromOutside);
  },
};

function* detect(facts: ModuleFacts, { into }: Options, always: Phrases, fromOutside: Phrases): Generator<Detection> {
  for (const call of into === "log" ? recordingCalls(facts) : raisedTexts(facts)) {
    const name = loggedBy(facts, call, always, fromOutside);
    if (name !== undefined) yield { node: call.node, call, fields: { name, sink: call.name } };
  }
}

/** What makes an exception that is raised there and then, of a text that is put together: a value by itself is mostly what it is about. */
function raisedTexts(facts: ModuleFacts): readonly CallFact[] {
  const { syntax } = facts;
  return [...nodesOfKind(syntax, Kind.raise_statement)].flatMap((node) => {
    const call = factIndex(facts).callAt.get(firstNamedChild(syntax, node));
    const [text] = call?.args ?? [];
    return call === undefined || text === undefined || !PUT_TOGETHER.has(syntax.kind[text.node]) ? [] : [call];
  });
}

const PUT_TOGETHER: ReadonlySet<number> = new Set([
  Kind.string,
  Kind.concatenated_string,
  Kind.binary_operator,
  Kind.call,
  Kind.parenthesized_expression,
]);

/** The first part of the logged text with such a name; a name is asked before what was assigned to it. */
function loggedBy(facts: ModuleFacts, call: CallFact, always: Phrases, fromOutside: Phrases): string | undefined {
  let found: string | undefined;
  const [template, ...values] = call.args;
  const numbers = numberPlaces(template === undefined ? undefined : literalText(facts.syntax, template.node));
  if (template !== undefined) textPieces(facts, template.node, isSettled);
  for (const [place, { node }] of values.entries()) if (!numbers.has(place)) textPieces(facts, node, isSettled);
  return found;

  function isSettled(piece: number): boolean {
    if (found !== undefined) return true;
    found = entryNamedSo(facts, piece, always);
    if (found !== undefined) return true;
    const name = nameOf(facts.syntax, piece);
    if (name === undefined) return false;
    const words = nameWords(name);
    const isGiven = saysSecret(name, fromOutside) && (isFromOutside(facts, piece) || isHeader(facts, piece));
    const isNamed = saysSecret(name, always) || isGiven;
    if (words.some((word) => HARMLESS.has(word)) || isPosition(words) || isPublished(words)) return true;
    if (
      isNamed &&
      isText(facts, piece, name) &&
      !isRecord(facts, piece) &&
      !isPlace(facts, piece) &&
      !isMasked(facts, piece)
    )
      found = textOf(facts.syntax, piece);
    return isNamed;
  }
}

/** Words of a name that stands for the place or the kind of a secret. */
const ABOUT = new Set([
  "name",
  "names",
  "id",
  "ids",
  "ref",
  "arn",
  "version",
  "type",
  "kind",
  "hint",
  "policy",
  "field",
]);

/** `{"password": text}`: the value of an entry whose key says what it is, whatever the value is called itself. */
function entryNamedSo(facts: ModuleFacts, node: number, always: Phrases): string | undefined {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.dictionary) return undefined;
  const value = operands(syntax, node)
    .filter((pair) => syntax.kind[pair] === Kind.pair)
    .find((pair) => {
      const key = literalText(syntax, childByField(syntax, pair, Field.key));
      const given = childByField(syntax, pair, Field.value);
      const words = nameWords(lastNameOf(syntax, given) ?? "");
      if (key === undefined || !IS_NAMED.has(syntax.kind[given]) || !saysSecret(key, always)) return false;
      return isText(facts, given, key) && !words.some((word) => HARMLESS.has(word) || ABOUT.has(word));
    });
  return value === undefined ? undefined : textOf(syntax, childByField(syntax, value, Field.value));
}

/** What is written as it is; a call may have masked it. */
const IS_NAMED: ReadonlySet<number> = new Set([Kind.identifier, Kind.attribute, Kind.subscript]);

/** The places of a message that take numbers: `up to %d`. */
function numberPlaces(message = ""): ReadonlySet<number> {
  const places = [...message.matchAll(/%[-#0 +]*\d*(?:\.\d+)?([a-zA-Z])/g)];
  return new Set(places.flatMap(([, conversion = ""], place) => ("dioxX".includes(conversion) ? [place] : [])));
}

/** Flags and numbers say nothing of the value that they are named after, nor does a constant that is its name: `CONF_PASSWORD = "password"`. */
function isText(facts: ModuleFacts, piece: number, name: string): boolean {
  const value = facts.value(piece);
  if (value === undefined) return false;
  const { constants } = value;
  const isOpen = (constant: unknown) => typeof constant === "string" && isSecretValue(constant, name);
  return !isPlainValue(value) && (constants.length === 0 || constants.some(isOpen));
}

/** Whether the function opens a file of that path, or looks something up under it: `open(key)`, `secrets.get(secret)`. */
function isPlace(facts: ModuleFacts, piece: number): boolean {
  const text = textOf(facts.syntax, piece);
  return factIndex(facts)
    .callsIn(facts.scopeOf(piece))
    .some(
      ({ name, callee, args: [first] }) =>
        first !== undefined &&
        (callee.includes("open") ||
          callee.includes("pathlib.Path") ||
          /secrets?\w*\.get$|^os\.(?:getenv|environ\.get)$/i.test(name)) &&
        textOf(facts.syntax, first.node) === text,
    );
}

/** Assignments of a name that are looked at. */
const MAX_GIVEN = 8;

/** `shown = f"{key[:4]}****{key[-4:]}"`: whether all that the name was given has stars or dots in the place of the value. */
function isMasked(facts: ModuleFacts, piece: number): boolean {
  const { syntax } = facts;
  if (syntax.kind[piece] !== Kind.identifier) return false;
  const given = factIndex(facts).assignmentsTo(facts.scopeOf(piece), textOf(syntax, piece));
  return (
    given.length > 0 &&
    given.length <= MAX_GIVEN &&
    given.every(({ value }) => /["'}](?:\*{2,}|•+|…|\.{3})|"\*"/.test(textOf(syntax, value)))
  );
}

/** Attributes of texts, bytes and mappings, which hold what they are called. */
const OF_DATA =
  /^(?:capitalize|casefold|center|copy|count|decode|encode|endswith|find|format|get|hex|index|is[a-z]+|items|join|keys|[lr]?just|lower|l?strip|rstrip|partition|pop|removeprefix|removesuffix|replace|r?find|r?index|rpartition|r?split|splitlines|startswith|swapcase|title|translate|update|upper|values|zfill)$/;

/** Whether the function asks the name for attributes of its own: it is an object, and its class says how it reads. */
function isRecord(facts: ModuleFacts, piece: number): boolean {
  const { syntax } = facts;
  if (syntax.kind[piece] !== Kind.identifier) return false;
  const scope = facts.scopeOf(piece);
  return (
    attributesByObject(facts)
      .get(textOf(syntax, piece))
      ?.some(
        (node) =>
          !OF_DATA.test(textOf(syntax, childByField(syntax, node, Field.attribute))) && facts.scopeOf(node) === scope,
      ) === true
  );
}

const attributesByObject: (facts: ModuleFacts) => ReadonlyMap<string, readonly number[]> = oncePer(({ syntax }) =>
  Map.groupBy(nodesOfKind(syntax, Kind.attribute), (node) => textOf(syntax, childByField(syntax, node, Field.object))),
);

function nameOf(syntax: SyntaxArrays, piece: number): string | undefined {
  if (syntax.kind[piece] === Kind.string) return undefined;
  if (syntax.kind[piece] !== Kind.call) return lastNameOf(syntax, piece);
  const callee = childByField(syntax, piece, Field.function);
  const name = lastNameOf(syntax, callee);
  if (name === undefined) return undefined;
  if (READERS.has(name)) {
    const [first] = argumentNodes(syntax, piece);
    return first === undefined ? undefined : literalText(syntax, first);
  }
  if (name === "getpass") return "password";
  const words = nameWords(name);
  // What is in a token that was read is who sent it and until when.
  if (words[0] === "decrypt" && words.at(-1) === "token") return undefined;
  return MAKERS.has(words[0] ?? "") ? name : undefined;
}

function argumentNodes(syntax: SyntaxArrays, call: number): readonly number[] {
  const list = childByField(syntax, call, Field.arguments);
  const found: number[] = [];
  for (let at = list + 1; list !== NONE && at < syntax.next[list]; at = syntax.next[at]) {
    if (syntax.kind[at] === Kind.string || syntax.kind[at] === Kind.identifier) found.push(at);
  }
  return found;
}

const OUTSIDE = new Set(["remote", "env", "secret", "password", "file", "argv", "api"]);

function isFromOutside(facts: ModuleFacts, piece: number): boolean {
  const value = facts.value(piece);
  if (value?.labels.some((label) => OUTSIDE.has(label))) return true;
  if (value?.paths.some((path) => /^(?:secrets\.token_\w+|jwt\.encode|itsdangerous\.)/.test(path))) return true;
  const { syntax } = facts;
  if (syntax.kind[piece] === Kind.attribute) {
    const owner = lastNameOf(syntax, childByField(syntax, piece, Field.object)) ?? "";
    return nameWords(owner).some((word) => OWNERS.has(word));
  }
  const name = textOf(syntax, piece);
  return factIndex(facts)
    .assignmentsTo(facts.scopeOf(piece), name)
    .slice(0, MAX_GIVEN)
    .some(({ value }) => /token|jwt|oauth|secret/i.test(withoutReads(textOf(syntax, value).slice(0, MAX_READ), name)));
}

/** Characters of an expression that is looked through for where a value comes from. */
const MAX_READ = 200;

/** An expression without reads of what has the same name in something: `part.token`, `part.get("token")`; `user.token` stays. */
function withoutReads(text: string, name: string): string {
  return text.replaceAll(/(\w{0,20})((?:\.|["'])(\w+)["']?(?![\w(]))/g, (read, owner: string, _, of: string) =>
    of === name && !nameWords(owner).some((word) => OWNERS.has(word)) ? owner : read,
  );
}

/** `f"Authorization: Bearer {token}"`. */
function isHeader(facts: ModuleFacts, piece: number): boolean {
  return /\b(?:Bearer|Basic|Authorization:)\s*$/.test(textBefore(facts, piece));
}

const OWNERS = new Set("user account session auth client credentials config settings response login member".split(" "));
