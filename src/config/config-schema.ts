import { z } from "zod";
import { SECTIONS } from "../rules/sections.ts";

/** The law of `.github/safepath.yml`; published as JSON Schema in `docs/schemas`. */

const level = z.enum(["error", "warning", "note"]);
const mode = z.enum(["monitor", "comment", "block"]);
const section = z.enum(SECTIONS);
const words = z.array(z.string().min(1).max(200)).max(200);

const modeRule = z
  .strictObject({
    mode: mode.describe("monitor: in the check alone. comment: said in a comment. block: can fail the check."),
    rules: words.optional(),
    levels: z.array(level).optional(),
    sections: z.array(section).optional(),
  })
  .describe("A finding has to fit all that is named.");

const fileSettings = {
  profile: z.enum(["default", "audit"]).describe("audit adds what is worth a look.").optional(),
  "fail-on": z
    .enum(["error", "warning", "note", "never"])
    .describe("Findings at this level or above fail the check.")
    .optional(),
  rules: z
    .record(z.string(), z.enum(["off", "error", "warning", "note"]))
    .describe("By rule id: off, or the level that it reports at.")
    .optional(),
  ignore: words.describe("Files that are not analysed; patterns as in a .gitignore.").optional(),
  mode: mode.describe("How far findings reach where no entry of `modes` says otherwise.").optional(),
  modes: z.array(modeRule).max(100).describe("The last entry that fits a finding decides.").optional(),
};

const reviewSettings = {
  comments: z
    .strictObject({
      from: level.describe("The least level that gets a comment.").optional(),
      "at-most": z.int().min(0).max(30).describe("Comments that stand at a time.").optional(),
      "group-from": z.int().min(1).max(30).describe("More findings of one rule become one comment.").optional(),
    })
    .optional(),
  "on-incomplete": z
    .enum(["failure", "neutral"])
    .describe("How the check ends when a changed file could not be verified.")
    .optional(),
  drafts: z.enum(["check", "review"]).describe("check: no comments until it is ready for review.").optional(),
  bots: z.enum(["check", "review"]).describe("check: comments on what fails the check alone.").optional(),
  "second-person": z
    .enum(["error", "warning", "note", "never"])
    .describe("From this level on, the author of a change cannot silence alone what fails the check.")
    .optional(),
  "second-people": z
    .strictObject({
      people: words.describe("Logins.").optional(),
      teams: words.describe("Teams of the organization, as in the address of their page.").optional(),
    })
    .describe("Who can be the second person; the others' answers wait for one of them.")
    .optional(),
  "skip-authors": words.describe("Logins whose pull requests are not reviewed.").optional(),
  "skip-labels": words.describe("Pull requests with one of these labels are not reviewed.").optional(),
};

/** `.safepath.yml` in a folder of a monorepo: what holds for the files below it. */
export const folderSchema = z.strictObject(fileSettings);

/** `.github/safepath.yml` of a repository. */
export const repositorySchema = z.strictObject({ ...fileSettings, ...reviewSettings });

/** `.github/safepath.yml` of the organization's `.github` repository. */
export const organizationSchema = z.strictObject({
  defaults: repositorySchema.describe("Holds where a repository says nothing else.").optional(),
  enforced: repositorySchema.describe("Holds whatever a repository says.").optional(),
  "repository-models": z
    .enum(["sources-and-sinks", "all"])
    .describe("What models of a repository may say; all: also what makes data harmless.")
    .optional(),
  repositories: z
    .array(
      z.strictObject({
        names: words.describe("Names of repositories; * stands for any part of a name.").optional(),
        topics: words.describe("Repositories with one of these topics.").optional(),
        defaults: repositorySchema.optional(),
        enforced: repositorySchema.optional(),
      }),
    )
    .max(100)
    .describe("For some repositories, in order; later entries go before earlier ones.")
    .optional(),
});

export type FolderConfig = z.output<typeof folderSchema>;
export type RepositoryConfig = z.output<typeof repositorySchema>;
export type OrganizationConfig = z.output<typeof organizationSchema>;
