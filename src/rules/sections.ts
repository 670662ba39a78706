/** The folders of the rules, in the order of the founding document. */
export const SECTIONS = [
  "input-validation",
  "secrets",
  "least-privilege",
  "dependencies",
  "error-handling",
  "secure-defaults",
  "cryptography",
] as const;
