/** A named value with the offsets of the value. */
export interface FoundValue {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** `name = value` and `name: value`, as configparser and most tools take them. */
const INI = /^[ \t]*([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*(.*)$/dgmu;
const ENV = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(.*)$/dgmu;
/** `ENV NAME=value OTHER="value"`, `ENV NAME value`, `ARG NAME=value`. */
const DOCKER = /^[ \t]*(?:ENV|ARG)[ \t]+(.*)$/dgimu;
const DOCKER_PAIR = /(?<!\S)([A-Za-z_]\w*)(?:=|[ \t]+(?=\S+$))("[^"]*"|'[^']*'|\S+)/dgu;

/** Formats that have a value a line. */
export function lineValues(format: "ini" | "env" | "dockerfile", text: string): readonly FoundValue[] {
  if (format !== "dockerfile")
    return [...text.matchAll(format === "ini" ? INI : ENV)].flatMap((match) => toValue(match, 0));
  return [...text.matchAll(DOCKER)].flatMap((line) => {
    const [from = 0] = line.indices?.[1] ?? [];
    return [...(line[1] ?? "").matchAll(DOCKER_PAIR)].flatMap((match) => toValue(match, from));
  });
}

/** Without quotes, and without a comment that follows it. */
function toValue(match: RegExpExecArray, offset: number): readonly FoundValue[] {
  const [, name = "", written = ""] = match;
  const [from = 0] = match.indices?.[2] ?? [];
  const quoted = /^(["'])(.*?)\1/u.exec(written);
  const value = quoted?.[2] ?? written.replace(/[ \t][#;].*$/u, "").trimEnd();
  const start = offset + from + (quoted === null ? 0 : 1);
  return value === "" ? [] : [{ name, value, start, end: start + value.length }];
}
