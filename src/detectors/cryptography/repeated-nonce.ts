import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { findArgument } from "../../rules/value-test.ts";
import type { AssignmentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

const AEAD = "cryptography.hazmat.primitives.ciphers.aead";
const CIPHERS = ["Crypto.Cipher", "Cryptodome.Cipher"];

/** Modes of a cipher, which encrypts or decrypts by a call of its own. */
const MODES = ["CBC", "CTR", "GCM", "OFB", "CFB"].map((name) => `cryptography.hazmat.primitives.ciphers.modes.${name}`);

/** Calls that encrypt, by where the nonce or IV stands. */
const SEALERS: readonly { readonly callee: readonly string[]; readonly position?: number; readonly keyword: string }[] =
  [
    {
      callee: ["AESGCM", "AESCCM", "AESOCB3", "AESGCMSIV", "ChaCha20Poly1305"].map(
        (name) => `${AEAD}.${name}().encrypt`,
      ),
      position: 0,
      keyword: "nonce",
    },
    {
      callee: CIPHERS.flatMap((library) => [`${library}.ChaCha20.new`, `${library}.ChaCha20_Poly1305.new`]),
      keyword: "nonce",
    },
    { callee: CIPHERS.map((library) => `${library}.AES.new`), keyword: "nonce" },
    { callee: CIPHERS.map((library) => `${library}.AES.new`), position: 2, keyword: "iv" },
    { callee: MODES, position: 0, keyword: "initialization_vector" },
    { callee: MODES, position: 0, keyword: "nonce" },
    {
      callee: ["nacl.secret.SecretBox().encrypt", "nacl.secret.Aead().encrypt", "nacl.public.Box().encrypt"],
      position: 1,
      keyword: "nonce",
    },
  ];

const CALLEES = [...new Set(SEALERS.flatMap(({ callee }) => callee))];

/** What gives a nonce that is another one each time it is asked. */
const FRESH =
  /^(?:os\.urandom|secrets\.token_bytes|(?:Crypto|Cryptodome)\.Random\.get_random_bytes|nacl\.utils\.random)$/;

const LOOPS = [
  Kind.for_statement,
  Kind.while_statement,
  Kind.list_comprehension,
  Kind.set_comprehension,
  Kind.dictionary_comprehension,
  Kind.generator_expression,
];

/** Nonces that were random when they were made, and are used for one message after the other; IVs that are a part of the key. */
export const repeatedNonce: ModuleDetector = {
  kind: "module",
  name: "repeated-nonce",
  triggers: { calls: CALLEES },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    for (const { callee, position, keyword } of SEALERS) {
      if (!call.callee.some((path) => callee.includes(path))) continue;
      const nonce = findArgument(call, { keyword, ...(position === undefined ? {} : { position }) });
      if (callee === MODES && !encrypts(facts, call)) continue;
      if (
        nonce === undefined ||
        !(isPartOfKey(facts, call, nonce.node) || isMadeOnce(facts, nonce.node) || isFixed(facts, nonce.node))
      )
        continue;
      yield { node: call.node, fields: { callee: call.name } };
      break;
    }
  }
}

function encrypts(facts: ModuleFacts, { node }: CallFact): boolean {
  const scope = facts.scopeOf(node);
  return factIndex(facts)
    .callsIn(scope)
    .some(({ name }) => name.endsWith(".encryptor"));
}

/** `AES.new(key, AES.MODE_CBC, key[:16])`, `Cipher(AES(key), CBC(key[:16]))`, also where the part has a name. */
function isPartOfKey(facts: ModuleFacts, call: CallFact, nonce: number): boolean {
  const { syntax } = facts;
  const key = keyBeside(facts, call);
  if (key === NONE || key === nonce) return false;
  const given = syntax.kind[nonce] === Kind.identifier ? onlyValue(facts, nonce) : nonce;
  const name = textOf(syntax, key);
  if (given === NONE || !/^[\w.]+$/.test(name)) return false;
  return syntax.kind[given] === Kind.subscript && textOf(syntax, given).startsWith(`${name}[`);
}

/** The key of a cipher that is made by one call, or by a mode beside an algorithm. */
function keyBeside(facts: ModuleFacts, call: CallFact): number {
  const { callAt } = factIndex(facts);
  const { syntax } = facts;
  const isMode = call.callee.some((path) => MODES.includes(path));
  const around = isMode ? callAt.get(ancestorOfKind(syntax, call.node, Kind.call)) : undefined;
  const algorithm = around?.args[0] === undefined ? undefined : callAt.get(around.args[0].node);
  const [key] = (isMode ? algorithm : call)?.args ?? [];
  return key?.position === 0 ? key.node : NONE;
}

/** What a name was given, where that is one value; NONE for a parameter and for several. */
function onlyValue(facts: ModuleFacts, name: number): number {
  const [only, ...others] = factIndex(facts).assignmentsTo(facts.scopeOf(name), textOf(facts.syntax, name));
  return only === undefined || others.length > 0 ? NONE : only.value;
}

function isMadeOnce(facts: ModuleFacts, nonce: number): boolean {
  const { syntax } = facts;
  const name = textOf(syntax, nonce);
  const scope = facts.scopeOf(nonce);
  if (scope === "") return false;
  if (syntax.kind[nonce] === Kind.attribute) {
    const [owner, method] = [scope.replace(/\.?\w+$/, ""), scope.split(".").at(-1)];
    const made = facts.assignments.filter((fact) => fact.name === name);
    const isKept = made.every((fact) => facts.scopeOf(fact.node) === `${owner}.__init__`);
    return name.startsWith("self.") && method !== "__init__" && made.length > 0 && isKept && made.every(isFresh(facts));
  }
  if (syntax.kind[nonce] !== Kind.identifier) return false;
  const { assignmentsTo } = factIndex(facts);
  const own = assignmentsTo(scope, name);
  if (own.length > 0) return own.every(isFresh(facts)) && isUsedInLoop(facts, nonce, own);
  const shared = assignmentsTo("", name);
  return shared.length === 1 && shared.every(isFresh(facts)) && !isParameter(facts, nonce, name);
}

function isFresh(facts: ModuleFacts): (fact: AssignmentFact) => boolean {
  const { callAt } = factIndex(facts);
  return ({ value }) => callAt.get(value)?.callee.some((path) => FRESH.test(path)) === true;
}

/** The loop goes round the use, and none of what sets the nonce stands in it. */
function isUsedInLoop({ syntax }: ModuleFacts, nonce: number, made: readonly AssignmentFact[]): boolean {
  const loop = ancestorOfKind(syntax, nonce, ...LOOPS, Kind.function_definition);
  if (loop === NONE || syntax.kind[loop] === Kind.function_definition) return false;
  return made.every(({ node }) => node < loop || node >= syntax.next[loop]);
}

function isParameter(facts: ModuleFacts, nonce: number, name: string): boolean {
  const scope = facts.scopeOf(nonce);
  return factIndex(facts)
    .definedAs(scope)
    .some(({ parameters }) => parameters.some((one) => one.name === name));
}

/** Zeros (`bytes(12)`, `bytes(SecretBox.NONCE_SIZE)`), and a part of the digest of a constant or of the key: the same each time. */
function isFixed(facts: ModuleFacts, expression: number): boolean {
  const { syntax } = facts;
  const { callAt } = factIndex(facts);
  let node = expression;
  if (syntax.kind[node] === Kind.identifier) {
    node = onlyValue(facts, node);
    if (node === NONE) return false;
  }
  while (syntax.kind[node] === Kind.subscript) node = childByField(syntax, node, Field.value);
  const call = callAt.get(node);
  if (call === undefined) return false;
  const [first, ...more] = call.args;
  if (/^(?:bytes|bytearray)$/.test(call.name))
    return first !== undefined && more.length === 0 && isSize(facts, first.node, first.value.constants);
  const hashed = /\.(?:digest|hexdigest)$/.test(call.name) && call.args.length === 0;
  const made = hashed
    ? callAt.get(childByField(syntax, childByField(syntax, node, Field.function), Field.object))
    : undefined;
  const isOfConstant =
    made?.args.length === 1 &&
    made.args.every(({ node, value }) => value.constancy === "constant" || isKey(facts, node));
  return isOfConstant && made.callee.some((path) => path.startsWith("hashlib."));
}

/** `key`, `self.secret.encode()`: the same for all that is encrypted with it. */
function isKey({ syntax }: ModuleFacts, node: number): boolean {
  return /^(?:self\.)?_*(?:\w+_)?(?:key|secret|password|passphrase)(?:\.encode\([^()]*\))?$/.test(textOf(syntax, node));
}

/** A number, or one that a class of a library has under a name of its own. */
function isSize({ syntax }: ModuleFacts, node: number, constants: readonly unknown[]): boolean {
  const isNumber = constants.length > 0 && constants.every((one) => typeof one === "number");
  return isNumber || /\.(?:NONCE_SIZE|block_size|BLOCK_SIZE)$/.test(textOf(syntax, node));
}
