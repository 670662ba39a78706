import { type Mutant, mutant } from "../mutant.ts";

export const SINKS: readonly Mutant[] = [
  mutant("sinks do not ask what is cleared", "machine/sinks.ts", "(value.cleared & bit) !== 0 || ", ""),
  mutant(
    "a fixed host does not count",
    "machine/sink-forms.ts",
    "hasFixedHost(value, sink.feeds) ?",
    'hasFixedHost(value, "") && value.labels < 0 ?',
  ),
  mutant(
    "an annotation says nothing of what an object is",
    "calls/instances.ts",
    "return instance === undefined ? typed : { ...typed, refs: instance.refs };",
    "return typed;",
  ),
  mutant(
    "a method that only classes below give returns nothing",
    "calls/call-function.ts",
    "    info.isAbstract ||\n",
    "",
  ),
  mutant(
    "what is injected by an annotation comes from the request",
    "machine/entry.ts",
    "isInjected(fallback) || isInjectedBy(machine, parameter.annotation)",
    "isInjected(fallback)",
  ),
];
