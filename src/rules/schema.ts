import { z } from "zod";
import { fixSchema, matchSchema } from "./match-schema.ts";
import type { Rule } from "./rule.ts";
import { SECTIONS } from "./sections.ts";

const advisoriesSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  flaws: z.array(
    z.strictObject({
      ids: z.tuple([z.string()], z.string()),
      severity: z.enum(["low", "moderate", "high", "critical"]).optional(),
    }),
  ),
  fixedIn: z.string().optional(),
});

const exampleSchema = z.strictObject({
  name: z.string().min(1),
  path: z.string().default("example.py"),
  before: z.string().optional(),
  between: z.string().optional(),
  files: z.record(z.string(), z.string()).optional(),
  advisories: z.array(advisoriesSchema).optional(),
  code: z.string(),
  fixed: z.string().optional(),
});

const cwe = z.templateLiteral(["CWE-", z.int().positive()]);

const head = {
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "is not kebab-case"),
  title: z.string().min(5).max(60),
  level: z.enum(["error", "warning", "note"]),
  "level-when-added": z.enum(["error", "warning"]).optional(),
  precision: z.enum(["very-high", "high", "medium", "low"]),
  cwe,
  "further-cwes": z.array(cwe).default([]),
  profile: z.enum(["default", "audit"]),
  seed: z.array(z.string()),
  tags: z.array(z.string()),
  codes: z.array(z.string()),
  formerly: z.array(z.string()).default([]),
  supersedes: z.array(z.string()).default([]),
  references: z.array(z.url()).default([]),
  message: z.string().min(10),
  why: z.string().min(20),
  remedy: z.string().min(10),
  limits: z.string().optional(),
  "in-tests": z.enum(["off", "note", "same"]).default("off"),
};

/** The law of the rule format: what a file of `rules/` may hold. */
export const ruleSchema = z
  .strictObject({
    ...head,
    match: matchSchema,
    fix: fixSchema.optional(),
    bad: z.array(exampleSchema).min(2),
    good: z.array(exampleSchema).min(2),
  })
  .transform(
    ({
      "in-tests": inTests,
      "level-when-added": levelWhenAdded,
      "further-cwes": furtherCwes,
      ...rule
    }): Omit<Rule, "section"> =>
      ({ ...rule, inTests, furtherCwes, ...(levelWhenAdded && { levelWhenAdded }) }) as Omit<Rule, "section">,
  );

/**
 * A rule of a repository or an organization. It may not take the place of rules, nor of the codes that suppressions name; who writes
 * it for their own code alone owes nobody a page or examples.
 */
export const ownRuleSchema = z
  .strictObject({
    id: head.id,
    section: z.enum(SECTIONS),
    title: head.title,
    level: head.level,
    "level-when-added": head["level-when-added"],
    precision: head.precision.default("high"),
    cwe: head.cwe,
    "further-cwes": head["further-cwes"],
    profile: head.profile.default("default"),
    tags: head.tags.default([]),
    references: head.references,
    message: head.message,
    why: head.why,
    remedy: head.remedy,
    limits: head.limits,
    "in-tests": head["in-tests"],
    match: matchSchema,
    fix: fixSchema.optional(),
    bad: z.array(exampleSchema).default([]),
    good: z.array(exampleSchema).default([]),
  })
  .transform(
    ({ "in-tests": inTests, "level-when-added": levelWhenAdded, "further-cwes": furtherCwes, ...rule }): Rule =>
      ({
        ...rule,
        inTests,
        furtherCwes,
        ...(levelWhenAdded && { levelWhenAdded }),
        seed: [],
        codes: [],
        formerly: [],
        supersedes: [],
      }) as Rule,
  );
