import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { textPieces } from "../shared/text-pieces.ts";

/** What a framework takes from the header `Host` as it is: Flask and Quart, Starlette, Bottle, Sanic, aiohttp, WebOb. */
const REQUEST_HOST = String.raw`req(?:uest)?\.(?:host_url|url_root|base_url|host|application_url|(?:headers|META|environ)(?:\.get\(|\[)\s*["'](?:HTTP_)?HOST["'])`;
const HOST = new RegExp(String.raw`(?:^|\.)${REQUEST_HOST}(?:(?<=["']).*)?$`, "i");

/** What settles under which names a program answers. */
const SETTLED =
  /\b(?:SERVER_NAME|TRUSTED_HOSTS|ALLOWED_HOSTS|TrustedHostMiddleware|trusted_hosts|allowed_hosts|host_matching)\b/;

/** Words of what lets whoever has it act for somebody. */
const TOKEN: ReadonlySet<string> = new Set(["token", "otp", "nonce"]);
const PURPOSES: ReadonlySet<string> = new Set(
  "reset verification verify activation confirmation confirm invite invitation magic login recovery unsubscribe".split(
    " ",
  ),
);
const PROOFS: ReadonlySet<string> = new Set(["code", "key", "hash", "signature", "id"]);

/** Addresses with a token in them, at the host that the request names. */
export const hostLink: ModuleDetector = {
  kind: "module",
  name: "host-link",
  // A request is named in fewer files than a host, and its name is looked up without the text.
  triggers: {
    words: ["request", "req"],
    and: { texts: [REQUEST_HOST] },
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  if (SETTLED.test(facts.text)) return;
  const reported = new Set<number>();
  for (const node of nodesOfKinds(syntax, [Kind.string, Kind.binary_operator, Kind.call])) {
    const pieces = textPieces(facts, node, (piece) => isListed(facts, piece));
    if (pieces.length < 2) continue;
    const host = pieces.find((piece) => isHost(facts, piece));
    if (host === undefined || reported.has(host) || !pieces.some((piece) => isToken(facts, piece))) continue;
    reported.add(host);
    yield { node, fields: { host: textOf(syntax, host) } };
  }
}

function isHost({ syntax }: ModuleFacts, node: number): boolean {
  return HOST.test(textOf(syntax, node));
}

/** What was found in a list of the program's own. */
function isListed(facts: ModuleFacts, node: number): boolean {
  return facts.value(node)?.cleared.includes("sql") === true;
}

/** `token`, `user.reset_token`, `make_token(user)`, `serializer.dumps(email)`. */
function isToken({ syntax }: ModuleFacts, node: number): boolean {
  const named = syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.function) : node;
  const name = lastNameOf(syntax, named) ?? "";
  if (named !== node && name === "dumps") return true;
  const words = nameWords(name);
  return (
    words.some((word) => TOKEN.has(word)) ||
    (words.some((word) => PURPOSES.has(word)) && PROOFS.has(words.at(-1) ?? ""))
  );
}
