import { valid } from "@renovatebot/pep440";
import { z } from "zod";
import type {
  ArgumentRef,
  ArgumentTest,
  Constant,
  FixChange,
  FixTemplate,
  Match,
  ValueTest,
  VersionTest,
} from "./rule.ts";

const constant = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const names = z.array(z.string().min(1)).min(1);

const argumentRef = z.strictObject({ position: z.int().nonnegative().optional(), keyword: z.string().optional() });

const valueTest = {
  equals: constant.optional(),
  "is-not": constant.optional(),
  "is-path": names.optional(),
  "is-not-path": names.optional(),
  "less-than": z.number().optional(),
  "greater-than": z.number().optional(),
  "one-of": z.array(constant).min(1).optional(),
  "starts-with": names.optional(),
  "ends-with": names.optional(),
  contains: names.optional(),
  absent: z.literal(true).optional(),
  present: z.literal(true).optional(),
  settled: z.string().min(1).optional(),
  is: z.enum(["constant", "constant-string", "not-constant", "literal", "truthy", "falsy"]).optional(),
};

const valueSchema = z.strictObject(valueTest).transform(toValueTest);

const whereSchema = z
  .strictObject({ ...argumentRef.shape, entry: z.string().min(1).optional(), ...valueTest })
  .transform(({ position, keyword, entry, ...test }, context): ArgumentTest => {
    if (position === undefined && keyword === undefined) {
      context.addIssue({ code: "custom", message: "needs a position or a keyword" });
    }
    const value = toValueTest(test, context);
    return { argument: toRef({ position, keyword }), ...(entry === undefined ? {} : { entry }), value };
  });

export const fixSchema = z
  .strictObject({
    title: z.string().min(3).max(80),
    applicability: z.enum(["safe", "unsafe"]),
    "replace-callee": z.string().optional(),
    "set-keyword": z.record(z.string(), z.string()).optional(),
    "set-missing-keywords": z.strictObject({}).optional(),
    "set-argument": z
      .strictObject({ position: z.int().nonnegative().optional(), keyword: z.string(), value: z.string() })
      .optional(),
    "replace-function": z.string().optional(),
    "compare-by": z.string().optional(),
    "remove-argument": argumentRef.optional(),
    "wrap-argument": argumentRef.extend({ with: z.string() }).optional(),
    "replace-value": z.string().optional(),
    "replace-scheme": z.strictObject({ from: z.string(), to: z.string() }).optional(),
    "replace-version": z.strictObject({}).optional(),
    "swap-decorators": z.strictObject({}).optional(),
    "bind-parameters": z.strictObject({ style: z.enum(["driver", "sqlalchemy-text"]) }).optional(),
  })
  .transform((given, context): FixTemplate => {
    const changes: FixChange[] = [];
    const callee = given["replace-callee"];
    if (callee !== undefined) changes.push({ kind: "replace-callee", with: callee });
    for (const [keyword, value] of Object.entries(given["set-keyword"] ?? {})) {
      changes.push({ kind: "set-keyword", keyword, value });
    }
    const argument = given["set-argument"];
    if (argument !== undefined) {
      const { value, keyword, ...place } = argument;
      changes.push({ kind: "set-argument", argument: { ...toRef(place), keyword }, value });
    }
    for (const kind of ["replace-function", "compare-by"] as const) {
      const text = given[kind];
      if (text !== undefined) changes.push({ kind, with: text });
    }
    if (given["set-missing-keywords"] !== undefined) changes.push({ kind: "set-missing-keywords" });
    const removed = given["remove-argument"];
    if (removed !== undefined) changes.push({ kind: "remove-argument", argument: toRef(removed) });
    const wrapped = given["wrap-argument"];
    if (wrapped !== undefined) changes.push({ kind: "wrap-argument", argument: toRef(wrapped), with: wrapped.with });
    const value = given["replace-value"];
    if (value !== undefined) changes.push({ kind: "replace-value", value });
    const scheme = given["replace-scheme"];
    if (scheme !== undefined) changes.push({ kind: "replace-scheme", ...scheme });
    if (given["replace-version"] !== undefined) changes.push({ kind: "replace-version" });
    if (given["swap-decorators"] !== undefined) changes.push({ kind: "swap-decorators" });
    const bind = given["bind-parameters"];
    if (bind !== undefined) changes.push({ kind: "bind-parameters", style: bind.style });
    if (changes.length === 0) context.addIssue({ code: "custom", message: "changes nothing" });
    return { title: given.title, applicability: given.applicability, changes };
  });

export const version = z.string().refine((text) => valid(text) !== null, "is no version by PEP 440");

const whenSchema = z
  .strictObject({
    package: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "is not normalized: small letters, and `-` between words"),
    below: version.optional(),
    from: version.optional(),
    unknown: z.enum(["report", "silent"]),
  })
  .refine(({ below, from }) => below !== undefined || from !== undefined, "needs `below` or `from`");

export const matchSchema: z.ZodType<Match> = z.lazy(() =>
  z
    .strictObject({
      call: z
        .strictObject({
          callee: names,
          where: z.array(whereSchema).optional(),
          unless: z.array(whereSchema).optional(),
        })
        .optional(),
      taint: z.strictObject({ from: names, to: names, "once-per": z.literal("source").optional() }).optional(),
      import: z.strictObject({ module: names }).optional(),
      reference: z.strictObject({ path: names }).optional(),
      assignment: z.strictObject({ target: names, value: valueSchema }).optional(),
      definition: z
        .strictObject({
          kind: z.enum(["function", "class", "route"]),
          decorators: names.optional(),
          bases: names.optional(),
          parameters: names.optional(),
          names: names.optional(),
        })
        .optional(),
      manifest: z.strictObject({ file: z.string(), entry: z.record(z.string(), z.unknown()) }).optional(),
      detector: z.string().optional(),
      options: z.record(z.string(), z.unknown()).optional(),
      any: z.array(matchSchema).min(1).optional(),
      all: z.array(matchSchema).min(1).optional(),
      when: whenSchema.optional(),
      "unless-called": names.optional(),
      "unless-ignored": z.string().min(1).optional(),
      "unless-debugging": z.literal(true).optional(),
      "unless-chosen": z.literal(true).optional(),
      "note-if-deciphering": z.literal(true).optional(),
      "at-most": z.enum(["warning", "note"]).optional(),
      fix: fixSchema.optional(),
    })
    .transform((given, context): Match => {
      const { options, fix, when, ...others } = given;
      const { "unless-called": unlessCalled, "unless-ignored": unlessIgnored, ...rest } = others;
      const { "unless-debugging": unlessDebugging, "unless-chosen": unlessChosen, ...last } = rest;
      const { "note-if-deciphering": noteIfDeciphering, "at-most": atMost, ...kinds } = last;
      const versioned = {
        ...(when === undefined ? {} : { when: when as VersionTest }),
        ...(unlessCalled === undefined ? {} : { unlessCalled }),
        ...(unlessIgnored === undefined ? {} : { unlessIgnored }),
        ...(unlessDebugging === undefined ? {} : { unlessDebugging }),
        ...(unlessChosen === undefined ? {} : { unlessChosen }),
        ...(noteIfDeciphering === undefined ? {} : { noteIfDeciphering }),
        ...(atMost === undefined ? {} : { atMost }),
      };
      const offered = fix === undefined ? versioned : { ...versioned, fix };
      if (Object.values(kinds).filter((kind) => kind !== undefined).length !== 1) {
        context.addIssue({
          code: "custom",
          message:
            "needs exactly one of call, taint, import, reference, assignment, definition, manifest, detector, any, all",
        });
      }
      if (given.call !== undefined) {
        const { callee, where = [], unless } = given.call;
        return { kind: "call", callee, where, ...(unless === undefined ? {} : { unless }), ...offered };
      }
      if (given.taint !== undefined) {
        const { from, to, "once-per": oncePer } = given.taint;
        return { kind: "taint", from, to, ...(oncePer === undefined ? {} : { oncePer }), ...versioned };
      }
      if (given.import !== undefined) return { kind: "import", ...given.import, ...versioned };
      if (given.reference !== undefined) return { kind: "reference", ...given.reference, ...versioned };
      if (given.assignment !== undefined) return { kind: "assignment", ...given.assignment, ...offered };
      if (given.definition !== undefined) {
        const { kind, decorators = [], bases = [], parameters = [], names: called = [] } = given.definition;
        return { kind: "definition", of: kind, decorators, bases, parameters, names: called, ...versioned };
      }
      if (given.manifest !== undefined) return { kind: "manifest", ...given.manifest };
      if (given.detector !== undefined)
        return { kind: "detector", name: given.detector, options: options ?? {}, ...offered };
      if (given.any !== undefined) return { kind: "any", of: given.any, ...versioned };
      return { kind: "all", of: given.all ?? [], ...versioned };
    }),
);

function toRef({ position, keyword }: { position?: number | undefined; keyword?: string | undefined }): ArgumentRef {
  return { ...(position === undefined ? {} : { position }), ...(keyword === undefined ? {} : { keyword }) };
}

function toValueTest(given: z.output<z.ZodObject<typeof valueTest>>, context: z.RefinementCtx): ValueTest {
  const tests: ValueTest[] = [];
  if (given.equals !== undefined) tests.push({ kind: "equals", constant: given.equals as Constant });
  if (given["is-not"] !== undefined) tests.push({ kind: "is-not", constant: given["is-not"] as Constant });
  if (given["is-path"] !== undefined) tests.push({ kind: "is-path", paths: given["is-path"] });
  if (given["is-not-path"] !== undefined) tests.push({ kind: "is-not-path", paths: given["is-not-path"] });
  if (given["less-than"] !== undefined) tests.push({ kind: "less-than", bound: given["less-than"] });
  if (given["greater-than"] !== undefined) tests.push({ kind: "greater-than", bound: given["greater-than"] });
  if (given["one-of"] !== undefined) tests.push({ kind: "one-of", constants: given["one-of"] as Constant[] });
  if (given["starts-with"] !== undefined) tests.push({ kind: "starts-with", texts: given["starts-with"] });
  if (given["ends-with"] !== undefined) tests.push({ kind: "ends-with", texts: given["ends-with"] });
  if (given.contains !== undefined) tests.push({ kind: "contains", texts: given.contains });
  if (given.absent !== undefined) tests.push({ kind: "absent" });
  if (given.present !== undefined) tests.push({ kind: "present" });
  if (given.settled !== undefined) tests.push({ kind: "settled", sink: given.settled });
  if (given.is !== undefined) tests.push({ kind: given.is });
  const [test] = tests;
  if (test === undefined || tests.length > 1)
    context.addIssue({ code: "custom", message: "needs exactly one test of the value" });
  return test ?? { kind: "present" };
}
