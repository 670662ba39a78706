import { Kind } from "../../python/kinds.ts";
import { ancestorOfKind, NONE } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";

/** Classes that make their fields of a model's, as instances and as they are imported. */
const FORMS: ReadonlySet<string> = new Set(
  [
    "django.forms.ModelForm",
    "django.forms.models.ModelForm",
    "django.contrib.auth.forms.UserCreationForm",
    "django.contrib.auth.forms.UserChangeForm",
    "rest_framework.serializers.ModelSerializer",
    "rest_framework.serializers.HyperlinkedModelSerializer",
  ].flatMap((path) => [path, `${path}()`]),
);

const ADMIN = /(?:^|\/)admin(?:\.py$|\/)/;

/** `fields = "__all__"` in the `Meta` of a form or serializer that is made of a model. */
export const metaFields: ModuleDetector = {
  kind: "module",
  name: "meta-fields",
  triggers: { names: ["Meta"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  // The admin shows all fields to whoever may change the records.
  if (ADMIN.test(facts.path)) return;
  const classes = new Map(
    facts.definitions.filter(({ kind }) => kind === "class").map((definition) => [definition.node, definition]),
  );
  for (const assignment of facts.assignments) {
    if (assignment.name !== "fields" || !assignment.valueFact.constants.includes("__all__")) continue;
    const meta = ancestorOfKind(syntax, assignment.node, Kind.class_definition, Kind.function_definition);
    const form = meta === NONE ? NONE : ancestorOfKind(syntax, meta, Kind.class_definition);
    const definition = classes.get(form);
    if (definition === undefined || classes.get(meta)?.name !== "Meta" || !isModelForm(definition)) continue;
    yield { node: assignment.node, fields: { form: definition.name } };
  }
}

function isModelForm({ bases }: DefinitionFact): boolean {
  return bases.some(({ paths }) => paths.some((path) => FORMS.has(path)));
}
