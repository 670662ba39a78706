import { nameWords } from "../../text/name-words.ts";
import { DYNAMIC, type Value, withoutLabels } from "../values/value.ts";

/** Of what a function found by a key: it is still the key, perhaps, but what it holds is not. */
const FOUND = "object.Found()";

/** What was found, which may be the key itself. */
export function toFound(value: Value): Value {
  return { ...value, paths: [FOUND, ...value.paths] };
}

export const FOUND_VALUE: Value = toFound(DYNAMIC);

/** Words with which functions are named that look something up. */
const FINDS =
  /^_*(?:a?get|find|fetch|look_?up|load|query|select|retrieve|search|first|one)(?:_|[A-Z]|$)|^(?:filter(?:_by)?|where|exclude|open|execute)$/;

/** Words of functions that read the text that they are given: `get_json`, `load_config`, `find_tokens`; not `get_format`. */
const READS =
  /^(?:arg(?:ument)?s?|body|bytes|config(?:uration)?s?|contents?|cookies?|csv|data(?!base)\w*|dict(?:ionary)?s?|fields?|forms?|formdata|headers?|html|inputs?|json\w*|lines?|match(?:es)?|messages?|options?|param\w*|parts?|payloads?|str|strings?|texts?|tokens?|urls?|values?|words?|xml|ya?ml)$/;

/** `load_query_string`; `run_query` finds. */
const QUERIES = /^quer(?:y|ies)$/;

/**
 * Whether an unknown function finds something by what it is given (`get_one(number)`, `findUser(name)`): what that holds is known to the
 * program already.
 */
export function findsByKey(name: string): boolean {
  if (!FINDS.test(name)) return false;
  const words = nameWords(name);
  return !words.some((word, place) => READS.test(word) || (QUERIES.test(word) && place < words.length - 1));
}

export function isFound({ paths }: Value): boolean {
  return paths.includes(FOUND);
}

/** An object without what it was found by. */
export function asFound(value: Value): Value {
  if (!isFound(value)) return value;
  const paths = value.paths.filter((path) => path !== FOUND);
  return { ...withoutLabels(value), paths };
}
