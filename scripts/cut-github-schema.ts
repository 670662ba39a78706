/**
 * Cuts GitHub's own OpenAPI description down to the operations and webhooks that the app uses, without prose.
 *
 *   node scripts/cut-github-schema.ts FOLDER_OF_THE_PACKAGE
 *
 * The package `@octokit/openapi` is 385 MB unpacked, so it is no dependency: install it in some other folder and name it.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operations, webhooks } from "../test/github/stand-in/contract-scope.ts";

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

/** The least length of what is worth a name of its own. */
const LEAST_SHARED = 300;

const target = new URL("../test/github/schema/github-openapi.json", import.meta.url);

/** Words for people: they hold nothing that can be checked. */
const prose = new Set(["description", "example", "examples", "title", "summary", "externalDocs", "deprecated"]);
/** Keywords whose value maps free names to schemas: `description` in there is a property's name. */
const mapsNames = new Set(["properties", "patternProperties", "schemas"]);

main(process.argv[2]);

function main(folder: string | undefined): void {
  if (folder === undefined) {
    console.error("usage: node scripts/cut-github-schema.ts FOLDER_OF_@octokit/openapi");
    process.exitCode = 2;
    return;
  }
  const source = readFileSync(join(folder, "generated", "api.github.com.json"));
  const version = readJson(join(folder, "package.json")).version ?? "";
  const cut = cutDescription(asObject(JSON.parse(source.toString("utf8")) as Json));
  const sha256 = createHash("sha256").update(source).digest("hex");
  const text = JSON.stringify({ source: { package: "@octokit/openapi", version, sha256 }, ...cut });
  writeFileSync(target, `${text}\n`);
  console.log(`${operations.length} operations, ${webhooks.length} webhooks, ${Math.ceil(text.length / 1000)} kB`);
}

function cutDescription(description: JsonObject): JsonObject {
  const schemas = asObject(asObject(description.components).schemas);
  const cut = {
    operations: Object.fromEntries(operations.map((name) => [name, cutOperation(description, name)])),
    webhooks: Object.fromEntries(webhooks.map((name) => [name, cutWebhook(description, name)])),
  };
  const { operations: inPlace, webhooks: sent } = cut;
  return { operations: inPlace, ...shareRepeated({ webhooks: sent, schemas: reachableSchemas(cut, schemas) }) };
}

/** GitHub's webhooks repeat whole accounts and repositories in place: each of these is kept once, under a name. */
function shareRepeated(cut: JsonObject): JsonObject {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const count = (value: Json): void => {
    const text = sharedText(value);
    if (text !== undefined && seen.has(text)) repeated.add(text);
    if (text !== undefined) seen.add(text);
    for (const child of childrenOf(value)) count(child);
  };
  count(cut);
  const shared = new Map<string, Json>();
  const share = (value: Json): Json => {
    const text = sharedText(value);
    if (text === undefined || !repeated.has(text)) return withChildren(value, share);
    const name = `repeated-${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
    if (!shared.has(name)) shared.set(name, withChildren(value, share));
    return { $ref: `#/components/schemas/${name}` };
  };
  const rest = asObject(share(cut));
  return { ...rest, schemas: { ...asObject(rest.schemas), ...Object.fromEntries([...shared].sort()) } };
}

function sharedText(value: Json): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  if ((value as JsonObject).type !== "object") return undefined;
  const text = JSON.stringify(value);
  return text.length < LEAST_SHARED ? undefined : text;
}

function childrenOf(value: Json): readonly Json[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

function withChildren(value: Json, change: (child: Json) => Json): Json {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, change(child)]));
}

function cutOperation(description: JsonObject, name: string): JsonObject {
  const [method = "", path = ""] = name.split(" ");
  const item = asObject(asObject(description.paths)[path]);
  const operation = asObject(item[method.toLowerCase()]);
  const parameters = asArray(operation.parameters ?? []).map((parameter) => resolve(description, parameter));
  const body = operation.requestBody;
  const responses = Object.entries(asObject(operation.responses));
  return {
    id: asText(operation.operationId),
    query: Object.fromEntries(
      parameters.filter((p) => p.in === "query").map((p) => [asText(p.name), withoutProse(p.schema ?? {})]),
    ),
    ...(body === undefined ? {} : { request: jsonSchema(resolve(description, body)) }),
    responses: Object.fromEntries(
      responses.map(([status, response]) => [status, jsonSchema(resolve(description, response))]),
    ),
  };
}

function cutWebhook(description: JsonObject, name: string): Json {
  const operation = asObject(asObject(asObject(description["x-webhooks"] ?? description.webhooks)[name]).post);
  return jsonSchema(resolve(description, operation.requestBody));
}

/** The schema of the JSON form of a body; `true` where the description has none. */
function jsonSchema(body: JsonObject): Json {
  const content = body.content;
  if (content === undefined) return true;
  const media = asObject(content)["application/json"];
  return media === undefined ? true : withoutProse(asObject(media).schema ?? true);
}

function reachableSchemas(root: Json, schemas: JsonObject): JsonObject {
  const reached = new Map<string, Json>();
  const waiting = [...referencedNames(root)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    const schema = withoutProse(schemas[name] ?? true);
    reached.set(name, schema);
    waiting.push(...referencedNames(schema));
  }
  return Object.fromEntries([...reached].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function referencedNames(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencedNames);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === "$ref" ? [asText(child).replace("#/components/schemas/", "")] : referencedNames(child),
  );
}

function withoutProse(schema: Json, isNameMap = false): Json {
  if (Array.isArray(schema)) return schema.map((each) => withoutProse(each));
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => isNameMap || !(prose.has(key) || key.startsWith("x-")))
      .map(([key, child]) => [key, withoutProse(child, !isNameMap && mapsNames.has(key))]),
  );
}

/** Follows a reference to a parameter, a request body or a response; schemas keep theirs. */
function resolve(description: JsonObject, value: Json | undefined): JsonObject {
  const object = asObject(value);
  const reference = object.$ref;
  if (reference === undefined) return object;
  const keys = asText(reference).slice(2).split("/");
  return asObject(keys.reduce<Json | undefined>((at, key) => asObject(at)[key], description));
}

function readJson(path: string): JsonObject {
  return asObject(JSON.parse(readFileSync(path, "utf8")) as Json);
}

function asObject(value: Json | undefined): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error("not an object in the source");
  return value as JsonObject;
}

function asArray(value: Json): readonly Json[] {
  if (!Array.isArray(value)) throw new Error("not a list in the source");
  return value;
}

function asText(value: Json | undefined): string {
  if (typeof value !== "string") throw new Error("not a text in the source");
  return value;
}
