import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { type Operation, operations, type Webhook } from "./contract-scope.ts";

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

interface DescribedOperation {
  readonly query: JsonObject;
  readonly request?: Json;
  readonly responses: JsonObject;
}

interface Description {
  readonly operations: Readonly<Record<string, DescribedOperation>>;
  readonly webhooks: JsonObject;
  readonly schemas: JsonObject;
}

/** One request and its answer. */
export interface Exchange {
  readonly operation: string;
  readonly query: URLSearchParams;
  readonly requestBody: unknown;
  readonly status: number;
  /** Undefined where the answer is no JSON. */
  readonly answerBody: unknown;
}

/** Where GitHub's description contradicts what GitHub answers, as paths into the description. */
const nullInFact = new Set([
  // An outdated comment has neither.
  "schemas/pull-request-review-comment/properties/line",
  "schemas/pull-request-review-comment/properties/position",
]);
const oneOfTheseInFact = new Set([
  // Described as a person and an enterprise at once.
  "operations/GET /app/installations/responses/200/items/properties/account",
]);

/** Checks both sides of the wire against GitHub's own description. */
export class Contract {
  readonly violations: string[] = [];
  private readonly exercised = new Set<string>();
  private readonly description = loadDescription();
  private readonly ajv = makeAjv();
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor() {
    this.ajv.addSchema({ $id: "github", components: { schemas: prepare(this.description.schemas, "schemas", true) } });
  }

  check(exchange: Exchange): void {
    const described = this.description.operations[exchange.operation];
    if (described === undefined) {
      this.violations.push(`${exchange.operation} is not in the description that the tests are cut to`);
      return;
    }
    if (exchange.status < 400) this.exercised.add(exchange.operation);
    this.checkRequest(exchange, described);
    this.checkAnswer(exchange, described);
  }

  checkWebhook(name: Webhook, payload: unknown): void {
    this.validate(`webhooks/${name}`, this.description.webhooks[name] ?? true, payload);
  }

  /** The operations of these that never succeeded. */
  unexercised(of: readonly Operation[] = operations): readonly Operation[] {
    return of.filter((operation) => !this.exercised.has(operation));
  }

  private checkRequest(exchange: Exchange, described: DescribedOperation): void {
    const place = `operations/${exchange.operation}`;
    for (const [name, text] of exchange.query) {
      const schema = described.query[name];
      if (schema === undefined) this.violations.push(`${place} has no query parameter ${name}`);
      else this.validate(`${place}/query/${name}`, schema, asQueryValue(schema, text));
    }
    if (described.request !== undefined && exchange.requestBody !== undefined) {
      this.validate(`${place}/request`, closed(described.request), exchange.requestBody);
    }
  }

  private checkAnswer(exchange: Exchange, described: DescribedOperation): void {
    const schema = described.responses[String(exchange.status)];
    const place = `operations/${exchange.operation}/responses/${exchange.status}`;
    if (schema === undefined && exchange.status < 400) this.violations.push(`${place} is not described`);
    if (schema !== undefined && exchange.answerBody !== undefined) this.validate(place, schema, exchange.answerBody);
  }

  /** The place is a path into the description. */
  private validate(place: string, schema: Json, value: unknown): void {
    if (schema === true) return;
    let validate = this.compiled.get(place);
    if (validate === undefined) {
      validate = this.ajv.compile(asSchema(prepare(schema, place, false)));
      this.compiled.set(place, validate);
    }
    if (validate(value)) return;
    for (const error of (validate.errors ?? []).slice(0, 3)) {
      this.violations.push(`${place}: ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
    }
  }
}

function loadDescription(): Description {
  const text = readFileSync(new URL("../schema/github-openapi.json", import.meta.url), "utf8");
  return JSON.parse(text) as Description;
}

function makeAjv(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: false, discriminator: false });
  addFormats.default(ajv);
  // GitHub's own templates such as `/users/x{/gist_id}` are no URIs to the letter, and its dates have milliseconds or not.
  ajv.addFormat("uri", true);
  ajv.addFormat("repo.nwo", true);
  return ajv;
}

/**
 * OpenAPI 3.0 to JSON Schema: `nullable` becomes an alternative, references point into the one document. The path says
 * where in the description the value is; in a map of names, `nullable` is a name like any other.
 */
function prepare(value: Json, path: string, isNameMap: boolean): Json {
  if (isList(value)) return value.map((each, index) => prepare(each, `${path}/${index}`, false));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, child]): [string, Json] => {
    if (key === "$ref" && typeof child === "string") return [key, `github${child}`];
    const name = key === "allOf" && oneOfTheseInFact.has(path) ? "anyOf" : key;
    return [name, prepare(child, `${path}/${key}`, !isNameMap && key === "properties")];
  });
  const schema = Object.fromEntries(entries.filter(([key]) => isNameMap || key !== "nullable"));
  const isNullable = (!isNameMap && value.nullable === true) || nullInFact.has(path);
  return isNullable ? { anyOf: [{ type: "null" }, schema] } : schema;
}

/** GitHub refuses what it does not know in a body, though its description does not say so. */
function closed(schema: Json): Json {
  if (isList(schema) || typeof schema !== "object" || schema === null) return schema;
  const properties = schema.properties;
  const items = schema.items;
  return {
    ...schema,
    ...(items === undefined ? {} : { items: closed(items) }),
    ...(!isObject(properties)
      ? {}
      : {
          properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, closed(child)])),
          additionalProperties: schema.additionalProperties ?? false,
        }),
  };
}

function asQueryValue(schema: Json, text: string): unknown {
  const type = isObject(schema) ? schema.type : undefined;
  return type === "integer" || type === "number" ? Number(text) : text;
}

function asSchema(schema: Json): JsonObject {
  return isObject(schema) ? schema : {};
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
