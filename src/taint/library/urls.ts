import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import { assembleText } from "../values/path-parts.ts";
import { constantValue, type Value } from "../values/value.ts";
import { inOrder } from "./sequences.ts";

/** `urlunsplit((scheme, host, path, query, fragment))`: put together in order, so that whoever chose the path chose no host. */
export function unsplitUrl(machine: Machine, { args }: Call): Value | undefined {
  const [given] = args.positional;
  const shape = machine.onlyShape(given?.value);
  const [scheme, host, ...others] = [...(inOrder(shape)?.entries.values() ?? [])].map((part) => deep(machine, part));
  // Without a host, a path that begins with two slashes has one.
  if (scheme === undefined || host === undefined || host.constants?.includes("")) return undefined;
  const rest = others.flatMap((part) => [constantValue("/"), part]);
  return assembleText(machine, [scheme, constantValue("://"), host, ...rest]);
}
