/**
 * Cuts the JSON schema of SARIF 2.1.0 down to what can be checked, and writes it in the draft that Ajv reads.
 *
 *   node scripts/cut-sarif-schema.ts FOLDER_OF_THE_PACKAGE
 *
 * The package that carries it is old and brings a validator of its own, so it is no dependency: see the README beside the result.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = "@microsoft/jest-sarif";
const target = new URL("../test/report/schema/sarif-2.1.0.json", import.meta.url);

/** Words for people, and the draft's own header: `$schema` and `id` are written anew. */
const dropped = new Set(["description", "title", "default", "$schema", "id"]);
/** Keywords whose value maps free names to schemas: `description` in there is a property's name. */
const mapsNames = new Set(["properties", "definitions"]);

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error(`usage: node scripts/cut-sarif-schema.ts FOLDER_OF_${PACKAGE}`);
  process.exitCode = 2;
} else {
  const source = readFileSync(join(folder, "lib/schemas/sarif-2.1.0-rtm.5.json"));
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { readonly version: string };
  const sha256 = createHash("sha256").update(source).digest("hex");
  const $comment = `cut from ${PACKAGE} ${version}, SHA-256 ${sha256}`;
  const cut = cutSchema(JSON.parse(source.toString("utf8")));
  writeFileSync(target, `${JSON.stringify({ $comment, ...(cut as object) })}\n`);
}

/** Of a keyword that maps names, only the schemas are cut, not the names. */
function cutSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(cutSchema);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]): readonly (readonly [string, unknown])[] => {
      if (mapsNames.has(keyword)) return [[keyword, cutEach(value as object)]];
      return dropped.has(keyword) ? [] : [[keyword, cutSchema(value)]];
    }),
  );
}

function cutEach(schemas: object): object {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, cutSchema(schema)]));
}
