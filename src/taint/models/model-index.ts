import { nameWords } from "../../text/name-words.ts";
import { BitNames } from "../values/labels.ts";
import { canonicalizer, MOST_PATHS } from "./canonical-paths.ts";
import type { EntryModel, Model, SinkModel, SourceModel } from "./model.ts";
import { NameModels } from "./name-models.ts";

/** The labels and sink kinds that models and rules share: `rules/models/kinds.yml`. */
export interface Vocabulary {
  readonly labels: readonly string[];
  /** Group → kinds; a group's name stands for all of its kinds. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
  /** Kinds of their own for rules, for which the same is harmless as for another: `remote-command: command`. */
  readonly shared: Readonly<Record<string, string>>;
  /** Kind → what its sinks do with the value, in words for the last step of a trace: "runs it as SQL". */
  readonly does: Readonly<Record<string, string>>;
}

export interface CompiledSink extends SinkModel {
  readonly bit: number;
}

export interface NamedSource {
  readonly bit: number;
  readonly text: string;
  /** Kinds that it is of interest for. */
  readonly reaches: number;
}

/** All models as tables by canonical API path, built once for all files. */
export interface ModelIndex {
  readonly labels: BitNames;
  readonly kinds: BitNames;
  /** What a sink of the kind does with the value, in words. */
  does(kind: string): string;
  /** Bits of kinds and groups. */
  kindMask(names: readonly string[]): number;
  /** The path under which the models know it: aliases, factories and `types` resolved. */
  canonical(path: string): string;
  /** An instance path and those of its class's bases: `["flask.views.MethodView()"]`. */
  withBases(path: string): readonly string[];
  /** The paths of a member (`.name`, `()`, `[]`) of a path, canonical, with those that its bases give it; at most 4. */
  members(path: string, member: string): readonly string[];
  source(path: string): (SourceModel & { readonly bit: number }) | undefined;
  sinks(path: string): readonly CompiledSink[];
  /** Kinds that the call or attribute is harmless for; 0 for none. */
  sanitizes(path: string): number;
  /** Kinds that an attribute or method of this name is harmless for, of an object that is written so; 0 for none. */
  sanitizesMember(name: string, object: string): number;
  guard(path: string): { readonly mask: number; readonly position: number } | undefined;
  isPropagator(path: string): boolean;
  isOpaque(path: string): boolean;
  isNoreturn(path: string): boolean;
  /** What a name says of its value: `db_password`. */
  named(name: string): NamedSource | undefined;
  /** Labels that names give. */
  readonly namedLabels: number;
  /** Labels that the result of a function of this name has no more: `mask_token`. */
  removedByName(name: string): number;
  /** The class that a variable of this name usually holds. */
  classOfName(name: string): string | undefined;
  isStream(path: string): boolean;
  /** Whether an attribute of the object at the path is an item of it. */
  isItem(path: string, attribute: string): boolean;
  /** Whether it is kept on an object that a library has for what is the application's own: `flask.g.db`. */
  isHeld(path: string): boolean;
  /** Whether models describe the top-level package: they know it better than its own code tells. */
  isLibrary(name: string): boolean;
  entryByDecorator(path: string): EntryModel | undefined;
  entryByBase(path: string): EntryModel | undefined;
  entryByFunction(name: string): EntryModel | undefined;
  entryByShape(module: string, firstParameter: string): EntryModel | undefined;
  readonly entriesBySignature: readonly EntryModel[];
}

export function compileModels(vocabulary: Vocabulary, models: readonly Model[]): ModelIndex {
  const labels = new BitNames(vocabulary.labels);
  const kinds = new BitNames(Object.values(vocabulary.kinds).flat(), vocabulary.shared);
  const groups = new Map(Object.entries(vocabulary.kinds).map(([group, names]) => [group, kinds.mask(names)]));
  const kindMask = (names: readonly string[]) =>
    names.reduce((mask, name) => mask | (groups.get(name) ?? kinds.bit(name)), 0);

  const aliases = new Map<string, string>();
  const bases = new Map<string, string[]>();
  const names = new Map<string, string>();
  const items = new Map<string, ReadonlySet<string>>();
  for (const model of models) {
    const { isOwn = false } = model;
    const alias = (path: string, target: string) => {
      if (!isOwn || !aliases.has(path)) aliases.set(path, target);
    };
    for (const [path, target] of Object.entries(model.aliases)) alias(path, target);
    for (const [name, producers] of Object.entries(model.types)) {
      for (const producer of producers) if (producer !== `${name}()`) alias(producer, `${name}()`);
    }
    for (const [name, of] of Object.entries(model.extends)) bases.set(name, [...(bases.get(name) ?? []), ...of]);
    for (const [name, variables] of Object.entries(model.names)) {
      for (const variable of variables) names.set(variable, name);
    }
  }
  const canonical = canonicalizer(aliases);
  for (const model of models) {
    for (const [object, own] of Object.entries(model.items)) items.set(canonical(object), new Set(own));
  }

  const holders = [...new Set(models.flatMap((model) => model.holders.map(canonical)))];

  const sources = new Map<string, SourceModel & { bit: number }>();
  const sinks = new Map<string, CompiledSink[]>();
  const sanitizers = new Map<string, number>();
  const members = new Map<string, { of: readonly string[]; mask: number }[]>();
  const guards = new Map<string, { mask: number; position: number }>();
  const propagators = new Set<string>();
  const opaque = new Set<string>();
  const noreturn = new Set<string>();
  const streams = new Set<string>();
  const decorators = new Map<string, EntryModel>();
  const entryBases = new Map<string, EntryModel>();
  const functions = new Map<string, EntryModel>();
  const shapes = new Map<string, EntryModel>();
  const signatures: EntryModel[] = [];
  const baseEndings: [string, EntryModel][] = [];
  const addTo = <Value>(map: Map<string, Value>, path: string, value: Value, { isOwn = false }: Model) => {
    if (!isOwn || !map.has(path)) map.set(path, value);
  };
  const add = (model: Model) => {
    for (const source of model.sources) {
      for (const at of source.at) addTo(sources, canonical(at), { ...source, bit: labels.bit(source.yields) }, model);
    }
    for (const sink of model.sinks) {
      const compiled = { ...sink, bit: kinds.bit(sink.feeds) };
      for (const at of sink.at) sinks.set(canonical(at), [...(sinks.get(canonical(at)) ?? []), compiled]);
    }
    for (const { at, neutralizes } of model.sanitizers) {
      for (const path of at) {
        sanitizers.set(canonical(path), (sanitizers.get(canonical(path)) ?? 0) | kindMask(neutralizes));
      }
    }
    for (const { named, of, neutralizes } of model.members) {
      for (const name of named) members.set(name, [...(members.get(name) ?? []), { of, mask: kindMask(neutralizes) }]);
    }
    for (const { at, neutralizes, position } of model.guards) {
      for (const path of at) addTo(guards, canonical(path), { mask: kindMask(neutralizes), position }, model);
    }
    for (const path of model.propagators) propagators.add(canonical(path));
    for (const path of model.opaque) opaque.add(canonical(path));
    for (const path of model.noreturn) noreturn.add(canonical(path));
    for (const path of model.streams) streams.add(canonical(path));
    for (const entry of model.entries) {
      for (const path of [...entry.decorators, ...entry.registrations])
        addTo(decorators, canonical(path), entry, model);
      for (const module of entry.shape?.modules ?? []) addTo(shapes, `${module}(${entry.shape?.first})`, entry, model);
      for (const path of entry.bases) addTo(entryBases, canonical(path), entry, model);
      for (const ending of entry.baseEndings) baseEndings.push([ending, entry]);
      if (entry.signature.length > 0) signatures.push(entry);
      for (const name of entry.functions) addTo(functions, name, entry, model);
    }
  };
  for (const model of models) if (model.isOwn !== true) add(model);
  const described = [aliases, sources, sinks, sanitizers, guards, propagators, opaque, decorators, entryBases];
  const libraries = new Set(described.flatMap((paths) => [...paths.keys()].map(topOf)));
  // What is said of a project's own package does not make it a library: its code is followed all the same.
  for (const model of models) if (model.isOwn === true) add(model);
  const none: readonly CompiledSink[] = [];
  const named = new NameModels(
    models.flatMap(({ named }) =>
      named.map((one) => ({ ...one, bit: labels.bit(one.yields), reaches: kindMask(one.reaches) })),
    ),
    models.flatMap(({ removals }) => removals.map((one) => ({ ...one, bits: labels.mask(one.removes) }))),
  );
  const lineages = new Map<string, readonly string[]>();
  const membersByPath = new Map<string, Map<string, readonly string[]>>();
  let keptMembers = 0;
  return {
    labels,
    does: (kind) => vocabulary.does[kind] ?? "uses it",
    kinds,
    kindMask,
    canonical,
    withBases(path) {
      let lineage = lineages.get(path);
      if (lineage === undefined) {
        if (lineages.size >= MOST_PATHS) lineages.clear();
        lineage = path.endsWith("()") ? instanceLineage(path.slice(0, -2), bases, canonical) : [path];
        lineages.set(path, lineage);
      }
      return lineage;
    },
    members(path, member) {
      const known = membersByPath.get(path)?.get(member);
      if (known !== undefined) return known;
      if (++keptMembers > MOST_PATHS) {
        membersByPath.clear();
        keptMembers = 1;
      }
      const name = member.startsWith(".") ? member.slice(1) : undefined;
      const full = new Set(
        this.withBases(path).map((base) => {
          const isItem = name !== undefined && this.isItem(base, name);
          return canonical(base + (isItem ? "[]" : member));
        }),
      );
      const found = [...full].filter(({ length }) => length < MAX_PATH_LENGTH).slice(0, 4);
      const others = membersByPath.get(path) ?? new Map<string, readonly string[]>();
      membersByPath.set(path, others.set(member, found));
      return found;
    },
    source: (path) => sources.get(path),
    sinks: (path) => sinks.get(path) ?? none,
    sanitizes: (path) => sanitizers.get(path) ?? 0,
    sanitizesMember(name, object) {
      const known = members.get(name);
      if (known === undefined) return 0;
      const last = nameWords(/(\w+)(?:\([^()]*\))?$/.exec(object)?.[1] ?? "").at(-1) ?? "";
      return known.reduce((mask, { of, mask: more }) => (of.length === 0 || of.includes(last) ? mask | more : mask), 0);
    },
    guard: (path) => guards.get(path),
    isPropagator: (path) => propagators.has(path),
    isOpaque: (path) => opaque.has(path),
    isNoreturn: (path) => noreturn.has(path),
    named: (name) => named.source(name),
    namedLabels: labels.mask(models.flatMap((model) => model.named.map((one) => one.yields))),
    removedByName: (name) => named.removed(name),
    classOfName: (name) => names.get(name),
    isStream: (path) => streams.has(path),
    isItem: (path, attribute) => items.get(path)?.has(attribute) === false,
    isHeld: (path) => holders.some((holder) => path.startsWith(holder) && /^[.[]/.test(path.slice(holder.length))),
    isLibrary: (name) => libraries.has(name),
    entryByDecorator: (path) => decorators.get(path),
    entryByBase: (path) => entryBases.get(path) ?? baseEndings.find(([ending]) => path.endsWith(ending))?.[1],
    entryByFunction: (name) => functions.get(name),
    entriesBySignature: signatures,
    entryByShape: (module, first) => shapes.get(`${module}(${first})`),
  };
}

/** A loop that appends to a path would never end; no library's path is longer. */
const MAX_PATH_LENGTH = 160;

/** `flask` of `flask.request`; nothing of a name that stands alone, such as a built-in's. */
function topOf(path: string): string {
  return /^(\w+)\./.exec(path)?.[1] ?? "";
}

function instanceLineage(
  name: string,
  bases: ReadonlyMap<string, readonly string[]>,
  canonical: (path: string) => string,
): readonly string[] {
  const lineage = [`${name}()`];
  const pending = [...(bases.get(name) ?? [])];
  while (pending.length > 0 && lineage.length < 4) {
    const base = canonical(pending.shift() as string);
    if (lineage.includes(`${base}()`)) continue;
    lineage.push(`${base}()`);
    pending.push(...(bases.get(base) ?? []));
  }
  return lineage;
}
