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
  /^_*(?:a?get|find|fetch|look_?up|load|query|select|retrieve|search|first|one)(?:_|[A-Z]|$)|^(?:filter(?:_by)?|exclude|open|execute)$/;

/** Names of functions that read the text that they are given: `get_json`, `load_config`, `find_tokens`. */
const READS =
  /(?:arg|body|bytes|config|content|cookie|csv|data|dict|field|form|header|html|input|json|line|match|message|option|param|part|payload|quer(?:y|ies)_|str|text|token|url|value|word|xml|ya?ml)/i;

/**
 * Whether an unknown function finds something by what it is given (`get_one(number)`, `findUser(name)`): what that holds is known to the
 * program already.
 */
export function findsByKey(name: string): boolean {
  return FINDS.test(name) && !READS.test(name);
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
