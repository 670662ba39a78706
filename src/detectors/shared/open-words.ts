/** Words in the names and addresses of routes that are open on purpose. */
export const OPEN_WORDS: ReadonlySet<string> = new Set(
  (
    "health healthz ping status version metrics login signin signup logout register token refresh callback oauth webhook " +
    "hook static docs public index home contact reset forgot confirm verify activate unsubscribe csp report feedback"
  ).split(" "),
);
