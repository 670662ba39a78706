import { expect, test } from "vitest";
import { plainPalette } from "../../src/report/palette.ts";
import { drawRule } from "../../src/report/rule-text.ts";
import { rule } from "./fixtures.ts";

test("a list stays one in a terminal, each entry below its mark", () => {
  const remedy = `Do this:

1. Revoke the secret at its provider, for nothing else ends the danger.
2. Read the new one.

- as a variable
- from a store

\`\`\`python
x = 1
\`\`\`
`;
  expect(drawRule(rule({ remedy }), "It is so.", plainPalette, 40)).toContain(`
  Do this:

  1. Revoke the secret at its provider,
     for nothing else ends the danger.
  2. Read the new one.

  - as a variable
  - from a store

  | x = 1
`);
});
