import { textOf } from "../../python/walk.ts";
import type { ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { isGuardName } from "../shared/guard-names.ts";
import { registersUrl } from "../shared/url-registration.ts";
import { dependencyGuards, guardsOf, identifiersIn } from "./guards.ts";

/** Checks that were asked for where a router is taken in or a view gets its URL, and are asked for there no more. */
export function* removedAtRegistration({ base, head }: ChangeSides): Generator<Detection> {
  for (const before of base.calls) {
    const then = registrationOf(base, before);
    if (then === undefined || then.guard === undefined) continue;
    const after = head.calls.find((call) => isSame(registrationOf(head, call), then));
    const now = after && registrationOf(head, after);
    if (after === undefined || now === undefined || now.guard !== undefined) continue;
    // A name that was not there may stand for the check.
    if (now.names.some((name) => !then.names.includes(name)) || isGuardedHere(head, now)) continue;
    yield { node: after.node, fields: { guard: then.guard, function: then.target } };
  }
}

interface Registration {
  /** The router or view. */
  readonly target: string;
  /** Of a URL, its path as it is written. */
  readonly path: string;
  readonly guard: string | undefined;
  /** Everything that it is made of. */
  readonly names: readonly string[];
}

function registrationOf(facts: ModuleFacts, call: CallFact): Registration | undefined {
  const { syntax } = facts;
  if (/\.include_router$/.test(call.name)) {
    const router = call.args.find(({ position, keyword }) => position === 0 || keyword === "router");
    const dependencies = call.args.find(({ keyword }) => keyword === "dependencies");
    if (router === undefined) return undefined;
    const [guard] = dependencies === undefined ? [] : dependencyGuards(textOf(syntax, dependencies.node));
    return {
      target: textOf(syntax, router.node),
      path: "",
      guard,
      names: call.args.flatMap(({ node }) => identifiersIn(facts, node)),
    };
  }
  const [path, view] = registersUrl(call) ? call.args : [];
  if (path === undefined || view === undefined) return undefined;
  const names = identifiersIn(facts, view.node);
  const target = names.findLast((name) => name !== "as_view" && !isGuard(name));
  return target === undefined
    ? undefined
    : { target, path: textOf(syntax, path.node), guard: names.find(isGuard), names };
}

function isGuard(name: string): boolean {
  return isGuardName(name) || name === "admin_view";
}

function isSame(one: Registration | undefined, other: Registration): boolean {
  return one?.target === other.target && one.path === other.path;
}

/** The view is in this file, and asks by itself. */
function isGuardedHere(facts: ModuleFacts, { target }: Registration): boolean {
  return facts.definitions.some((one) => one.name === target && guardsOf(facts, one).length > 0);
}
