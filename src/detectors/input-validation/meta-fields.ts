import { z } from "zod";
import { Kind } from "../../python/kinds.ts";
import { ancestorOfKind } from "../../python/walk.ts";
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

/** Generic views that make the form themselves, of what they say in their own attributes. */
const VIEWS: ReadonlySet<string> = new Set(
  ["CreateView", "UpdateView", "ModelFormMixin"].flatMap((name) =>
    ["django.views.generic", "django.views.generic.edit"].flatMap((module) => [
      `${module}.${name}`,
      `${module}.${name}()`,
    ]),
  ),
);

/** Types of GraphQL that show the fields of a model. */
const TYPES: ReadonlySet<string> = new Set(
  ["graphene_django.DjangoObjectType", "graphene_django.types.DjangoObjectType"].flatMap((path) => [path, `${path}()`]),
);

const Options = z.strictObject({
  /** What a client sends goes into forms and serializers; types of GraphQL show. */
  of: z.enum(["forms", "types"]).default("forms"),
});
type Options = z.infer<typeof Options>;

const ADMIN = /(?:^|\/)admin(?:\.py$|\/)/;

/** `fields = "__all__"` in the `Meta` of a form or serializer that is made of a model, or in a view that makes such a form. */
export const metaFields: ModuleDetector = {
  kind: "module",
  name: "meta-fields",
  triggers: { names: ["Meta", "CreateView", "UpdateView", "ModelFormMixin"] },
  prepare: (raw) => {
    const options = Options.parse(raw ?? {});
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, { of }: Options): Generator<Detection> {
  const classesOf = of === "forms" ? FORMS : TYPES;
  const { syntax } = facts;
  // The admin shows all fields to whoever may change the records.
  if (ADMIN.test(facts.path)) return;
  const classes = new Map(
    facts.definitions.filter(({ kind }) => kind === "class").map((definition) => [definition.node, definition]),
  );
  for (const assignment of facts.assignments) {
    if (assignment.name !== "fields" || !assignment.valueFact.constants.includes("__all__")) continue;
    const around = ancestorOfKind(syntax, assignment.node, Kind.class_definition, Kind.function_definition);
    const own = classes.get(around);
    const form = own?.name === "Meta" ? classes.get(ancestorOfKind(syntax, around, Kind.class_definition)) : undefined;
    const definition = isBuiltOn(form, classesOf) ? form : own;
    if (definition === undefined || (definition === own && !(of === "forms" && isBuiltOn(own, VIEWS)))) continue;
    yield { node: assignment.node, fields: { form: definition.name } };
  }
}

function isBuiltOn(definition: DefinitionFact | undefined, classes: ReadonlySet<string>): boolean {
  return definition?.bases.some(({ paths }) => paths.some((path) => classes.has(path))) ?? false;
}
