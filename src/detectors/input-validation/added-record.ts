import { Field, Kind } from "../../python/kinds.ts";
import { childByField, firstNamedChild, namedChildren, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { factIndex } from "../shared/fact-index.ts";
import { makingCall } from "../shared/making-call.ts";

/** A session of SQLAlchemy by its name: `db.session.add`, `session.merge`, `self.db.add`. */
const SESSION = /(?:^|[._])(?:session|db)\.(?:add|merge)$/i;

/** A class, by the way that classes are spelled. */
const CLASS = /(?:^|\.)[A-Z]\w*$/;

const SENT = ["remote", "queue"];

/** Records that are filled with everything that was sent and then stored, whose class another file has. */
export const addedRecord: ModuleDetector = {
  kind: "module",
  name: "added-record",
  triggers: { calls: ["*.add", "*.merge"], and: { nodes: [Kind.dictionary_splat] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of factIndex(facts).calledAs(["*.add", "*.merge"])) {
    const [record] = call.args;
    if (record?.position !== 0 || !SESSION.test(call.name)) continue;
    const made = makingCall(facts, record.node);
    const given = made === undefined || !CLASS.test(made.name) ? undefined : whatIsSpread(facts, made);
    if (made === undefined || given === undefined || isKnownTable(facts, made)) continue;
    yield { node: made.node, call: made, fields: { source: brief(textOf(facts.syntax, given)), sink: made.name } };
  }
}

/** A class of which the models know that it is a table: a flow says more of it. */
function isKnownTable({ flows }: ModuleFacts, { node }: CallFact): boolean {
  return flows.some((flow) => flow.kind === "mass-assign" && flow.node === node);
}

/** The mapping of `User(**data)` that came with a request and went through no schema. */
function whatIsSpread(facts: ModuleFacts, { node }: CallFact): number | undefined {
  const { syntax } = facts;
  return namedChildren(syntax, childByField(syntax, node, Field.arguments))
    .filter((argument) => syntax.kind[argument] === Kind.dictionary_splat)
    .map((argument) => firstNamedChild(syntax, argument))
    .find((given) => {
      const value = facts.value(given);
      const isSent = value?.labels.some((label) => SENT.includes(label)) === true;
      return isSent && value?.cleared.includes("mass-assign") === false && value.complete !== true;
    });
}
