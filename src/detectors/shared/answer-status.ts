import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, textOf } from "../../python/walk.ts";

/** Exceptions and responses that are named for their status. */
const NAMED: Readonly<Record<string, number>> = {
  HTTPBadRequest: 400,
  BadRequest: 400,
  HttpResponseBadRequest: 400,
  HTTPUnauthorized: 401,
  Unauthorized: 401,
  UNAUTHORIZED: 401,
  NotAuthorized: 401,
  HTTPForbidden: 403,
  Forbidden: 403,
  FORBIDDEN: 403,
  HttpResponseForbidden: 403,
  HTTPUnprocessableEntity: 422,
  UnprocessableEntity: 422,
  HTTPInternalServerError: 500,
  InternalServerError: 500,
  INTERNAL_SERVER_ERROR: 500,
  HttpResponseServerError: 500,
  ServerError: 500,
};

const STATUS_KEYWORDS = new Set(["status", "status_code", "code", "statusCode"]);
const ANSWERS =
  /^(?:abort|make_response|jsonify|send_error|set_status|json_error)$|(?:Response|Exception|Error|HTTPException|json)$/;

/**
 * The HTTP status of 400 or more that a statement answers with: `return "…", 403`, `abort(401)`,
 * `raise HTTPException(status.HTTP_403_FORBIDDEN)`, `return HttpResponseForbidden()`.
 */
export function answerStatus(syntax: SyntaxArrays, statement: number): number | undefined {
  for (let node = statement; node < syntax.next[statement]; node++) {
    const kind = syntax.kind[node];
    if (kind === Kind.integer && isStatusPlace(syntax, statement, node)) {
      const status = Number(textOf(syntax, node));
      if (status >= 400 && status < 600) return status;
    }
    if (kind === Kind.identifier) {
      const name = textOf(syntax, node);
      const written = /^HTTP_(\d{3})(?:_|$)/.exec(name)?.[1];
      const status = written === undefined ? NAMED[name] : Number(written);
      if (status !== undefined && status >= 400) return status;
    }
  }
  return undefined;
}

function isStatusPlace(syntax: SyntaxArrays, statement: number, node: number): boolean {
  const parent = syntax.parent[node];
  switch (syntax.kind[parent]) {
    case Kind.expression_list:
    case Kind.tuple:
      return syntax.kind[statement] === Kind.return_statement;
    case Kind.keyword_argument:
      return STATUS_KEYWORDS.has(textOf(syntax, childByField(syntax, parent, Field.name)));
    case Kind.argument_list: {
      const callee = textOf(syntax, childByField(syntax, syntax.parent[parent], Field.function));
      return ANSWERS.test(callee.split(".").at(-1) ?? "");
    }
    case Kind.pair:
      return STATUS_KEYWORDS.has(textOf(syntax, childByField(syntax, parent, Field.key)).replace(/["']/g, ""));
    default:
      return false;
  }
}
