/** Draws `src/python/kinds.ts` from the grammar that is installed: run it after every change of tree-sitter-python. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Language, Parser } from "web-tree-sitter";

const TOKENS: Readonly<Record<string, string>> = {
  ";": "semicolon",
  ".": "dot",
  "(": "open_parenthesis",
  ")": "close_parenthesis",
  ",": "comma",
  ":=": "colon_equals",
  "*": "star",
  ">>": "shift_right",
  ":": "colon",
  "**": "double_star",
  "|": "pipe",
  "[": "open_bracket",
  "]": "close_bracket",
  "{": "open_brace",
  "}": "close_brace",
  "=": "equals",
  "->": "arrow",
  "+": "plus",
  "-": "minus",
  "/": "slash",
  "%": "percent",
  "@": "at",
  "//": "double_slash",
  "&": "ampersand",
  "^": "caret",
  "<<": "shift_left",
  "~": "tilde",
  "<": "less",
  "<=": "less_equal",
  "==": "double_equals",
  "!=": "not_equals",
  ">=": "greater_equal",
  ">": "greater",
  "<>": "less_greater",
  "+=": "plus_equals",
  "-=": "minus_equals",
  "*=": "star_equals",
  "/=": "slash_equals",
  "@=": "at_equals",
  "//=": "double_slash_equals",
  "%=": "percent_equals",
  "**=": "double_star_equals",
  ">>=": "shift_right_equals",
  "<<=": "shift_left_equals",
  "&=": "ampersand_equals",
  "^=": "caret_equals",
  "|=": "pipe_equals",
  _: "underscore",
  "\\": "backslash",
  '"': "quote",
  "{{": "double_open_brace",
  "}}": "double_close_brace",
};

/** The named nodes that are single tokens, with their length where it is always the same. */
const NAMED_TOKENS: Readonly<Record<string, number>> = {
  identifier: 0,
  integer: 0,
  float: 0,
  ellipsis: 3,
  true: 4,
  false: 5,
  none: 4,
  comment: 0,
  string_start: 0,
  string_end: 0,
  escape_sequence: 0,
};

export async function drawKinds(): Promise<string> {
  const require = createRequire(import.meta.url);
  await Parser.init();
  const language = await Language.load(require.resolve("tree-sitter-python/tree-sitter-python.wasm"));
  const kinds = new Map<string, number>();
  for (let id = 1; id < language.nodeTypeCount; id++) {
    const type = language.nodeTypeForId(id);
    if (type === null) continue;
    const named = language.nodeTypeIsNamed(id);
    const name = named ? type : `token_${TOKENS[type] ?? type.replaceAll(" ", "_")}`;
    if (/^[a-z_]\w*$/i.test(name) && language.idForNodeType(type, named) === id) kinds.set(name, id);
  }
  const held = kindsInFields(require.resolve("tree-sitter-python/src/node-types.json"));
  const inFields = [...kinds].flatMap(([, id]) =>
    held.has(typeKey(language.nodeTypeForId(id) ?? "", language.nodeTypeIsNamed(id))) ? [id] : [],
  );
  const tokens = [...kinds].flatMap(([name, id]) => {
    const type = language.nodeTypeForId(id) ?? "";
    if (!language.nodeTypeIsNamed(id)) return type.includes(" ") ? [] : [`  [Kind.${name}, ${type.length}],`];
    return name in NAMED_TOKENS ? [`  [Kind.${name}, ${NAMED_TOKENS[name]}],`] : [];
  });
  const fields = language.fields.flatMap((name, id) => (name === null ? [] : [[name, id] as const]));
  const lines = (entries: Iterable<readonly [string, number]>) => [...entries].map(([name, id]) => `  ${name}: ${id},`);
  return [
    "// Drawn by scripts/draw-kinds.ts from the grammar of tree-sitter-python; not edited by hand.",
    "",
    "/** The grammar's symbols by name; anonymous tokens begin with `token_`. */",
    "export const Kind = {",
    ...lines(kinds),
    "  ERROR: 65535,",
    "} as const;",
    "",
    "/** The grammar's fields by name; 0 is none. */",
    "export const Field = {",
    "  none: 0,",
    ...lines(fields),
    "} as const;",
    "",
    "/** Nodes that never have children, and their length in UTF-16 code units; 0 where it varies. */",
    "export const TOKENS: readonly (readonly [kind: number, length: number])[] = [",
    ...tokens,
    "];",
    "",
    "/** The kinds that a field may hold. */",
    "// biome-ignore format: one line a kind says nothing",
    `export const IN_FIELDS: readonly number[] = [${inFields.join(", ")}];`,
    "",
    "const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(Kind).map(([name, id]) => [id, name]));",
    "",
    "/** The name of a kind, for messages and tests. */",
    "export function kindName(kind: number): string {",
    "  return NAMES.get(kind) ?? `kind ${kind}`;",
    "}",
    "",
  ].join("\n");
}

interface NodeType {
  readonly type: string;
  readonly named: boolean;
  readonly subtypes?: readonly NodeType[];
  readonly fields?: Readonly<Record<string, { readonly types: readonly NodeType[] }>>;
}

function kindsInFields(path: string): ReadonlySet<string> {
  const nodeTypes = JSON.parse(readFileSync(path, "utf8")) as readonly NodeType[];
  const subtypes = new Map(nodeTypes.map(({ type, subtypes }) => [type, subtypes ?? []]));
  const held = new Set<string>();
  const add = ({ type, named }: NodeType): void => {
    held.add(typeKey(type, named));
    for (const subtype of subtypes.get(type) ?? []) add(subtype);
  };
  for (const { fields } of nodeTypes) for (const { types } of Object.values(fields ?? {})) types.forEach(add);
  return held;
}

function typeKey(type: string, named: boolean): string {
  return `${named} ${type}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("../src/python/kinds.ts", import.meta.url), await drawKinds());
}
