import { nameWords } from "../../text/name-words.ts";
import type { BitNames } from "../values/labels.ts";
import { canonicalizer, MOST_PATHS } from "./canonical-paths.ts";
import type { EntryModel, Model } from "./model.ts";
import {
  type CompiledGuard,
  type CompiledSink,
  type CompiledSource,
  type ModelTables,
  type NamedSource,
  tableModels,
} from "./model-tables.ts";
import { NameModels } from "./name-models.ts";
import { compileVocabulary, type Vocabulary } from "./vocabulary.ts";

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
  source(path: string): CompiledSource | undefined;
  sinks(path: string): readonly CompiledSink[];
  /** Kinds that the call or attribute is harmless for; 0 for none. */
  sanitizes(path: string): number;
  /** Kinds that an attribute or method of this name is harmless for, of an object that is written so; 0 for none. */
  sanitizesMember(name: string, object: string): number;
  guard(path: string): CompiledGuard | undefined;
  /** Whether a call of it gives a text made of what it is given. */
  givesText(path: string): boolean;
  isOpaque(path: string): boolean;
  isNoreturn(path: string): boolean;
  /** What a name says of its value: `db_password`. */
  named(name: string): NamedSource | undefined;
  /** Labels that names give. */
  readonly namedLabels: number;
  /** Labels that the result of a function of this name has no more: `mask_token`. */
  removedByName(name: string): number;
  /** Kinds that the result of a function of which nothing but this name is known is harmless for: `sanitize_filename`. */
  cleanedByName(name: string): number;
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
  return indexModels(vocabulary, tableModels(vocabulary, models));
}

/** The tables of models, as they were written for the same vocabulary, ready to be asked. */
export function indexModels(vocabulary: Vocabulary, tables: ModelTables): ModelIndex {
  const { labels, kinds, kindMask } = compileVocabulary(vocabulary);
  const canonical = canonicalizer(new Map(tables.aliases));
  const bases = new Map(tables.bases);
  const variables = new Map(tables.variables);
  const items = new Map(tables.items);
  const sources = new Map(tables.sources.at);
  const sinks = new Map(tables.sinks.at);
  const compiledSinks = new Map<readonly number[], readonly CompiledSink[]>();
  const sanitizers = new Map(tables.sanitizers);
  const members = new Map(tables.members);
  const guards = new Map(tables.guards);
  const texts = new Set(tables.texts);
  const opaque = new Set(tables.opaque);
  const noreturn = new Set(tables.noreturn);
  const streams = new Set(tables.streams);
  const entryOf = (at: ReadonlyMap<string, number>, key: string) => itemAt(tables.entries, at.get(key));
  const decorators = new Map(tables.decorators);
  const entryBases = new Map(tables.entryBases);
  const functions = new Map(tables.functions);
  const shapes = new Map(tables.shapes);
  const libraries = new Set(tables.libraries);
  const named = new NameModels(tables.named, tables.removals, tables.cleaners);
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
    source: (path) => itemAt(tables.sources.all, sources.get(path)),
    sinks(path) {
      const at = sinks.get(path);
      if (at === undefined) return NO_SINKS;
      let found = compiledSinks.get(at);
      if (found === undefined) {
        found = at.map((index) => tables.sinks.all[index]);
        compiledSinks.set(at, found);
      }
      return found;
    },
    sanitizes: (path) => sanitizers.get(path) ?? 0,
    sanitizesMember(name, object) {
      const known = members.get(name);
      if (known === undefined) return 0;
      const last = nameWords(/(\w+)(?:\([^()]*\))?$/.exec(object)?.[1] ?? "").at(-1) ?? "";
      return known.reduce((mask, { of, mask: more }) => (of.length === 0 || of.includes(last) ? mask | more : mask), 0);
    },
    guard: (path) => guards.get(path),
    givesText: (path) => texts.has(path),
    isOpaque: (path) => opaque.has(path),
    isNoreturn: (path) => noreturn.has(path),
    named: (name) => named.source(name),
    namedLabels: tables.named.reduce((mask, { bit }) => mask | bit, 0),
    removedByName: (name) => named.removed(name),
    cleanedByName: (name) => named.cleaned(name),
    classOfName: (name) => variables.get(name),
    isStream: (path) => streams.has(path),
    isItem: (path, attribute) => items.get(path)?.includes(attribute) === false,
    isHeld: (path) =>
      tables.holders.some((holder) => path.startsWith(holder) && /^[.[]/.test(path.slice(holder.length))),
    isLibrary: (name) => libraries.has(name),
    entryByDecorator: (path) => entryOf(decorators, path),
    entryByBase: (path) =>
      entryOf(entryBases, path) ??
      itemAt(tables.entries, tables.baseEndings.find(([ending]) => path.endsWith(ending))?.[1]),
    entryByFunction: (name) => entryOf(functions, name),
    entriesBySignature: tables.signatures.map((index) => tables.entries[index]),
    entryByShape: (module, first) => entryOf(shapes, `${module}(${first})`),
  };
}

/** A loop that appends to a path would never end; no library's path is longer. */
const MAX_PATH_LENGTH = 160;

const NO_SINKS: readonly CompiledSink[] = [];

function itemAt<Item>(items: readonly Item[], place: number | undefined): Item | undefined {
  return place === undefined ? undefined : items[place];
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
