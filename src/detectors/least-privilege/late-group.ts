import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";

/** Calls that change the account of the process, and those that change its groups. */
const ACCOUNT = ["os.setuid", "os.seteuid", "os.setreuid", "os.setresuid"];
const GROUPS = ["os.setgid", "os.setegid", "os.setregid", "os.setresgid", "os.setgroups", "os.initgroups"];

/** Words in the name of an account, or of a function, that takes rights back: there the account comes first. */
const BACK = new Set(
  "root saved old orig original previous prev real restore regain raise elevate exit real effective".split(" "),
);

/** Functions that give up the account before the groups: without the account's rights the groups cannot be changed any more. */
export const lateGroup: ModuleDetector = {
  kind: "module",
  name: "late-group",
  triggers: { calls: ACCOUNT },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { calledAs } = factIndex(facts);
  const groups = [...calledAs(GROUPS)];
  const seen = new Set<string>();
  for (const call of [...calledAs(ACCOUNT)].sort((a, b) => a.node - b.node)) {
    const scope = facts.scopeOf(call.node);
    if (seen.has(scope)) continue;
    seen.add(scope);
    const own = groups.filter(({ node }) => facts.scopeOf(node) === scope);
    const isLate = own.length > 0 && own.every(({ node }) => node > call.node);
    if (isLate && !takesBack(facts, call, scope)) yield { node: call.node, fields: { callee: call.name } };
  }
}

function takesBack({ text, syntax }: ModuleFacts, { args }: CallFact, scope: string): boolean {
  const isRoot = args.some(({ value }) => value.constants.includes(0));
  const given = args.map(({ node }) => text.slice(syntax.start[node], syntax.end[node]));
  return isRoot || [scope, ...given].flatMap(nameWords).some((word) => BACK.has(word));
}
