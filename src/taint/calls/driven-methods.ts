import type { Argument } from "../expressions/arguments.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { carry, deep } from "../values/carry.ts";
import { constantPrefix } from "../values/fixed-host.ts";
import { DYNAMIC, UNKNOWN, type Value } from "../values/value.ts";
import { callFunction } from "./call-function.ts";
import { type ClassInfo, type FunctionCallable, inLineage, type ProjectCallable } from "./callables.ts";

/** A method of a library's class that runs methods which the classes of a project built on it have. */
interface Driver {
  readonly methods: RegExp;
  /** What they are handed: nothing, or for each parameter text of what the driver was given. */
  readonly hands: "nothing" | "text";
  /** The driver picks the method by the first word of what it is given: `onecmd("say hello")` runs `do_say`. */
  readonly byWord?: string;
  /** Where the object that has the methods is, if it is not the receiver. */
  readonly object?: number;
}

const EVENTS = /^(?:startElement|endElement|characters|ignorableWhitespace|processingInstruction|startElementNS)$/;

const DRIVERS: ReadonlyMap<string, Driver> = new Map<string, Driver>([
  ...["threading.Thread", "threading.Timer", "multiprocessing.Process"].map(
    (path) => [`${path}().start`, { methods: /^run$/, hands: "nothing" }] as const,
  ),
  [
    "html.parser.HTMLParser().feed",
    {
      methods: /^(?:handle_(?:starttag|endtag|startendtag|data|comment|decl|pi|entityref|charref)|unknown_decl)$/,
      hands: "text",
    },
  ],
  ["cmd.Cmd().onecmd", { methods: /^(?:do_\w+|default)$/, hands: "text", byWord: "do_" }],
  ["xml.sax.parseString", { methods: EVENTS, hands: "text", object: 1 }],
  ["xml.sax.parse", { methods: EVENTS, hands: "text", object: 1 }],
  ["ast.NodeVisitor().visit", { methods: /^visit_\w+$/, hands: "text" }],
  ["ast.NodeTransformer().visit", { methods: /^visit_\w+$/, hands: "text" }],
]);

/** Runs the methods of the project's class that a call of the library's method runs. */
export function runDriven(machine: Machine, call: Call, path: string): void {
  const driver = DRIVERS.get(path);
  if (driver === undefined) return;
  const object = driver.object === undefined ? call.receiver : call.args.positional[driver.object]?.value;
  if (object === undefined) return;
  const given = call.args.positional.filter((_, position) => position !== driver.object);
  for (const ref of object.refs) {
    const shape = machine.shape(ref);
    if (shape?.kind !== "object" || shape.of === undefined) continue;
    const info = shape.of as ClassInfo;
    for (const method of methodsOf(machine, info, driver, given)) {
      const self: Value = { ...object, refs: [ref] };
      const count = driver.hands === "nothing" ? 0 : Math.max(0, method.info.parameters.length - 1);
      const text = carry(
        { ...DYNAMIC, text: true },
        given.map(({ value }) => deep(machine, value)),
      );
      const positional = Array.from({ length: count }, () => text);
      callFunction(machine, call.node, method, { self, positional, keywords: new Map(), others: [] });
    }
  }
}

function methodsOf(
  machine: Machine,
  info: ClassInfo,
  { methods, byWord }: Driver,
  given: readonly Argument[],
): readonly FunctionCallable[] {
  const names = new Set<string>();
  inLineage(info, ({ attributes }) => {
    for (const name of attributes.keys()) if (methods.test(name)) names.add(name);
    return undefined;
  });
  const word = byWord === undefined ? undefined : /^\s*(\w+)\s/.exec(constantPrefix(given[0]?.value ?? UNKNOWN) ?? "");
  const chosen = word && names.has(`${byWord}${word[1]}`) ? [`${byWord}${word[1]}`] : [...names];
  return chosen
    .flatMap((name) => (classAttribute(machine, info, name)?.callables ?? []) as readonly ProjectCallable[])
    .filter((callable) => callable.kind === "function");
}
