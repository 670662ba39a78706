const MOST_CHARACTERS = 200;

/** What is kept of the error that ended a job. A parser's message quotes what it read, which may be code. */
export function errorText(error: unknown): string {
  if (error instanceof SyntaxError) return error.name;
  return String(error).slice(0, MOST_CHARACTERS);
}
