/** A text without any white space: for comparing code that may be laid out anew. */
export function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}
