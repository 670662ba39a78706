import { Kind } from "../../python/kinds.ts";
import { NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { factIndex } from "../shared/fact-index.ts";
import { operands, unwrap } from "../shared/literal.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { SUBPROCESS_STARTERS } from "../shared/program-starters.ts";
import { textPieces } from "../shared/text-pieces.ts";
import { isPasswordName, PASSWORD_WORDS } from "./password-name.ts";

const ONE_BY_ONE = ["asyncio.create_subprocess_exec"];

/** Passwords among the arguments of a program that is started: the list of processes shows them. */
export const processPassword: ModuleDetector = {
  kind: "module",
  name: "process-password",
  triggers: { calls: [...SUBPROCESS_STARTERS, ...ONE_BY_ONE], and: { words: PASSWORD_WORDS } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { calledAs } = factIndex(facts);
  for (const call of calledAs(SUBPROCESS_STARTERS)) yield* passwordsIn(facts, call, wordsOf(facts, call));
  for (const call of calledAs(ONE_BY_ONE)) {
    const given = call.args.filter(({ position }) => position !== undefined && position > 0);
    yield* passwordsIn(
      facts,
      call,
      given.map(({ node }) => node),
    );
  }
}

/** The words behind the program, of a list that is written in place or has one name. */
function wordsOf(facts: ModuleFacts, call: CallFact): readonly number[] {
  const { syntax } = facts;
  const given = call.args.find(({ position, keyword }) => position === 0 || keyword === "args");
  let list = given === undefined ? NONE : unwrap(syntax, given.node);
  if (syntax.kind[list] === Kind.identifier) {
    const made = factIndex(facts).assignmentsTo(facts.scopeOf(list), textOf(syntax, list));
    list = made.length === 1 ? unwrap(syntax, made[0]?.value ?? NONE) : NONE;
  }
  const isList = syntax.kind[list] === Kind.list || syntax.kind[list] === Kind.tuple;
  return isList ? operands(syntax, list).slice(1) : [];
}

function* passwordsIn(facts: ModuleFacts, call: CallFact, words: readonly number[]): Generator<Detection> {
  for (const word of words) {
    let found = NONE;
    textPieces(facts, word, (piece) => {
      const name = lastNameOf(facts.syntax, piece);
      const isFound =
        facts.syntax.kind[piece] !== Kind.string &&
        name !== undefined &&
        isPasswordName(name) &&
        (facts.value(piece)?.constants.length ?? 0) === 0;
      if (isFound) found = piece;
      return isFound;
    });
    if (found === NONE) continue;
    yield { node: word, fields: { callee: call.name, name: brief(textOf(facts.syntax, found)) } };
    return;
  }
}
