import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { isPasswordName } from "../secrets/password-name.ts";
import { brief } from "../shared/brief.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { namesAround } from "../shared/names-around.ts";
import { textPieces } from "../shared/text-pieces.ts";

/** Functions whose result anybody turns back. */
const ENCODERS: ReadonlySet<string> = new Set([
  "base64.b64encode",
  "base64.standard_b64encode",
  "base64.urlsafe_b64encode",
  "base64.b32encode",
  "base64.b16encode",
  "base64.b85encode",
  "base64.a85encode",
  "base64.encodebytes",
  "base64.encodestring",
  "binascii.hexlify",
  "binascii.b2a_base64",
  "binascii.b2a_hex",
  "codecs.encode",
  "zlib.compress",
]);

/** Words in the names around that say that the result is meant to hide the password, or is kept. */
const PROTECTS = new Set(
  "encrypt encrypted encryption crypt crypted hash hashed hashing protect protected secure secured obfuscate obfuscated hide hidden scramble scrambled encoded encode store stored save saved register".split(
    " ",
  ),
);

/** Protocols and services that want the password in this form. */
const ASKED_FOR = new Set(
  "auth authorization basic header headers smtp imap sasl login kubernetes k8s kube manifest docker registry ldap unicode proxy request soap xml url uri".split(
    " ",
  ),
);

/** Passwords that are only written in other letters where they are meant to be unreadable. */
export const encodedPassword: ModuleDetector = {
  kind: "module",
  name: "encoded-password",
  triggers: { calls: [...ENCODERS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const [argument] = call.args;
    if (argument === undefined || !call.callee.some((path) => ENCODERS.has(path))) continue;
    const pieces = textPieces(facts, argument.node, () => false);
    const [password] = pieces;
    if (password === undefined || !pieces.every((piece) => isPassword(facts, piece))) continue;
    if (!isMeantToHide(facts, call)) continue;
    yield { node: call.node, fields: { callee: call.name, password: brief(textOf(facts.syntax, password)) } };
  }
}

function isPassword(facts: ModuleFacts, piece: number): boolean {
  return isPasswordName(lastNameOf(facts.syntax, piece) ?? "");
}

function isMeantToHide(facts: ModuleFacts, call: CallFact): boolean {
  const { syntax } = facts;
  const words = namesAround(facts, call.node).flatMap(nameWords);
  if (words.some((word) => ASKED_FOR.has(word))) return false;
  if (words.some((word) => PROTECTS.has(word))) return true;
  const statement = ancestorOfKind(syntax, call.node, Kind.assignment, Kind.block);
  if (statement === NONE || syntax.kind[statement] !== Kind.assignment) return false;
  const target = childByField(syntax, statement, Field.left);
  return syntax.kind[target] === Kind.attribute && isPasswordName(lastNameOf(syntax, target) ?? "");
}
