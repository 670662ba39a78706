import { Field, Kind } from "../../python/kinds.ts";
import { childByField, childOfKind, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";

const FIELD_CLASSES: ReadonlySet<string> = new Set([
  "typing.NamedTuple()",
  "pydantic.BaseModel()",
  "pydantic.main.BaseModel()",
  "sqlmodel.SQLModel()",
  "msgspec.Struct()",
  "typing.TypedDict()",
]);
const FIELD_DECORATORS: ReadonlySet<string> = new Set([
  "dataclasses.dataclass",
  "dataclasses.dataclass()",
  "attr.s",
  "attr.attrs",
  "attr.define",
  "attrs.define",
  "attrs.frozen",
  "pydantic.dataclasses.dataclass",
  "strawberry.input",
  "strawberry.input()",
  "strawberry.type",
  "strawberry.type()",
]);

/** Whether a class makes its own `__init__` of its fields, by its bases or its decorators. */
export function isRecord(lineage: readonly string[], decorators: readonly string[]): boolean {
  return lineage.some((path) => FIELD_CLASSES.has(path)) || decorators.some((path) => FIELD_DECORATORS.has(path));
}

/** The annotated names of a class body, in order. */
export function fieldsOf(machine: Machine, body: number): string[] {
  const { syntax } = machine;
  const fields: string[] = [];
  for (const statement of body === NONE ? [] : namedChildren(syntax, body)) {
    const assignment = childOfKind(syntax, statement, Kind.assignment);
    if (assignment === NONE || childByField(syntax, assignment, Field.type) === NONE) continue;
    fields.push(textOf(syntax, childByField(syntax, assignment, Field.left)));
  }
  return fields;
}
