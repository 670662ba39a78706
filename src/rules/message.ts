/** UTF-16 code units of the user's code that a message quotes. */
const MAX_FIELD = 80;

/**
 * Fills the `{name}` fields of a rule's text. Nothing in a field can end the code span that the text puts it into; one that stands
 * in no span is words, which may bring spans of their own.
 */
export function fillMessage(template: string, fields: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string, at: number) => {
    const field = fields[name];
    if (field === undefined) return whole;
    const line = oneLine(field);
    const isWords = ticksIn(template.slice(0, at)) % 2 === 0;
    return isWords && ticksIn(line) % 2 === 0 ? line : line.replaceAll("`", "'");
  });
}

function ticksIn(text: string): number {
  return text.split("`").length - 1;
}

function oneLine(text: string): string {
  const characters = [...text.replace(/\s+/g, " ").trim()];
  return characters.length > MAX_FIELD ? `${characters.slice(0, MAX_FIELD - 1).join("")}…` : characters.join("");
}
