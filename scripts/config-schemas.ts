import { z } from "zod";
import { folderSchema, organizationSchema, repositorySchema } from "../src/config/config-schema.ts";
import { ownRuleSchema } from "../src/rules/schema.ts";
import { modelSchema } from "../src/taint/models/model-schema.ts";

/** The JSON Schema of each kind of configuration file, by the name of the file in `docs/schemas`. */
export function configSchemas(): Readonly<Record<string, string>> {
  const text = (schema: z.ZodType, title: string) =>
    `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: "input" }) }, undefined, 2)}\n`;
  return {
    "repository.schema.json": text(repositorySchema, "Safepath: .github/safepath.yml of a repository"),
    "folder.schema.json": text(folderSchema, "Safepath: .safepath.yml in a folder of a repository"),
    "organization.schema.json": text(
      organizationSchema,
      "Safepath: .github/safepath.yml of an organization's .github repository",
    ),
    "rule.schema.json": text(ownRuleSchema, "Safepath: a rule of a repository's or an organization's own"),
    "model.schema.json": text(modelSchema, "Safepath: a model of a library"),
  };
}
