import { Field } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { onlyText } from "../../taint/values/only-text.ts";
import { brief } from "../shared/brief.ts";

/** What is left of `....//` without its `../`, and of `<scr<script>ipt>` without its `<script>`. */
const NESTS = /^(?:\.\.[\\/]|<\/?script>|javascript:)$/i;

/** A regular expression that finds what begins a script in a page. */
const FINDS_SCRIPT = /<\\?\/?\(?\??:?(?:script|iframe)|javascript:/i;

/** Text that is taken out once: what is left may come together to the same again. */
export const singlePass: ModuleDetector = {
  kind: "module",
  name: "single-pass",
  triggers: { texts: ["\\.\\./", "\\.\\.\\\\", "script"], and: { names: ["replace", "sub"] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    // What a module puts together while it is loaded is its own.
    if (facts.scopeOf(call.node) === "") continue;
    const taken = takenOut(call);
    if (taken !== undefined)
      yield { node: call.node, fields: { subject: subjectOf(facts, call), taken: brief(taken) } };
  }
}

function takenOut({ name, callee, args }: CallFact): string | undefined {
  const given = args.filter(({ position }) => position !== undefined);
  if (name.endsWith(".replace") && given.length === 2) {
    const [found, put] = given.map(({ value }) => onlyText(value));
    return found !== undefined && put === "" && NESTS.test(found) ? found : undefined;
  }
  if (!callee.includes("re.sub")) return undefined;
  const [pattern, put] = given.map(({ value }) => onlyText(value));
  return pattern !== undefined && put === "" && FINDS_SCRIPT.test(pattern) ? pattern : undefined;
}

function subjectOf({ syntax }: ModuleFacts, { node, name, args }: CallFact): string {
  const subject = name.endsWith(".replace")
    ? childByField(syntax, childByField(syntax, node, Field.function), Field.object)
    : args.find(({ position }) => position === 2)?.node;
  return brief(textOf(syntax, subject ?? node));
}
