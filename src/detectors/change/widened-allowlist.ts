import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText, operands } from "../shared/literal.ts";
import { namedValues } from "../shared/named-values.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";

/** Lists of what is let through that the change adds something to which undoes them. */
export const widenedAllowlist: ChangeDetector = {
  kind: "change",
  name: "widened-allowlist",
  prepare: () => ({
    concerns: ({ added }) => KINDS.some(({ undoes }) => new RegExp(undoes.source.slice(1, -1), "i").test(added)),
    detect,
  }),
};

interface ListKind {
  /** How the list is called, or what is looked up in it. */
  readonly name: RegExp;
  readonly undoes: RegExp;
  /** In words, what such an entry lets somebody do. */
  readonly lets: string;
}

const KINDS: readonly ListKind[] = [
  {
    name: /ext(?:ension)?s?(?:$|_)|suffix|file_?types?|upload|^allowed(?:_files?)?$/i,
    undoes: /^\.?(?:html?|xhtml|svg|mjs|js|php\d?|phtml|jspx?|aspx?|cgi|pl|sh|bat|cmd|ps1|exe|dll|jar|hta|swf)$/i,
    lets: "a browser or a server runs such a file",
  },
  {
    name: /mime|content_?types?|media_?types?|upload/i,
    undoes: /^(?:text\/html|application\/xhtml\+xml|image\/svg(?:\+xml)?|(?:text|application)\/javascript)$/i,
    lets: "a browser runs such a file",
  },
  {
    name: /tags?(?:$|_)/i,
    undoes: /^(?:script|iframe|object|embed|style|form|base|meta|link|svg|math)$/i,
    lets: "scripts, frames or forms of others get into the page",
  },
  { name: /attr/i, undoes: /^(?:on\w+|style|srcdoc)$/i, lets: "scripts of others get into the page" },
  {
    name: /scheme|protocol/i,
    undoes: /^(?:javascript|data|vbscript|file)$/i,
    lets: "an address runs code or reads a file",
  },
  {
    name: /csp_(?:script|default|object|style)_src|(?:script|default|object)[-_]src|content[-_]security[-_]policy/i,
    undoes: /^(?:\*|'unsafe-inline'|'unsafe-eval'|data:|https?:)$/i,
    lets: "scripts that do not belong to the page are run in it",
  },
  {
    name: /^csrf_trusted_origins$/i,
    undoes: /^(?:http:\/\/.*|https:\/\/\*.*)$/i,
    lets: "pages of hosts that nobody named may send forms",
  },
  {
    name: /roles?$|groups?$/i,
    undoes: /^(?:admin(?:istrator)?|root|superuser|owner|staff)$/i,
    lets: "somebody may ask for that one",
  },
  {
    name: /^(?:allowed|permitted|trusted|safe)_|allow_?list|white_?list/i,
    undoes: /^(?:\*|\.\*)$/,
    lets: "everything is let through",
  },
];

/** Other rules look at these, in new settings as well. */
const OTHERS = /hosts?$|cors|allow_(?:origins|methods|headers)|algorithms?$/i;

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  if (isDevelopmentPath(head.path)) return;
  const then = listsIn(base);
  for (const [key, after] of listsIn(head)) {
    const before = then.get(key);
    const kind = KINDS.find(({ name }) => name.test(after?.name ?? ""));
    if (before === undefined || after === undefined || kind === undefined || OTHERS.test(after.name)) continue;
    const known = new Set(before.entries);
    const gained = after.entries.find((entry) => !known.has(entry) && kind.undoes.test(entry));
    if (gained === undefined || before.entries.some((entry) => kind.undoes.test(entry))) continue;
    yield { node: after.node, fields: { list: after.name, entry: gained, lets: kind.lets } };
  }
}

interface List {
  readonly name: string;
  readonly node: number;
  readonly entries: readonly string[];
}

/** By scope and name; undefined where a name has more than one. */
function listsIn(facts: ModuleFacts): ReadonlyMap<string, List | undefined> {
  const found = new Map<string, List | undefined>();
  const { syntax } = facts;
  const add = (name: string, node: number, form: (entry: string) => string = (entry) => entry) => {
    const entries = entriesOf(facts, node, name)?.map(form);
    if (entries === undefined) return;
    const key = `${facts.scopeOf(node)} ${name}`;
    found.set(key, found.has(key) ? undefined : { name, node, entries });
  };
  for (const { how, lastName, value } of namedValues(syntax)) if (how !== "compared") add(lastName, value);
  for (const node of nodesOfKind(syntax, Kind.comparison_operator)) {
    const [left = NONE, right = NONE, ...others] = operands(syntax, node);
    if (left !== NONE && right !== NONE && others.length === 0 && / in /.test(textOf(syntax, node)))
      add(textOf(syntax, left), right);
  }
  for (const { node, name, args } of facts.calls)
    if (/FileExtensionValidator$/.test(name) && args[0] !== undefined && facts.scopeOf(node) !== undefined)
      add(`${name} extensions`, args[0].node);
  for (const { name, args } of facts.calls) {
    const [begins] = args;
    if (!name.endsWith(".startswith") || begins === undefined) continue;
    // `url.startswith(("http://", "https://"))`: what an address begins with is its scheme.
    const isOfSchemes = entriesOf(facts, begins.node, name)?.every((entry) => SCHEME.test(entry)) === true;
    if (isOfSchemes)
      add(`${name.slice(0, -".startswith".length)} scheme`, begins.node, (entry) => entry.replace(/:.*$/s, ""));
  }
  return found;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:(?:\/\/)?$/i;

const COLLECTIONS: ReadonlySet<number> = new Set([Kind.list, Kind.tuple, Kind.set]);

/** The texts of a collection, of `frozenset([…])`, and of a policy in one text; undefined of what holds anything else. */
function entriesOf({ syntax }: ModuleFacts, node: number, name: string): readonly string[] | undefined {
  if (syntax.kind[node] === Kind.call) {
    const made = /^(?:frozen)?set$|^tuple$|^list$/.test(textOf(syntax, childByField(syntax, node, Field.function)));
    const [first] = namedChildren(syntax, childByField(syntax, node, Field.arguments));
    return made && first !== undefined ? entriesOf({ syntax } as ModuleFacts, first, name) : undefined;
  }
  const text = literalText(syntax, node);
  if (text !== undefined) return /security[-_]policy|_src$|-src$/i.test(name) ? text.split(/[\s;]+/) : undefined;
  if (!COLLECTIONS.has(syntax.kind[node])) return undefined;
  const entries = namedChildren(syntax, node).map((entry) => literalText(syntax, entry));
  return entries.every((entry) => entry !== undefined) && entries.length > 0 ? entries : undefined;
}
