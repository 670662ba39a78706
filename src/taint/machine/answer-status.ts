import { Kind } from "../../python/kinds.ts";
import { ancestorOfKind, NONE } from "../../python/walk.ts";
import type { Flow } from "../facts.ts";
import type { Unit } from "./machine.ts";
import { staysHere } from "./sinks.ts";

/** Whether a browser goes on to a `Location` that is set: not where each status that the same function sets is none of a redirect. */
export function leadsOn({ syntax, recorder }: Unit, { kind, sink, node }: Flow): boolean {
  if (kind !== "redirect" || !/\.(?:set|add|send)_header$/.test(sink)) return true;
  const around = ancestorOfKind(syntax, node, Kind.function_definition);
  if (around === NONE) return true;
  const said = [...recorder.calls.values()].filter(
    (call) =>
      around < call.node && call.node < syntax.next[around] && /(?:^|\.)(?:set_status|send_response)$/.test(call.name),
  );
  return said.length === 0 || !said.every(({ args: [status] }) => status && staysHere([status.snapshot.value]));
}
