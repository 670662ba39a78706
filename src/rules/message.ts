/** UTF-16 code units of the user's code that a message quotes. */
const MAX_FIELD = 80;

/** Fills the `{name}` fields of a rule's text. The text puts them into code spans: nothing in a field can end one. */
export function fillMessage(template: string, fields: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const field = fields[name];
    return field === undefined ? whole : quote(field);
  });
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("`", "'").trim();
  const characters = [...line];
  return characters.length > MAX_FIELD ? `${characters.slice(0, MAX_FIELD - 1).join("")}…` : line;
}
