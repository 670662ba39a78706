import { canonicalizer } from "./canonical-paths.ts";
import type { CleanerModel, EntryModel, GuardModel, Model, RemovalModel, SinkModel, SourceModel } from "./model.ts";
import { compileVocabulary, type Vocabulary } from "./vocabulary.ts";

export interface CompiledSink extends Omit<SinkModel, "at"> {
  readonly bit: number;
}

export interface CompiledSource extends Omit<SourceModel, "at"> {
  readonly bit: number;
}

export interface CompiledGuard extends Omit<GuardModel, "at" | "neutralizes"> {
  readonly mask: number;
}

export interface NamedSource {
  readonly bit: number;
  readonly text: string;
  /** Kinds that it is of interest for. */
  readonly reaches: number;
}

export type NamedWords = NamedSource & {
  readonly phrases: readonly (readonly string[])[];
  readonly unless: readonly string[];
};

export type RemovalWords = RemovalModel & { readonly bits: number };
export type CleanerWords = CleanerModel & { readonly mask: number };

/** Keys with their values: a map is made of it faster than of an object. */
type Table<Value> = readonly (readonly [string, Value])[];

/**
 * What models say, by canonical path. Plain data: the build works it out for the models that come along, and a process reads it. A
 * number in a table is a place in the list of all.
 */
export interface ModelTables {
  readonly aliases: Table<string>;
  readonly bases: Table<readonly string[]>;
  /** Names of variables: the class that one of this name usually holds. */
  readonly variables: Table<string>;
  readonly items: Table<readonly string[]>;
  /** Objects that an application keeps others on. */
  readonly holders: readonly string[];
  readonly sources: { readonly all: readonly CompiledSource[]; readonly at: Table<number> };
  readonly sinks: { readonly all: readonly CompiledSink[]; readonly at: Table<readonly number[]> };
  readonly sanitizers: Table<number>;
  readonly members: Table<readonly { readonly of: readonly string[]; readonly mask: number }[]>;
  readonly guards: Table<CompiledGuard>;
  readonly texts: readonly string[];
  readonly opaque: readonly string[];
  readonly noreturn: readonly string[];
  readonly streams: readonly string[];
  readonly entries: readonly EntryModel[];
  readonly decorators: Table<number>;
  readonly entryBases: Table<number>;
  readonly functions: Table<number>;
  readonly shapes: Table<number>;
  readonly signatures: readonly number[];
  readonly baseEndings: readonly (readonly [string, number])[];
  /** Top-level packages that the models describe. */
  readonly libraries: readonly string[];
  readonly named: readonly NamedWords[];
  readonly removals: readonly RemovalWords[];
  readonly cleaners: readonly CleanerWords[];
}

/** What a repository says of a path takes the place of nothing that is known of it already. */
export function tableModels(vocabulary: Vocabulary, models: readonly Model[]): ModelTables {
  const { labels, kinds, kindMask } = compileVocabulary(vocabulary);
  const names = tableNames(models);
  const canonical = canonicalizer(names.aliases);
  const items = new Map<string, readonly string[]>();
  for (const model of models)
    for (const [object, own] of Object.entries(model.items)) items.set(canonical(object), own);
  const sources: CompiledSource[] = [];
  const sourceAt = new Map<string, number>();
  const sinks: CompiledSink[] = [];
  const sinksAt = new Map<string, number[]>();
  const sanitizers = new Map<string, number>();
  const members = new Map<string, { of: readonly string[]; mask: number }[]>();
  const guards = new Map<string, CompiledGuard>();
  const entries: EntryModel[] = [];
  const decorators = new Map<string, number>();
  const entryBases = new Map<string, number>();
  const functions = new Map<string, number>();
  const shapes = new Map<string, number>();
  const signatures: number[] = [];
  const baseEndings: [string, number][] = [];
  const put = <Of>(map: Map<string, Of>, path: string, value: Of, { isOwn = false }: Model) => {
    if (!isOwn || !map.has(path)) map.set(path, value);
  };
  const add = (model: Model) => {
    for (const { at, ...source } of model.sources) {
      const index = sources.push({ ...source, bit: labels.bit(source.yields) }) - 1;
      for (const path of at) put(sourceAt, canonical(path), index, model);
    }
    for (const { at, ...sink } of model.sinks) {
      const index = sinks.push({ ...sink, bit: kinds.bit(sink.feeds) }) - 1;
      for (const path of at) push(sinksAt, canonical(path), index);
    }
    for (const { at, neutralizes } of model.sanitizers) {
      for (const path of at.map(canonical)) sanitizers.set(path, (sanitizers.get(path) ?? 0) | kindMask(neutralizes));
    }
    for (const { named, of, neutralizes } of model.members) {
      for (const name of named) push(members, name, { of, mask: kindMask(neutralizes) });
    }
    for (const { at, neutralizes, position, keyword } of model.guards) {
      for (const path of at) put(guards, canonical(path), { mask: kindMask(neutralizes), position, keyword }, model);
    }
    for (const entry of model.entries) {
      const index = entries.push(entry) - 1;
      for (const path of [...entry.decorators, ...entry.registrations]) put(decorators, canonical(path), index, model);
      for (const module of entry.shape?.modules ?? []) put(shapes, `${module}(${entry.shape?.first})`, index, model);
      for (const path of entry.bases) put(entryBases, canonical(path), index, model);
      for (const ending of entry.baseEndings) baseEndings.push([ending, index]);
      if (entry.signature.length > 0) signatures.push(index);
      for (const name of entry.functions) put(functions, name, index, model);
    }
  };
  const pathsOf = (of: "propagators" | "texts" | "opaque" | "noreturn" | "streams", among = models) => [
    ...new Set(among.flatMap((model) => model[of].map(canonical))),
  ];
  const shipped = models.filter((model) => model.isOwn !== true);
  for (const model of shipped) add(model);
  // What is said of a project's own package does not make it a library: its code is followed all the same.
  const described = [
    ...[names.aliases, sourceAt, sinksAt, sanitizers, guards, decorators, entryBases].flatMap((map) => [...map.keys()]),
    ...pathsOf("propagators", shipped),
    ...pathsOf("texts", shipped),
    ...pathsOf("opaque", shipped),
  ];
  for (const model of models) if (model.isOwn === true) add(model);
  return {
    aliases: [...names.aliases],
    bases: [...names.bases],
    variables: [...names.variables],
    items: [...items],
    holders: [...new Set(models.flatMap((model) => model.holders.map(canonical)))],
    sources: { all: sources, at: [...sourceAt] },
    sinks: { all: sinks, at: [...sinksAt] },
    sanitizers: [...sanitizers],
    members: [...members],
    guards: [...guards],
    texts: pathsOf("texts"),
    opaque: pathsOf("opaque"),
    noreturn: pathsOf("noreturn"),
    streams: pathsOf("streams"),
    entries,
    decorators: [...decorators],
    entryBases: [...entryBases],
    functions: [...functions],
    shapes: [...shapes],
    signatures,
    baseEndings,
    libraries: [...new Set(described.map(topOf))],
    named: models.flatMap(({ named }) =>
      named.map((one) => ({ ...one, bit: labels.bit(one.yields), reaches: kindMask(one.reaches) })),
    ),
    cleaners: models.flatMap(({ cleaners }) => cleaners.map((one) => ({ ...one, mask: kindMask(one.neutralizes) }))),
    removals: models.flatMap(({ removals }) => removals.map((one) => ({ ...one, bits: labels.mask(one.removes) }))),
  };
}

/** What names stand for: other spellings of a path, the bases of a class, the class of a variable. */
function tableNames(models: readonly Model[]) {
  const aliases = new Map<string, string>();
  const bases = new Map<string, string[]>();
  const variables = new Map<string, string>();
  for (const { isOwn = false, ...model } of models) {
    const alias = (path: string, target: string) => {
      if (!isOwn || !aliases.has(path)) aliases.set(path, target);
    };
    for (const [path, target] of Object.entries(model.aliases)) alias(path, target);
    for (const [name, producers] of Object.entries(model.types)) {
      for (const producer of producers) if (producer !== `${name}()`) alias(producer, `${name}()`);
    }
    for (const [name, of] of Object.entries(model.extends)) for (const base of of) push(bases, name, base);
    for (const [name, named] of Object.entries(model.names)) for (const one of named) variables.set(one, name);
  }
  return { aliases, bases, variables };
}

function push<Of>(map: Map<string, Of[]>, key: string, value: Of): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** `flask` of `flask.request`; nothing of a name that stands alone, such as a built-in's. */
function topOf(path: string): string {
  return /^(\w+)\./.exec(path)?.[1] ?? "";
}
