import { Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "../shared/fact-index.ts";
import { callsIn } from "../shared/leaves-a-record.ts";
import { nameWords } from "../shared/name-words.ts";

/** Records that belong to somebody. */
const OWNED = new Set(
  (
    "order invoice payment account message document address subscription cart basket wallet card transaction booking " +
    "reservation ticket receipt prescription statement profile draft note attachment bill conversation notification"
  ).split(" "),
);

const KEYS = new Set(["pk", "id", "uuid", "slug", "number"]);

/** Decorators and base classes that say that the view is for whoever is signed in. */
const SIGNED_IN = /login_required|LoginRequiredMixin|jwt_required|auth_required|IsAuthenticated/;
/** Checks that look further than at who is signed in. */
const CHECKED =
  /owner|has_perm|permission_required|check_object_permissions|user_passes_test|staff|superuser|admin|can_\w+|is_allowed|authorize|PermissionRequired|UserPassesTest/i;

/** Records of a person that a signed-in visitor gets by a number from the address, whoever they belong to. */
export const lookupWithoutOwner: ModuleDetector = {
  kind: "module",
  name: "lookup-without-owner",
  triggers: { isRoute: true },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const definition of facts.definitions) {
    if (definition.kind !== "function" || !definition.isRoute) continue;
    const code = codeOf(facts, definition);
    if (
      !SIGNED_IN.test(code) ||
      CHECKED.test(code) ||
      /request\.user|current_user|get_jwt_identity|\bg\.user/.test(code)
    )
      continue;
    const lookup = callsIn(facts, definition.node).find((call) => looksUp(facts, call) !== undefined);
    const model = lookup === undefined ? undefined : looksUp(facts, lookup);
    if (lookup !== undefined && model !== undefined)
      yield { node: lookup.node, call: lookup, fields: { model, function: definition.name } };
  }
}

/** The function with its decorators, and the head of its class; comments check nothing. */
function codeOf(facts: ModuleFacts, { node }: DefinitionFact): string {
  const { syntax } = facts;
  const owner = factIndex(facts).classNamed(facts.scopeOf(node));
  const head = owner === undefined ? "" : textOf(syntax, owner.node).split(/\n\s+(?:async )?def /, 1)[0];
  const decorated = syntax.kind[syntax.parent[node]] === Kind.decorated_definition ? syntax.parent[node] : node;
  return `${head}\n${textOf(syntax, decorated)}`.replace(/#.*$/gm, "");
}

/** `Order.objects.get(pk=number)`, `get_object_or_404(Order, pk=number)`, `Order.query.get(number)`: the model's name. */
function looksUp(facts: ModuleFacts, call: CallFact): string | undefined {
  const { name, args } = call;
  const isShortcut = SHORTCUT.test(name);
  const isManager = /\.objects\.a?get$|\.query\.get(?:_or_404)?$/.test(name);
  if (!isShortcut && !isManager) return undefined;
  const model = modelOf(facts, call);
  const keys = args.filter(({ position }) => position === undefined || !isShortcut || position > 0);
  const isByKey =
    keys.length === 1 &&
    keys.every(({ keyword, value }) => isFromAddress(value.labels) && (keyword === undefined || KEYS.has(keyword)));
  const isOwned =
    model !== undefined && (nameWords(model).some((word) => OWNED.has(word)) || ownedModels(facts).has(model));
  return isOwned && isByKey ? model : undefined;
}

const SHORTCUT = /(?:^|\.)a?get_object_or_404$/;

function modelOf({ syntax }: ModuleFacts, call: CallFact): string | undefined {
  return SHORTCUT.test(call.name) ? modelArgument(syntax, call) : call.name.split(".").at(-3);
}

/** Whoever asks, as the value of a condition. */
const WHO_ASKS = /^(?:self\.)?(?:request\.user|current_user|g\.user)(?:\.(?:pk|id|profile))?$/;

/** The models that another look-up of the module narrows down to whoever asks: `Letter.objects.filter(patient__owner=request.user)`. */
const ownedModels: (facts: ModuleFacts) => ReadonlySet<string> = oncePer((facts) => {
  const { syntax } = facts;
  const narrowed = facts.calls.filter(
    ({ name, args }) =>
      (SHORTCUT.test(name) || /\.(?:objects|query)\.(?:a?get|filter|filter_by)$/.test(name)) &&
      args.some(({ keyword, node }) => keyword !== undefined && WHO_ASKS.test(textOf(syntax, node))),
  );
  return new Set(narrowed.flatMap((call) => modelOf(facts, call) ?? []));
});

function modelArgument(syntax: SyntaxArrays, { args }: CallFact): string | undefined {
  const model = args.find(({ position }) => position === 0);
  return model === undefined ? undefined : textOf(syntax, model.node).split(".").at(-1);
}

function isFromAddress(labels: readonly string[]): boolean {
  return labels.includes("remote");
}
