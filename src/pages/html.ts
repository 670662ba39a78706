import type { html } from "hono/html";

/** What the tagged template `html` makes: everything put into it is escaped unless it is such a piece itself. */
export type Html = ReturnType<typeof html>;
