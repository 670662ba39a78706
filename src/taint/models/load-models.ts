import { parse, YAMLParseError } from "yaml";
import type { z } from "zod";
import type { Model } from "./model.ts";
import { modelSchema, vocabularySchema } from "./model-schema.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** A file of `rules/models` as it is stored. */
export interface ModelFile {
  readonly path: string;
  readonly text: string;
}

export interface LoadedModels {
  readonly vocabulary: Vocabulary;
  readonly models: readonly Model[];
}

/** What is wrong with a file, each with the key it is wrong at: `sinks[2].feeds: unknown kind "sqll"`. */
export class ModelFileError extends Error {
  readonly path: string;
  readonly problems: readonly string[];

  constructor(path: string, problems: readonly string[]) {
    super(problems.map((problem) => `${path}: ${problem}`).join("\n"));
    this.name = "ModelFileError";
    this.path = path;
    this.problems = problems;
  }
}

/**
 * Reads the vocabulary (`kinds.yml`) and all models. Every label and kind that a model names has to be in the vocabulary:
 * a misspelled one would be silence, not an error, later on.
 */
export function loadModels(files: readonly ModelFile[]): LoadedModels {
  const isVocabulary = ({ path }: ModelFile) => path.split("/").at(-1) === "kinds.yml";
  const vocabularyFile = files.find(isVocabulary);
  if (vocabularyFile === undefined) throw new ModelFileError("kinds.yml", ["is missing among the models"]);
  const vocabulary = loadVocabulary(vocabularyFile);
  const models = files.filter((file) => !isVocabulary(file)).map((file) => loadModel(file, vocabulary));
  return { vocabulary, models };
}

export function loadVocabulary(file: ModelFile): Vocabulary {
  return read(vocabularySchema, file);
}

export function loadModel(file: ModelFile, vocabulary: Vocabulary): Model {
  const model = read(modelSchema, file);
  const problems = unknownWords(model, vocabulary);
  if (problems.length > 0) throw new ModelFileError(file.path, problems);
  return model;
}

function read<T>(schema: z.ZodType<T>, { path, text }: ModelFile): T {
  const result = schema.safeParse(parseYaml(path, text));
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${keyOf(issue.path)}${issue.message}`);
  throw new ModelFileError(path, problems);
}

function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new ModelFileError(path, [error.message]);
    throw error;
  }
}

/** `sinks[2].argument: `, or nothing for the file as a whole. */
function keyOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "";
  const written = path.map((part, index) => {
    if (typeof part === "number") return `[${part}]`;
    return index === 0 ? String(part) : `.${String(part)}`;
  });
  return `${written.join("")}: `;
}

/** Labels and kinds that a model names and nobody knows, each with the key it stands at. */
export function unknownWords(model: Model, vocabulary: Vocabulary): string[] {
  const kinds = [...Object.values(vocabulary.kinds).flat(), ...Object.keys(vocabulary.shared)];
  const known: Readonly<Record<Use["of"], ReadonlySet<string>>> = {
    label: new Set(vocabulary.labels),
    kind: new Set(kinds),
    "kind or group": new Set([...kinds, ...Object.keys(vocabulary.kinds)]),
  };
  return [...usesOf(model)]
    .filter(({ of, word }) => !known[of].has(word))
    .map(({ key, of, word }) => `${key}: unknown ${of} "${word}"`);
}

interface Use {
  readonly key: string;
  readonly of: "label" | "kind" | "kind or group";
  readonly word: string;
}

/** Every label and kind that a model names, with the key it stands at. */
function* usesOf(model: Model): Iterable<Use> {
  const { sources, sinks, sanitizers, members, guards, entries, named, removals, cleaners } = model;
  for (const [index, { yields, reaches }] of named.entries()) {
    yield { key: `named[${index}].yields`, of: "label", word: yields };
    for (const word of reaches) yield { key: `named[${index}].reaches`, of: "kind or group", word };
  }
  for (const [index, { removes }] of removals.entries()) {
    for (const word of removes) yield { key: `removals[${index}].removes`, of: "label", word };
  }
  for (const [index, { neutralizes }] of cleaners.entries()) {
    for (const word of neutralizes) yield { key: `cleaners[${index}].neutralizes`, of: "kind or group", word };
  }
  for (const [index, { yields }] of sources.entries())
    yield { key: `sources[${index}].yields`, of: "label", word: yields };
  for (const [index, { feeds }] of sinks.entries()) yield { key: `sinks[${index}].feeds`, of: "kind", word: feeds };
  for (const [index, { neutralizes }] of sanitizers.entries()) {
    for (const word of neutralizes) yield { key: `sanitizers[${index}].neutralizes`, of: "kind or group", word };
  }
  for (const [index, { neutralizes }] of members.entries()) {
    for (const word of neutralizes) yield { key: `members[${index}].neutralizes`, of: "kind or group", word };
  }
  for (const [index, { neutralizes }] of guards.entries()) {
    for (const word of neutralizes) yield { key: `guards[${index}].neutralizes`, of: "kind or group", word };
  }
  for (const [index, { parameters, returns, self }] of entries.entries()) {
    if (parameters !== undefined) yield { key: `entries[${index}].parameters`, of: "label", word: parameters };
    if (returns !== undefined) yield { key: `entries[${index}].returns`, of: "kind", word: returns };
    for (const [attribute, value] of Object.entries(self)) {
      const word = value.startsWith("label:") ? value.slice("label:".length) : undefined;
      if (word !== undefined) yield { key: `entries[${index}].self.${attribute}`, of: "label", word };
    }
  }
}
