import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { SECRET_PHRASES, saysSecret } from "./secret-name.ts";
import { settingsClasses } from "./settings-classes.ts";

const PLAIN_TEXT = /^(?:(?:typing\.)?Optional\[)?str\]?(?:\s*\|\s*None)?$/;

/** Fields of a class of settings that hold a secret as plain text. */
export const secretField: ModuleDetector = {
  kind: "module",
  name: "secret-field",
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const classes = settingsClasses(facts);
  if (classes.size === 0) return;
  for (const node of nodesOfKind(syntax, Kind.assignment)) {
    if (!classes.has(facts.scopeOf(node))) continue;
    const annotation = childByField(syntax, node, Field.type);
    const name = textOf(syntax, childByField(syntax, node, Field.left));
    if (annotation === NONE || !PLAIN_TEXT.test(textOf(syntax, annotation)) || !saysSecret(name, SECRET_PHRASES))
      continue;
    yield { node, fields: { name } };
  }
}
