import type { DefinitionFact } from "../../taint/facts.ts";

/** Hooks of Flask and Quart, as decorators or as calls: `@app.before_request`, `blueprint.before_app_request(check)`. */
export const BEFORE_REQUEST = /\bbefore_(?:app_)?request\b/;

const MIDDLEWARE = /\bmiddleware\b/;

/** Whether a function is run before the handlers of all requests: a hook, or `@app.middleware("http")`, `@web.middleware`. */
export function isBeforeHandlers({ decorators }: DefinitionFact): boolean {
  return decorators.some(({ name }) => {
    const [called = ""] = name.split("(", 1);
    return BEFORE_REQUEST.test(called) || MIDDLEWARE.test(called);
  });
}
