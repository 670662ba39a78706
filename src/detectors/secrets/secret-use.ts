import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { callsOf } from "../shared/callers-of.ts";
import { factIndex } from "../shared/fact-index.ts";
import { containsPhrase, indexOfPhrase, nameWords } from "../shared/name-words.ts";
import { lastNameOf, namedValues } from "../shared/named-values.ts";

const PICKS_ONE = /\.choice$/;

const PHRASES = [
  "token",
  "password",
  "passwd",
  "pwd",
  "passphrase",
  "passcode",
  "secret",
  "otp",
  "totp",
  "nonce",
  "salt",
  "iv",
  "initialization vector",
  "sid",
  "session id",
  "session key",
  "sessionid",
  "api key",
  "apikey",
  "csrf",
  "csrftoken",
  "reset code",
  "one time code",
  "sms code",
  "email code",
  "pairing code",
  "verification code",
  "verify code",
  "activation code",
  "activation key",
  "confirmation code",
  "auth code",
  "access code",
  "login code",
  "invite code",
  "invitation code",
  "recovery code",
  "backup code",
  "recovery codes",
  "backup codes",
  "security code",
  "share code",
  "upload key",
  "download key",
  "stream key",
  "coupon code",
  "voucher code",
  "license key",
  "secret key",
  "access key",
  "encryption key",
  "private key",
  "signing key",
].map((phrase) => phrase.split(" "));

/** Words after the phrase that keep its meaning; any other (`token_index`, `password_length`) names something else, unless it says for whom. */
const KEEP_MEANING = new Set([
  "value",
  "string",
  "str",
  "hex",
  "bytes",
  "code",
  "key",
  "digits",
  "number",
  "new",
  "raw",
  "plain",
  "id",
]);

const MAKES = new Set(["generate", "gen", "create", "make", "new", "random", "build", "get", "issue"]);

/** Functions that are named after a secret, and look at one rather than make it: `check_token`. */
const LOOKS_AT = new Set(
  "check verify validate is has mask masked count sample test parse load read find hash use".split(" "),
);

/** Calls that change the form of what they are given, not what it is. */
const FORMS =
  /(?:^|\.)(?:str|int|hex|bytes|bytearray|chr|oct|bin|list|tuple|map|round|abs|floor|format|join|encode|decode|hexdigest|digest|md5|sha1|sha224|sha256|sha384|sha512|b64encode|urlsafe_b64encode|b32encode|hexlify|upper|lower|zfill|rjust|ljust|strip|rstrip|replace|to_bytes|UUID|update|append|extend|timestamp|isoformat|strftime)$/;

const LANGUAGE_MODELS =
  /^(?:torch|tensorflow|transformers|jax|flax|keras|nltk|spacy|sklearn|datasets|tokenizers)(?:\.|$)/;

/** Where a random value ends up under a name that says secret. */
export interface SecretUse {
  readonly name: string;
  readonly statement: number;
}

/**
 * Where a call's result ends up, walking outwards through whatever only changes its form; `isForCallers` also where whoever calls the
 * function that gives it back puts it.
 */
export function secretUse(facts: ModuleFacts, call: CallFact, isForCallers = false): SecretUse | undefined {
  const { syntax } = facts;
  const picksOne =
    call.callee.some((path) => PICKS_ONE.test(path)) && !isOfCharacters(call.args[0]?.value) && !picksSeveral(call);
  let isRepeated = false;
  let child = call.node;
  for (let at = syntax.parent[child]; at !== 0; child = at, at = syntax.parent[at]) {
    const named = (target: number): SecretUse | undefined => {
      const name = target === NONE ? undefined : lastNameOf(syntax, target);
      if (name === undefined || (picksOne && !isRepeated)) return undefined;
      return saysSecret(facts, name) ? { name, statement: statementOf(facts, at) } : undefined;
    };
    switch (syntax.kind[at]) {
      case Kind.list_comprehension:
      case Kind.generator_expression:
        isRepeated = true;
        break;
      case Kind.keyword_argument:
        return named(childByField(syntax, at, Field.name));
      case Kind.pair:
        return child === childByField(syntax, at, Field.value) ? named(childByField(syntax, at, Field.key)) : undefined;
      case Kind.augmented_assignment:
        isRepeated = true;
        return named(childByField(syntax, at, Field.left)) ?? makerUse(facts, at);
      case Kind.assignment: {
        const target = childByField(syntax, at, Field.left);
        return (
          named(target) ??
          (syntax.kind[target] === Kind.identifier && (!picksOne || isRepeated)
            ? (handedOnUse(facts, at, target) ?? makerUse(facts, at))
            : undefined)
        );
      }
      case Kind.return_statement:
        if (picksOne && !isRepeated) return undefined;
        return makerUse(facts, at) ?? (isForCallers ? handedBackUse(facts, facts.scopeOf(at)) : undefined);
      case Kind.call:
        if (!passesOn(facts, at, child)) return undefined;
        break;
      case Kind.expression_statement:
        return collectedUse(facts, at, child);
      case Kind.subscript:
        if (
          child !== childByField(syntax, at, Field.value) &&
          !isOfCharacters(facts.value(childByField(syntax, at, Field.value)))
        )
          return undefined;
        break;
      case Kind.comparison_operator:
      case Kind.if_statement:
      case Kind.while_statement:
      case Kind.for_statement:
      case Kind.block:
      case Kind.lambda:
        return undefined;
    }
  }
  return undefined;
}

/** `code = …` and then `user.reset_code = code`: the variable is handed on under a name that says secret. */
function handedOnUse(facts: ModuleFacts, statement: number, target: number): SecretUse | undefined {
  const { syntax } = facts;
  const variable = textOf(syntax, target);
  const scope = facts.scopeOf(statement);
  const named = namedValues(syntax).find(
    ({ how, lastName, value }) =>
      how !== "compared" &&
      value > statement &&
      syntax.kind[value] === Kind.identifier &&
      textOf(syntax, value) === variable &&
      facts.scopeOf(value) === scope &&
      saysSecret(facts, lastName),
  );
  return named && { name: named.lastName, statement: statementOf(facts, target) };
}

/** `{"token": code(12)}`, of a function that gives back what it made: whoever calls it names it. */
function handedBackUse(facts: ModuleFacts, scope: string): SecretUse | undefined {
  const known = usesByMaker(facts);
  if (!known.has(scope)) {
    const uses = callsOf(facts, scope).map((call) => secretUse(facts, call));
    known.set(
      scope,
      uses.find((use) => use !== undefined),
    );
  }
  return known.get(scope);
}

/** By the scopes of functions, each looked at when it is first asked for. */
const usesByMaker = oncePer((_: ModuleFacts) => new Map<string, SecretUse | undefined>());

/** `parts.append(random.choice(…))`: the list is named as a secret, joined into one, or what a function gives that makes one. */
function collectedUse(facts: ModuleFacts, statement: number, call: number): SecretUse | undefined {
  const { syntax } = facts;
  const [, list] = /^([\w.]+)\.(?:append|extend|add)$/.exec(calleeText(syntax, call)) ?? [];
  if (list === undefined) return undefined;
  const scope = facts.scopeOf(statement);
  const joins = new RegExp(`\\.join\\(\\s*${list.replaceAll(".", "\\.")}\\b`);
  const joined = factIndex(facts)
    .assignmentsIn(scope)
    .find(({ value }) => joins.test(textOf(syntax, value)));
  const name = [list.split(".").at(-1) ?? "", joined?.name.split(".").at(-1) ?? ""].find((one) =>
    saysSecret(facts, one),
  );
  return name === undefined ? makerUse(facts, statement) : { name, statement };
}

function calleeText(syntax: ModuleFacts["syntax"], call: number): string {
  const callee = syntax.kind[call] === Kind.call ? childByField(syntax, call, Field.function) : NONE;
  return callee === NONE ? "" : textOf(syntax, callee).replace(/\s+/g, "");
}

/** `numpy.random.choice(letters, 32)`. */
function picksSeveral({ callee, args }: CallFact): boolean {
  const hasSize = args.some(({ position, keyword }) => position === 1 || keyword === "size");
  return hasSize && callee.some((path) => path.startsWith("numpy."));
}

/** `"abc…"` or `string.digits` to pick from: one of them is a character of something longer. */
function isOfCharacters(population: ValueFact | undefined): boolean {
  if (population === undefined) return false;
  return (
    population.constants.some((constant) => typeof constant === "string") ||
    population.paths.some((path) => path.startsWith("string."))
  );
}

/** A function that is named as making a secret, `generate_otp`. */
function makerUse(facts: ModuleFacts, statement: number): SecretUse | undefined {
  const name = facts.scopeOf(statement).split(".").at(-1) ?? "";
  const words = nameWords(name);
  const makes = words.some((word) => MAKES.has(word)) || !words.some((word) => LOOKS_AT.has(word));
  return makes && saysSecret(facts, name) ? { name, statement } : undefined;
}

function saysSecret(facts: ModuleFacts, name: string): boolean {
  const words = nameWords(name.replace(/_?\d+$/, ""));
  return PHRASES.some((phrase) => containsPhrase(words, phrase) && isNamedAs(facts, words, phrase));
}

/** Nothing that follows the phrase says that it is something about a secret: its length, its index. */
function isNamedAs(facts: ModuleFacts, words: readonly string[], phrase: readonly string[]): boolean {
  const rest = words.slice(indexOfPhrase(words, phrase) + phrase.length);
  const whose = rest.findIndex((word) => word === "for" || word === "of");
  const after = whose < 0 ? rest : rest.slice(0, whose);
  // The secret number of a game is there to be guessed.
  if (phrase.includes("secret") && after.includes("number")) return false;
  if (!after.every((word) => KEEP_MEANING.has(word))) return false;
  return !phrase.includes("token") || !facts.imports.some((fact) => LANGUAGE_MODELS.test(fact.module));
}

/** `child` is an argument of a call that only changes the form, or the callee's object: `random.choice(…).upper()`. */
function passesOn(facts: ModuleFacts, call: number, child: number): boolean {
  const { syntax } = facts;
  const callee = childByField(syntax, call, Field.function);
  return callee !== NONE && FORMS.test(textOf(syntax, callee).replace(/\s+/g, "").slice(-40)) && child !== NONE;
}

function statementOf(facts: ModuleFacts, node: number): number {
  const { syntax } = facts;
  let at = node;
  while (at !== 0 && syntax.kind[syntax.parent[at]] !== Kind.block && syntax.parent[at] !== 0) at = syntax.parent[at];
  return at;
}
