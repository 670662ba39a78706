import { lastPart } from "../../python/last-part.ts";
import { NONE, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { nameWords } from "../shared/name-words.ts";
import { bodyOf } from "./guards.ts";
import { definitionsWithout } from "./moved-definition.ts";
import { isWrapped } from "./replaced-guard.ts";
import { basesOf, countOfQuestions } from "./surroundings.ts";

/** Classes of frameworks that answer whoever asks. */
const ASKS_NOBODY =
  /^(?:View|TemplateView|RedirectView|(?:List|Detail|Create|Update|Delete|Form|Archive\w*|Year\w*|Month\w*|Day\w*)View|MethodView|Resource|HTTPEndpoint)$/;

/** A function that answered requests and the class that does so from now on, by their names: `orders` and `OrdersView`. */
export interface RewrittenView {
  readonly before: DefinitionFact;
  readonly after: DefinitionFact;
}

/** Functions that became classes of a framework which ask nobody who they are, neither by a base of their own nor in their methods. */
export function rewrittenViews({ base, head }: ChangeSides): readonly RewrittenView[] {
  const classes = definitionsWithout(head, base).filter((one) => one.kind === "class" && asksNobody(head, one));
  if (classes.length === 0) return [];
  const gone = Map.groupBy(
    definitionsWithout(base, head).filter(({ kind }) => kind === "function"),
    ({ name }) => purposeOf(name),
  );
  return classes.flatMap((after) => {
    const [before, ...others] = gone.get(purposeOf(after.name)) ?? [];
    const isSame = before !== undefined && others.length === 0 && questionsIn(head, after) <= questionsIn(base, before);
    return isSame ? [{ before, after }] : [];
  });
}

function asksNobody(facts: ModuleFacts, definition: DefinitionFact): boolean {
  const bases = basesOf(facts, definition.qualifiedName);
  const isPlain = bases.length > 0 && bases.every((base) => ASKS_NOBODY.test(lastPart(base)));
  return isPlain && isWrapped(facts, definition.name) === 0;
}

function questionsIn(facts: ModuleFacts, definition: DefinitionFact): number {
  const body = bodyOf(facts, definition);
  return body === NONE ? 0 : countOfQuestions(textOf(facts.syntax, body));
}

/** The words of a name without those that say that it answers requests. */
function purposeOf(name: string): string {
  return nameWords(name)
    .filter((word) => !/^(?:view|list|page|handler|endpoint|resource)$/.test(word))
    .map((word) => word.replace(/(?<=\w{3})s$/, ""))
    .join(" ");
}
