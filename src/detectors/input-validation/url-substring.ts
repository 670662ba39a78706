import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { checkOutcome } from "../shared/check-outcome.ts";
import { literalText, operands, unwrap } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { isOutside } from "../shared/outside.ts";
import { isValidator } from "../shared/validator-name.ts";

const HOST = /^(?:[a-z0-9-]+\.)+[a-z]{2,24}$/i;
const SCHEME = /^[a-z][a-z0-9+]*:\/\//i;
/** Endings of file names that look like the end of a host name. */
const FILE =
  /\.(?:aspx?|avif|bin|bz2|c|cc|cfg|conf|cpp|css|csv|dat|db|dll|docx?|ear|egg|exe|gif|git|gz|h|html?|ico|ini|ipynb|jar|java|jpe?g|js|json|jsp|lock|log|map|md|mjs|mov|mp[34]|o|ogg|pdf|php|pl|png|pptx?|py[cdiox]?|rar|rb|rs|rst|sh|so|sqlite|sql|svg|swf|tar|tgz|toml|ts|txt|war|wasm|webm|webp|whl|woff2?|xlsx?|xml|xz|ya?ml|zip)$/i;
const ADDRESS_WORDS = new Set([
  "url",
  "uri",
  "link",
  "href",
  "host",
  "hostname",
  "netloc",
  "domain",
  "origin",
  "referer",
  "referrer",
  "next",
  "redirect",
  "target",
  "callback",
  "address",
  "endpoint",
]);

/** A host that is looked for anywhere in an address, where anyone can write it: in the path, in another host's name. */
export const urlSubstring: ModuleDetector = {
  kind: "module",
  name: "url-substring",
  triggers: { words: [...ADDRESS_WORDS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKinds(syntax, [Kind.comparison_operator, Kind.call])) {
    const found =
      syntax.kind[node] === Kind.comparison_operator
        ? contained(facts, node)
        : syntax.kind[node] === Kind.call
          ? (beginsOrEnds(facts, node) ?? matched(facts, node))
          : undefined;
    if (found === undefined || !isAddress(facts, found.subject) || !isCheck(facts, node, found.subject)) continue;
    yield { node, fields: { subject: brief(textOf(syntax, found.subject)), host: found.host, passes: found.passes } };
  }
}

interface Found {
  readonly subject: number;
  readonly host: string;
  /** An address of somebody else that passes. */
  readonly passes: string;
}

/** `"example.com" in url`. */
function contained({ syntax }: ModuleFacts, node: number): Found | undefined {
  const [left, right, more] = operands(syntax, node);
  const host = left === undefined ? undefined : hostIn(literalText(syntax, left));
  if (host === undefined || right === undefined || more !== undefined) return undefined;
  const operator = textOf(syntax, childByField(syntax, node, Field.operators));
  return !/^(?:not\s+)?in$/.test(operator) ? undefined : { subject: right, host, passes: `https://evil.test/?${host}` };
}

/** `url.startswith("https://example.com")`, `host.endswith("example.com")`. */
function beginsOrEnds({ syntax }: ModuleFacts, node: number): Found | undefined {
  const target = childByField(syntax, node, Field.function);
  if (target === NONE || syntax.kind[target] !== Kind.attribute) return undefined;
  const method = textOf(syntax, childByField(syntax, target, Field.attribute));
  if (method !== "startswith" && method !== "endswith") return undefined;
  const [argument] = operands(syntax, childByField(syntax, node, Field.arguments));
  const literals =
    argument === undefined ? [] : syntax.kind[argument] === Kind.tuple ? operands(syntax, argument) : [argument];
  for (const literal of literals) {
    const text = literalText(syntax, literal);
    const host = hostIn(text);
    const isBeginning = method === "startswith" && text !== undefined && SCHEME.test(text);
    if (host === undefined || isBeginning !== (method === "startswith")) continue;
    const subject = childByField(syntax, target, Field.object);
    return { subject, host: text ?? host, passes: isBeginning ? `${text}.evil.test` : `evil-${host}` };
  }
  return undefined;
}

/** A pattern of a whole host that ends behind it: `re.match(r"https://example\.com", url)`. */
const PATTERN = /^(?:\^|\\A)?https?\??:\/\/(?:\(\?:www\\?\.\)\?)?((?:[a-z0-9-]+\\?\.)+[a-z]{2,24})$/i;

function matched({ syntax }: ModuleFacts, node: number): Found | undefined {
  if (!/^re\.(?:match|search)$/.test(textOf(syntax, childByField(syntax, node, Field.function)))) return undefined;
  const [pattern, subject] = operands(syntax, childByField(syntax, node, Field.arguments));
  const [, written] = (pattern === undefined ? null : PATTERN.exec(literalText(syntax, pattern) ?? "")) ?? [];
  const host = hostIn(written?.replaceAll("\\.", "."));
  if (host === undefined || subject === undefined) return undefined;
  return { subject, host, passes: `https://${host}.evil.test` };
}

function hostIn(text: string | undefined): string | undefined {
  const host = text?.replace(SCHEME, "");
  return host !== undefined && HOST.test(host) && !FILE.test(host) ? host : undefined;
}

/** An expression that is named as an address; a mapping of the request is asked for a key, not for a part. */
function isAddress({ syntax }: ModuleFacts, subject: number): boolean {
  const whole = withoutDefault(syntax, subject);
  const named = syntax.kind[whole] === Kind.call ? innermost(syntax, whole) : whole;
  const name = lastNameOf(syntax, named);
  return name !== undefined && nameWords(name).some((word) => ADDRESS_WORDS.has(word));

  /** Behind `.lower()` and `request.headers.get("Origin")` stands what is named. */
  function innermost(of: ModuleFacts["syntax"], call: number): number {
    const target = childByField(of, call, Field.function);
    const [argument] = operands(of, childByField(of, call, Field.arguments));
    if (argument !== undefined && literalText(of, argument) !== undefined) return argument;
    const object = of.kind[target] === Kind.attribute ? childByField(of, target, Field.object) : target;
    return of.kind[object] === Kind.call ? innermost(of, object) : object;
  }
}

/** `host` of `(host or "")`. */
function withoutDefault(syntax: ModuleFacts["syntax"], subject: number): number {
  const node = unwrap(syntax, subject);
  if (syntax.kind[node] !== Kind.boolean_operator) return node;
  const right = childByField(syntax, node, Field.right);
  return literalText(syntax, right) === undefined ? node : unwrap(syntax, childByField(syntax, node, Field.left));
}

/** Whether the answer lets a request in: the value is the sender's, or the function exists to tell good from bad. */
function isCheck(facts: ModuleFacts, node: number, subject: number): boolean {
  if (isOutside(facts.value(subject))) return true;
  const { whenTrue, whenFalse } = checkOutcome(facts.syntax, node);
  return isValidator(facts.scopeOf(node)) && (whenFalse !== "goes-on" || whenTrue !== "goes-on");
}
