import { factIndex } from "../detectors/shared/fact-index.ts";
import { lastPart } from "../python/last-part.ts";
import { spanOf } from "../python/walk.ts";
import { isAtLeast } from "../rules/levels.ts";
import type { ModuleFacts } from "../taint/facts.ts";
import type { IdentifiedFinding } from "./find-in-module.ts";
import type { Finding, TraceStepShown } from "./finding.ts";

/** Said of a flow that no changed line is part of, so that only something that is gone can have let it through. */
export const TAKEN_OUT = "Before this change it was harmless: the change takes out what stood in the way.";

interface Told {
  /** The flows, of which those that something stood in the way of say what it was. */
  readonly introduced: readonly IdentifiedFinding[];
  /** What the change took out, without what a flow says now. */
  readonly removed: readonly IdentifiedFinding[];
}

/**
 * A protection that went and the flow that it let through are one mistake, which is said once: with the flow, which shows what
 * an attacker gains. They belong together where the flow passes a variable that the protection may have been about, and either ends in the
 * function that lost it, in a call that this made before, or leads through that function and has nothing else that opened it.
 */
export function tellOnce(
  introduced: readonly IdentifiedFinding[],
  removed: readonly IdentifiedFinding[],
  before: ModuleFacts | undefined,
  after: ModuleFacts | undefined,
): Told {
  if (before === undefined) return { introduced, removed };
  const said = new Set<IdentifiedFinding>();
  const byScope = Map.groupBy(removed, ({ tookOut }) => tookOut?.scope);
  const told = introduced.map((flow) => {
    const cause =
      byScope.get(flow.finding.scope)?.find((one) => letThrough(flow, one, before)) ??
      removed.find((one) => leadsThrough(flow.finding, one, after));
    if (cause?.tookOut === undefined) return flow;
    said.add(cause);
    return { ...flow, finding: withCause(flow.finding, cause.tookOut.said) };
  });
  return { introduced: told, removed: removed.filter((one) => !said.has(one)) };
}

function letThrough(
  { finding, identity }: IdentifiedFinding,
  { finding: gone, tookOut }: IdentifiedFinding,
  before: ModuleFacts,
): boolean {
  if (tookOut === undefined || finding.trace === undefined) return false;
  if (!isAtLeast(finding.level, gone.level)) return false;
  const callee = /^[^(\s]*(?=\()/.exec(identity.text)?.[0];
  const isOld =
    callee === undefined ||
    factIndex(before)
      .callsIn(tookOut.scope)
      .some(({ name }) => name === callee);
  const { subjects } = tookOut;
  return isOld && (subjects === undefined || [...namesOnWay(finding)].some((name) => subjects.has(name)));
}

/** Whether a flow that nothing else opened has a step in the function that lost a protection of what it passes. */
function leadsThrough(
  { level, message, trace = [] }: Finding,
  { finding: gone, tookOut }: IdentifiedFinding,
  after: ModuleFacts | undefined,
): boolean {
  if (tookOut === undefined || after === undefined || !message.endsWith(TAKEN_OUT) || !isAtLeast(level, gone.level))
    return false;
  const [owner] = factIndex(after).definedAs(tookOut.scope);
  if (owner === undefined) return false;
  const { start, end } = spanOf(after.syntax, owner.node);
  const isInside = ({ location: { path, span } }: TraceStepShown) =>
    path === gone.location.path && start.offset <= span.start.offset && span.start.offset < end.offset;
  const names = trace.filter(isInside).flatMap(({ note }) => namesIn([...note.matchAll(/`([^`]*)`/g)].join(" ")));
  return names.some((name) => tookOut.subjects === undefined || tookOut.subjects.has(name));
}

function withCause(finding: Finding, said: string): Finding {
  const message = finding.message.replace(TAKEN_OUT, "").trim();
  return { ...finding, message: `${message} The change takes out \`${said}\`, which stood in the way.` };
}

/**
 * A flow that something stood in the way of which the file no longer defines, and calls all the same: a method that is inherited from now
 * on, a function that is imported, does its work, and out of sight.
 */
export function isMovedAway({ message, scope }: Finding, before?: ModuleFacts, after?: ModuleFacts): boolean {
  if (before === undefined || after === undefined || !message.endsWith(TAKEN_OUT)) return false;
  const gone = definedNoMore(before, after);
  return (
    gone.size > 0 &&
    factIndex(after)
      .callsIn(scope)
      .some(({ name }) => gone.has(lastPart(name)))
  );
}

function definedNoMore(before: ModuleFacts, after: ModuleFacts): ReadonlySet<string> {
  const left = new Set(after.definitions.map(({ name }) => name));
  return new Set(
    before.definitions.flatMap(({ name, kind }) => (kind === "function" && !left.has(name) ? [name] : [])),
  );
}

/** The names in the code that the steps of a flow show. */
export function namesOnWay({ trace = [] }: Finding): ReadonlySet<string> {
  return new Set(trace.flatMap(({ note }) => namesIn([...note.matchAll(/`([^`]*)`/g)].join(" "))));
}

export function namesIn(text: string): readonly string[] {
  return text.match(/[A-Za-z_]\w*/g) ?? [];
}
