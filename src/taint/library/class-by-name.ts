import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import type { Value } from "../values/value.ts";

/**
 * The class that a name suggests, where nothing else is known of its value: `cursor.execute`, also of what comes from a module that nobody
 * here has read (`app.database.conn`) and of what is made there (`get_db()`). Empty, or the path of an object of the class.
 */
export function classByName(machine: Machine, node: number, receiver: Value): readonly string[] {
  if (receiver.labels !== 0 || receiver.constants !== undefined || receiver.refs.length > 0) return [];
  const { paths } = receiver;
  const found = machine.models.classOfName(paths.length > 0 ? suggested(paths[0]) : writtenAs(machine, node));
  if (found === undefined || paths.some((path) => isOfOtherLibrary(machine, path, found))) return [];
  return [`${found}()`];
}

/** `request.json` has only its words, `db.get_conn()` the name of what it gives. */
function suggested(path: string): string {
  const last = lastPart(path);
  return last.endsWith("()") ? last.slice(0, -"()".length).replace(GIVES, "") : last;
}

const GIVES = /^_*(?:get|open|make|create|new|acquire|current)_(?=\w)/;

/** What the models know a library by is all that it means, names apart that are the library's own: `User.objects` of Django. */
function isOfOtherLibrary({ models }: Machine, path: string, found: string): boolean {
  const top = /^\w+/.exec(path)?.[0];
  return !models.isHeld(path) && top !== undefined && models.isLibrary(top) && !found.startsWith(`${top}.`);
}

function writtenAs({ syntax }: Machine, node: number): string {
  if (syntax.kind[node] !== Kind.attribute) return "";
  const object = childByField(syntax, node, Field.object);
  const isCall = syntax.kind[object] === Kind.call;
  const named = isCall ? childByField(syntax, object, Field.function) : object;
  const last = syntax.kind[named] === Kind.attribute ? childByField(syntax, named, Field.attribute) : named;
  if (syntax.kind[last] !== Kind.identifier) return "";
  return isCall ? suggested(`${textOf(syntax, last)}()`) : textOf(syntax, last);
}
