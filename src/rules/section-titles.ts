import type { Section } from "./rule.ts";

/** The sections of the founding document as people read them, in its order. */
export const SECTION_TITLES: Readonly<Record<Section, string>> = {
  "input-validation": "Input validation",
  secrets: "Secrets",
  "least-privilege": "Least privilege",
  dependencies: "Dependencies",
  "error-handling": "Errors and what they give away",
  "secure-defaults": "Secure defaults",
  cryptography: "Cryptography",
};
