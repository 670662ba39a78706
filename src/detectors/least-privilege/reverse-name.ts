import { comparisonParts } from "../../python/comparison-parts.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { factIndex } from "../shared/fact-index.ts";

const LOOK_UPS = ["socket.gethostbyaddr", "socket.getnameinfo"];

/** The name that an address says it has, also in another spelling. */
const REVERSE_NAME = /^socket\.(?:gethostbyaddr|getnameinfo)\(\)\[0\](?:\.(?:lower|casefold|strip|rstrip)\(\))*$/;

/** The addresses of that name are looked up as well: it has to be one of them. */
const FORWARD =
  /^socket\.(?:gethostbyname|gethostbyname_ex|getaddrinfo|create_connection)$|^(?:dns\.(?:a?sync)?resolver|aiodns)\./;

const ASKS = /\.(?:endswith|startswith)$/;
const MATCHES = /^(?:re\.(?:match|search|fullmatch)|fnmatch\.(?:fnmatch|fnmatchcase))$/;

/** Names of a reverse look-up that a condition rests on, where nothing asks whether the name leads back to the address. */
export const reverseName: ModuleDetector = {
  kind: "module",
  name: "reverse-name",
  triggers: { calls: LOOK_UPS },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const looksBack = new Map<string, boolean>();
  const isAlone = (node: number) => {
    const scope = facts.scopeOf(node);
    const known = looksBack.get(scope) ?? looksForward(facts, scope);
    looksBack.set(scope, known);
    return !known;
  };
  const isName = (node: number) => facts.value(node)?.paths.some((path) => REVERSE_NAME.test(path)) ?? false;
  for (const { node, name, callee, args } of facts.calls) {
    const receiver = ASKS.test(name)
      ? childByField(syntax, childByField(syntax, node, Field.function), Field.object)
      : NONE;
    const isMatched = callee.some((path) => MATCHES.test(path)) && args.some((argument) => isName(argument.node));
    if ((isMatched || (receiver !== NONE && isName(receiver))) && isAlone(node)) yield found(facts, node);
  }
  for (const node of nodesOfKind(syntax, Kind.comparison_operator)) {
    const { operands, operators } = comparisonParts(syntax, node);
    const asks = operators.every((operator) => /^(?:==|!=|in|not in)$/.test(operator));
    const isEmpty = operands.some((operand) => textOf(syntax, operand).length <= "''".length);
    if (asks && !isEmpty && operands.some(isName) && isAlone(node)) yield found(facts, node);
  }
}

function found({ syntax }: ModuleFacts, node: number): Detection {
  return { node, fields: { check: brief(textOf(syntax, node)) } };
}

function looksForward(facts: ModuleFacts, scope: string): boolean {
  return factIndex(facts)
    .callsIn(scope)
    .some(({ callee }) => callee.some((path) => FORWARD.test(path)));
}
