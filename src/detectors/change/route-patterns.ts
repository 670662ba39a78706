import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";
import { calledName } from "./conditions.ts";

/** A part of an address that takes more than before: `<path:name>` in the place of `<slug:name>`. */
export interface LoosenedPart {
  /** The literal, at the head. */
  readonly node: number;
  readonly name: string;
  readonly before: string;
  readonly takes: string;
}

/** Functions and decorators that are given the pattern of an address. */
const TAKES_PATTERNS =
  /^(?:path|route|get|post|put|patch|delete|head|options|websocket|api_route|add_url_rule|add_route|add_get|add_post|add_put|add_delete|Route|WebSocketRoute)$/;

/** `<int:id>` and `<id>` of Django, Flask and Bottle, `{id:int}` and `{id}` of Starlette. */
const PART = /<(?:(\w+)(?:\([^()<>]{0,80}\))?:)?(\w+)>|\{(\w+)(?::(\w+))?\}/g;

/** Converters that take no slash, from those that ask most to the one that takes any other text. */
const SEGMENTS = new Set(["int", "float", "uuid", "slug", "str", "string", "default", ""]);

const ANY_TEXT = new Set(["str", "string", "default", ""]);

/** UTF-16 code units of a pattern that is looked at. */
const LONGEST = 500;

/** Parts of addresses, of which nothing else changed, that take a slash now or any text. */
export function loosenedParts({ base, head }: ChangeSides): readonly LoosenedPart[] {
  const before = patternsIn(base);
  return [...patternsIn(head)].flatMap(([key, now]) => {
    const then = before.get(key);
    if (then === undefined || now === undefined) return [];
    return now.parts.flatMap(({ name, converter }, at) => {
      const was = then.parts[at];
      const takes = was && looser(was.converter, converter);
      return takes === undefined ? [] : [{ node: now.node, name, before: was?.converter || "a part", takes }];
    });
  });
}

function looser(before: string, after: string): string | undefined {
  if (after === "path") return SEGMENTS.has(before) ? "slashes, too" : undefined;
  return ANY_TEXT.has(after) && SEGMENTS.has(before) && !ANY_TEXT.has(before) ? "any text up to a slash" : undefined;
}

interface Pattern {
  readonly node: number;
  readonly parts: readonly { readonly name: string; readonly converter: string }[];
}

/** By what they are without their converters; undefined where one stands more than once. */
function patternsIn({ syntax }: ModuleFacts): ReadonlyMap<string, Pattern | undefined> {
  const found = new Map<string, Pattern | undefined>();
  for (const node of nodesOfKind(syntax, Kind.string)) {
    if (syntax.end[node] - syntax.start[node] > LONGEST) continue;
    const text = literalText(syntax, node) ?? "";
    const parts = [...text.matchAll(PART)].map(([, converter = "", name, other, of = ""]) => ({
      name: name ?? other ?? "",
      converter: name === undefined ? of : converter,
    }));
    const call = ancestorOfKind(syntax, node, Kind.call, Kind.block, Kind.module);
    if (parts.length === 0 || syntax.kind[call] !== Kind.call || !TAKES_PATTERNS.test(calledName(syntax, call)))
      continue;
    const key = `${calledName(syntax, call)} ${text.replaceAll(PART, (_, __, name, other) => `<${name ?? other}>`)}`;
    found.set(key, found.has(key) ? undefined : { node, parts });
  }
  return found;
}
