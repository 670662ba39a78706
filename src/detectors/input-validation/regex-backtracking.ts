import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { findBacktracking } from "../regex/find-backtracking.ts";
import { parseRegex } from "../regex/parse-regex.ts";
import { brief } from "../shared/brief.ts";
import { factIndex } from "../shared/fact-index.ts";

const FUNCTIONS = /^(?:re|regex)\.(compile|match|fullmatch|search|findall|finditer|sub|subn|split)$/;
const VALIDATING = [
  "django.core.validators.RegexValidator",
  "django.urls.re_path",
  "marshmallow.validate.Regexp",
  "wtforms.validators.Regexp",
];
const VALIDATORS = new RegExp(`^(?:${VALIDATING.join("|").replaceAll(".", "\\.")})$`);

/** Only what a group repeats can be cut in more than one way. */
const REPEATED_GROUP = /\)[*+{]/;

/** Patterns that need exponentially many attempts to find out that a text does not match. */
export const regexBacktracking: ModuleDetector = {
  kind: "module",
  name: "regex-backtracking",
  triggers: { calls: VALIDATING, roots: ["re", "regex"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of factIndex(facts).calledBy(FUNCTIONS, VALIDATORS)) {
    const method = methodOf(call);
    if (method === undefined) continue;
    const argument = call.args.find(
      ({ position, keyword }) => position === 0 || keyword === "pattern" || keyword === "regex",
    );
    const [pattern, more] = argument?.value.constants ?? [];
    if (argument === undefined || typeof pattern !== "string" || more !== undefined) continue;
    if (!REPEATED_GROUP.test(pattern)) continue;
    const parsed = isVerbose(facts, call) ? undefined : parseRegex(pattern);
    const found = parsed === undefined ? undefined : findBacktracking(parsed, method === "fullmatch");
    if (found === undefined) continue;
    yield { node: argument.node, fields: { callee: call.name, part: brief(pattern.slice(found.start, found.end)) } };
  }
}

function methodOf({ callee }: CallFact): string | undefined {
  for (const path of callee) {
    const method = FUNCTIONS.exec(path)?.[1];
    if (method !== undefined) return method;
    if (VALIDATORS.test(path)) return "search";
  }
  return undefined;
}

/** With `re.VERBOSE` blanks and comments are no part of the pattern. */
function isVerbose({ syntax }: ModuleFacts, { args, node }: CallFact): boolean {
  const flags = args.find(({ keyword, position }) => keyword === "flags" || (position !== undefined && position > 0));
  return flags !== undefined && /\b(?:VERBOSE|X)\b/.test(syntax.text.slice(syntax.start[node], syntax.end[node]));
}
