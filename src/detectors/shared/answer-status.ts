import { firstFrom } from "../../python/first-from.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, textOf } from "../../python/walk.ts";
import { oncePer } from "../../text/once-per.ts";

/** Exceptions and responses that are named for their status. */
const NAMED: ReadonlyMap<string, number> = new Map(
  Object.entries({
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
  }),
);

const STATUS_KEYWORDS = new Set(["status", "status_code", "code", "statusCode"]);
const ANSWERS =
  /^(?:abort|make_response|jsonify|send_error|set_status|json_error)$|(?:Response|Exception|Error|HTTPException|json)$/;

/**
 * The HTTP status of 400 or more that a statement answers with: `return "…", 403`, `abort(401)`,
 * `raise HTTPException(status.HTTP_403_FORBIDDEN)`, `return HttpResponseForbidden()`.
 */
export function answerStatus(syntax: SyntaxArrays, statement: number): number | undefined {
  const said = saidStatuses(syntax);
  for (let at = firstFrom(said, statement); at < said.length && said[at].node < syntax.next[statement]; at++) {
    const { node, status } = said[at];
    if (syntax.kind[node] !== Kind.integer || isStatusPlace(syntax, statement, node)) return status;
  }
  return undefined;
}

/** Whether a status stands anywhere in a node, in a place of an answer or not. */
export function mentionsStatus(syntax: SyntaxArrays, node: number, status: number): boolean {
  const said = saidStatuses(syntax);
  for (let at = firstFrom(said, node); at < said.length && said[at].node < syntax.next[node]; at++) {
    if (said[at].status === status) return true;
  }
  return false;
}

/** A node that says a status of 400 or more: `403`, `HTTP_403_FORBIDDEN`, `Forbidden`. */
interface SaidStatus {
  readonly node: number;
  readonly status: number;
}

/** Those of a file, in order. */
const saidStatuses: (syntax: SyntaxArrays) => readonly SaidStatus[] = oncePer((syntax) => {
  const found: SaidStatus[] = [];
  const named = new Map<string, number>();
  for (const name of syntax.names) {
    const status = statusOfName(name);
    if (status !== undefined) named.set(name, status);
  }
  for (const node of nodesOfKinds(syntax, named.size > 0 ? [Kind.integer, Kind.identifier] : [Kind.integer])) {
    const text = textOf(syntax, node);
    const status = syntax.kind[node] === Kind.integer ? statusOfInteger(text) : named.get(text);
    if (status !== undefined) found.push({ node, status });
  }
  return found;
});

function statusOfInteger(text: string): number | undefined {
  const status = Number(text);
  return status >= 400 && status < 600 ? status : undefined;
}

function statusOfName(name: string): number | undefined {
  const written = /^HTTP_(\d{3})(?:_|$)/.exec(name)?.[1];
  const status = written === undefined ? NAMED.get(name) : Number(written);
  return status !== undefined && status >= 400 ? status : undefined;
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
