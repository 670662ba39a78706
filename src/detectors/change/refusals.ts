import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";

/** A statement that turns somebody away: `raise PermissionDenied`, `abort(403)`, `return HttpResponseForbidden()`. */
export interface Refusal {
  readonly node: number;
  /** Dotted name of the function that it stands in. */
  readonly scope: string;
  /** The `if` or `elif` that it depends on, or NONE. */
  readonly branch: number;
  /** What that asks, without spaces; empty without one. */
  readonly condition: string;
  /** What in the condition says that it is about who asks and what they may, as it is written: `request.user.has_perm`. */
  readonly asks: string | undefined;
}

/** All refusals of a module, in source order. */
export const refusalsOf: (facts: ModuleFacts) => readonly Refusal[] = oncePer((facts) =>
  [...nodesOfKinds(facts.syntax, [Kind.raise_statement, Kind.return_statement, Kind.expression_statement])]
    .filter((node) => isRefusal(facts.syntax, node))
    .map((node) => refusalAt(facts, node)),
);

const ERROR =
  /(?:Forbidden|Unauthori[sz]ed|PermissionDenied|PermissionError|AccessDenied|NotAuthenticated|NotAuthorized|NotPermitted|AuthenticationFailed)/;
const STATUS = /\b40[13]\b|HTTP_40[13]\b|(?:HTTPStatus|codes)\.(?:FORBIDDEN|UNAUTHORIZED)\b/i;
/** Answers of frameworks and functions that end a request. */
const ENDS =
  /^(?:\w+\.)*(?:abort|\w*(?:Response|HTTPException|HTTPError|jsonify|make_response|send_error|set_status))\(/;

function isRefusal(syntax: SyntaxArrays, node: number): boolean {
  const value = firstNamedChild(syntax, node);
  if (value === NONE) return false;
  const written = textOf(syntax, value);
  switch (syntax.kind[node]) {
    case Kind.raise_statement:
      return ERROR.test(/^[\w.]+/.exec(written)?.[0] ?? "") || (ENDS.test(written) && STATUS.test(written));
    case Kind.return_statement:
      return /^(?:\w+\.)*\w*(?:Forbidden|Unauthori[sz]ed)\w*\(/.test(written) || isAnswer(syntax, value);
    default:
      return /^(?:\w+\.)*abort\(/.test(written) && STATUS.test(written);
  }
}

/** `return HttpResponse(status=403)`, `return {"error": "…"}, 403`. */
function isAnswer(syntax: SyntaxArrays, value: number): boolean {
  if (syntax.kind[value] === Kind.call) return ENDS.test(textOf(syntax, value)) && STATUS.test(textOf(syntax, value));
  if (syntax.kind[value] !== Kind.expression_list) return false;
  return namedChildren(syntax, value).some((part) => STATUS.test(textOf(syntax, part)));
}

function refusalAt(facts: ModuleFacts, node: number): Refusal {
  const { syntax } = facts;
  const branch = ancestorOfKind(syntax, node, Kind.if_statement, Kind.elif_clause, Kind.function_definition);
  const scope = facts.scopeOf(node);
  if (branch === NONE || syntax.kind[branch] === Kind.function_definition)
    return { node, scope, branch: NONE, condition: "", asks: undefined };
  const condition = childByField(syntax, branch, Field.condition);
  return {
    node,
    scope,
    branch,
    condition: textOf(syntax, condition).replaceAll(/\s+/g, ""),
    asks: namesAsked(syntax, condition),
  };
}

const IDENTITY =
  /user|perm|role|admin|owner|staff|member|auth|token|signature|secret|session|access|allowed|hmac|verif|principal|tenant|scope|(?:^|[._])(?:can|may)_/i;

/** Names alone: a text of the condition may be a secret. */
function namesAsked(syntax: SyntaxArrays, condition: number): string | undefined {
  for (let at = condition; at < syntax.next[condition]; at++) {
    const kind = syntax.kind[at];
    if (kind !== Kind.identifier && kind !== Kind.attribute) continue;
    const written = textOf(syntax, at).replaceAll(/\s+/g, "");
    if (IDENTITY.test(written) && /^[\w.]+$/.test(written)) return written;
  }
  return undefined;
}
