import { z } from "zod";
import { expandBraces } from "./expand-braces.ts";
import type {
  CleanerModel,
  EntryModel,
  GuardModel,
  MemberModel,
  Model,
  ModelTest,
  NamedModel,
  RemovalModel,
  SanitizerModel,
  SinkModel,
  SinkPort,
  SourceModel,
} from "./model.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Names joined by `.`, with `()` for a result or an instance and `[]` or `[key]` for an element. */
const PATH = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\(\)|\[[^\][]*\])*$/;
/** A label, a kind or a group of kinds. */
const WORD = /^[a-z][a-z-]*$/;

const word = z.string().regex(WORD, "is not a name in lower case with hyphens");
const words = z.array(word).min(1);
const name = z.string().regex(/^[A-Za-z_]\w*$/, "is not a Python name");
const path = z.string().regex(PATH, "is not an API path");

/** One path or a list of them, each of which may hold `{a,b}`. */
const paths = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((given) => (typeof given === "string" ? [given] : given).flatMap(expandBraces))
  .pipe(z.array(path));

const keywords = z
  .union([name, z.array(name).min(1)])
  .transform((given): readonly string[] => (typeof given === "string" ? [given] : given));

const place = z.strictObject({ position: z.int().nonnegative().optional(), keyword: keywords.optional() });

const port = z
  .union([z.enum(["receiver", "each", "keywords", "assigned"]), z.strictObject({ from: z.int().nonnegative() }), place])
  .refine((given) => typeof given === "string" || "from" in given || isPlaced(given), "needs a position or a keyword")
  .transform((given): SinkPort => {
    if (typeof given === "string") return { kind: given };
    if ("from" in given) return { kind: "rest", from: given.from };
    const { position, keyword } = given;
    return { kind: "argument", ...(position === undefined ? {} : { position }), keywords: keyword ?? [] };
  });

const test = z
  .strictObject({
    ...place.shape,
    equals: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
    lacks: z.string().min(1).optional(),
    "is-path": paths.optional(),
    present: z.boolean().optional(),
  })
  .refine(isPlaced, "needs a position or a keyword")
  .refine((given) => countTests(given) === 1, "needs exactly one of equals, lacks, is-path and present")
  .transform((given): ModelTest => {
    const { keyword, "is-path": isPath, ...rest } = given;
    return { ...rest, keywords: keyword ?? [], ...(isPath === undefined ? {} : { isPath }) };
  });

const source = z
  .strictObject({
    yields: word,
    text: z.string().min(1),
    strings: z.boolean().default(false),
    begins: z.string().min(1).optional(),
    at: paths,
  })
  .transform(({ begins, ...rest }): SourceModel => ({ ...rest, ...(begins && { begins }) }));

const page = z.enum(["if-said", "unless-said"]);

const sink = z
  .strictObject({
    feeds: word,
    at: paths,
    argument: port,
    entry: z
      .string()
      .regex(/^[a-z-]+$/, "is not the name of a header in lower case")
      .optional(),
    form: z
      .enum([
        "any",
        "command-line",
        "shell-line",
        "arguments",
        "url",
        "text",
        "document",
        "search",
        "name",
        "number",
        "fields",
        "header-lines",
      ])
      .default("any"),
    when: z.array(test).default([]),
    unless: z.array(test).default([]),
    page: page.optional(),
    "unless-method": name.optional(),
  })
  .transform(
    ({ argument, entry, page, "unless-method": unlessMethod, ...rest }): SinkModel => ({
      ...rest,
      ...(page && { page }),
      port: argument,
      ...(entry && { entry }),
      ...(unlessMethod && { unlessMethod }),
    }),
  );

const sanitizer = z.strictObject({ at: paths, neutralizes: words }).transform((given): SanitizerModel => given);

const member = z
  .strictObject({ named: z.array(name).min(1), of: z.array(z.string()).default([]), neutralizes: words })
  .transform((given): MemberModel => given);

const guard = z
  .strictObject({
    at: paths,
    neutralizes: words,
    position: z.int().nonnegative().default(0),
    keyword: z.string().optional(),
  })
  .transform((given): GuardModel => given);

const entry = z
  .strictObject({
    decorators: paths.default([]),
    bases: paths.default([]),
    "base-endings": z.array(name).default([]),
    methods: z
      .array(z.string().regex(/^(?:[A-Za-z_]\w*)?\*?$/, "is no name, nor the beginning of one before `*`"))
      .default([]),
    prepare: z.array(name).default([]),
    functions: z.array(name).default([]),
    registrations: paths.default([]),
    handler: port.optional(),
    shape: z.strictObject({ modules: z.array(name).min(1), first: name }).optional(),
    signature: z.array(name).min(1).optional(),
    imports: z.array(path).default([]),
    parameters: word.optional(),
    returns: word.optional(),
    page: page.optional(),
    "method-returns": z.record(name, word).default({}),
    body: z.string().min(1).optional(),
    "returns-when": z.array(test).default([]),
    labelled: z.int().nonnegative().optional(),
    before: z.boolean().default(false),
    named: z.array(name).min(1).optional(),
    "parameter-types": z.record(z.string().regex(/^-1$|^\d+$/, "is not a position"), path).default({}),
    self: z
      .record(name, z.string().regex(/^label:[a-z-]+$|^[A-Za-z_][\w.]*$/, "is neither a class nor label:…"))
      .default({}),
  })
  .refine(
    ({ bases, methods, ...given }) => bases.length + given["base-endings"].length === 0 || methods.length > 0,
    "bases need methods",
  )
  .refine(
    ({ signature, imports }) => signature?.length !== 1 || imports.length > 0,
    "a signature of one name needs the imports of its modules",
  )
  .refine(hasTrigger, "needs decorators, bases, functions, registrations, a shape or a signature")
  .refine(
    ({ registrations, handler }) => registrations.length > 0 === (handler !== undefined),
    "registrations need a handler",
  )
  .transform(
    ({
      "parameter-types": parameterTypes,
      "returns-when": returnsWhen,
      "base-endings": baseEndings,
      "method-returns": methodReturns,
      handler,
      shape,
      named,
      page,
      signature = [],
      ...rest
    }): EntryModel => {
      const optional = { ...(named === undefined ? {} : { named }), ...(page && { page }) };
      return {
        ...rest,
        handler,
        shape,
        signature,
        parameterTypes,
        returnsWhen,
        baseEndings,
        methodReturns,
        ...optional,
      };
    },
  );

const lowerWord = z.string().regex(/^[a-z0-9]+$/, "is not a word in lower case");

const named = z
  .strictObject({
    yields: word,
    text: z.string().min(1),
    phrases: z.array(z.string().regex(/^[a-z0-9]+(?: [a-z0-9]+)*$/, "is not words in lower case")).min(1),
    unless: z.array(lowerWord).default([]),
    reaches: words,
  })
  .transform((given): NamedModel => ({ ...given, phrases: given.phrases.map((phrase) => phrase.split(" ")) }));

const removal = z
  .strictObject({ words: z.array(lowerWord).min(1), removes: words })
  .transform((given): RemovalModel => given);

const cleaner = z
  .strictObject({ words: z.array(lowerWord).min(1), with: z.array(lowerWord).default([]), neutralizes: words })
  .transform((given): CleanerModel => given);

/** Names → what is said of each; `{a,b}` in a name says the same of several. */
function byPath<T extends z.ZodType>(said: T) {
  return z
    .record(z.string(), said)
    .transform((given) =>
      Object.fromEntries(Object.entries(given).flatMap(([key, value]) => expandBraces(key).map((one) => [one, value]))),
    )
    .pipe(z.record(path, z.custom<z.output<T>>()));
}

/** One file of `rules/models`, in the spelling of its YAML, as the data that the analysis compiles. */
export const modelSchema = z
  .strictObject({
    package: z.string().min(1),
    aliases: byPath(path).default({}),
    types: byPath(paths).default({}),
    extends: byPath(paths).default({}),
    names: byPath(z.array(name).min(1)).default({}),
    items: byPath(z.array(name).min(1)).default({}),
    holders: paths.default([]),
    named: z.array(named).default([]),
    removals: z.array(removal).default([]),
    cleaners: z.array(cleaner).default([]),
    entries: z.array(entry).default([]),
    sources: z.array(source).default([]),
    sinks: z.array(sink).default([]),
    sanitizers: z.array(sanitizer).default([]),
    members: z.array(member).default([]),
    guards: z.array(guard).default([]),
    propagators: paths.default([]),
    texts: paths.default([]),
    opaque: paths.default([]),
    streams: paths.default([]),
    noreturn: paths.default([]),
  })
  .transform((given): Model => given);

/** `rules/models/kinds.yml`. A set of labels or kinds is one integer of 31 bits. */
export const vocabularySchema = z
  .strictObject({
    labels: words.max(31),
    kinds: z.record(word, words),
    shared: z.record(word, word).default({}),
    does: z.record(word, z.string().min(1)).default({}),
  })
  .refine(({ kinds, shared }) => Object.values(shared).every((kind) => Object.values(kinds).flat().includes(kind)), {
    path: ["shared"],
    message: "a kind that is none",
  })
  .refine(
    ({ kinds, shared, does }) =>
      Object.keys(does).every((kind) => [...Object.values(kinds).flat(), ...Object.keys(shared)].includes(kind)),
    { path: ["does"], message: "a kind that is none" },
  )
  .refine(({ kinds }) => Object.values(kinds).flat().length <= 31, { path: ["kinds"], message: "more than 31 kinds" })
  .transform((given): Vocabulary => given);

function isPlaced(given: { position?: number | undefined; keyword?: readonly string[] | undefined }): boolean {
  return given.position !== undefined || given.keyword !== undefined;
}

function countTests(given: Readonly<Record<string, unknown>>): number {
  return ["equals", "lacks", "is-path", "present"].filter((key) => given[key] !== undefined).length;
}

function hasTrigger(given: {
  readonly decorators: readonly string[];
  readonly bases: readonly string[];
  readonly functions: readonly string[];
  readonly registrations: readonly string[];
  readonly "base-endings": readonly string[];
  readonly shape?: unknown;
  readonly signature?: unknown;
}): boolean {
  const { decorators, bases, functions, registrations, shape, signature } = given;
  const named = [decorators, bases, functions, registrations, given["base-endings"]];
  return named.some((names) => names.length > 0) || shape !== undefined || signature !== undefined;
}
