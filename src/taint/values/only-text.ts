/** The text that a value is, where it is one constant and that is text. */
export function onlyText(
  value: { readonly constants?: readonly unknown[] | undefined } | undefined,
): string | undefined {
  const [only, ...others] = value?.constants ?? [];
  return typeof only === "string" && others.length === 0 ? only : undefined;
}
