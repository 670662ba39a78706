import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";

/** Cleaners of HTML that are told what to let through, by API path. */
const CLEANERS = [
  "bleach.clean",
  "bleach.Cleaner",
  "bleach.sanitizer.Cleaner",
  "nh3.clean",
  "nh3.Cleaner",
  "lxml.html.clean.Cleaner",
  "lxml_html_clean.Cleaner",
];

/** What each list of them must not have, and how the list is handed over where it is no keyword. */
const LISTS: readonly { readonly keyword: readonly string[]; readonly position?: number; readonly runs: RegExp }[] = [
  { keyword: ["tags", "allow_tags"], position: 1, runs: /^(?:script|object|embed|applet|base)$/i },
  { keyword: ["attributes"], position: 2, runs: /^(?:on[a-z]{3,}|srcdoc)$/i },
  { keyword: ["protocols", "url_schemes"], position: 3, runs: /^(?:javascript|vbscript)$/i },
];

/** Switches of lxml's cleaner that take scripts out and are on by themselves: elements, and attributes. */
const SWITCHES = ["scripts", "javascript"];

/** Cleaners of HTML that let through what runs scripts. */
export const letScripts: ModuleDetector = {
  kind: "module",
  name: "let-scripts",
  triggers: { calls: CLEANERS },
  prepare: () => detect,
};

function* detect({ calls }: ModuleFacts): Generator<Detection> {
  for (const call of calls) {
    const path = call.callee.find((one) => CLEANERS.includes(one));
    const found = path === undefined ? undefined : (listed(call, path) ?? switchedOff(call, path));
    if (found !== undefined) yield { node: call.node, call, fields: { callee: call.name, what: found } };
  }
}

function listed({ args }: CallFact, path: string): string | undefined {
  for (const { keyword, position, runs } of LISTS) {
    // The three places are those of Bleach; a cleaner is made without a text in front of them.
    const place = !path.startsWith("bleach.") ? undefined : path === "bleach.clean" ? position : (position ?? 0) - 1;
    const given = args.find((one) => keyword.includes(one.keyword ?? "") || one.position === (place ?? NaN));
    const found = given === undefined ? undefined : textsIn(given.value, 2).find((text) => runs.test(text));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The texts of a list, and of the lists in a mapping by tag. */
function textsIn({ elements, entries, constants }: ValueFact, depth: number): readonly string[] {
  const inside = depth === 0 ? [] : [...(elements ?? []), ...(entries?.values() ?? [])];
  const own = constants.filter((constant) => typeof constant === "string");
  return [...own, ...inside.flatMap((value) => textsIn(value, depth - 1))];
}

function switchedOff({ args }: CallFact, path: string): string | undefined {
  if (!path.startsWith("lxml")) return undefined;
  return args.find(({ keyword = "", value }) => SWITCHES.includes(keyword) && value.constants.includes(false))?.keyword;
}
