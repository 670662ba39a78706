/** Code on one line, cut to what a message can hold. */
export function brief(code: string): string {
  const line = code.replace(/\s+/g, " ");
  return line.length <= 40 ? line : `${line.slice(0, 39)}…`;
}
