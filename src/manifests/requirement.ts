import type { Span } from "../text/span.ts";
import type { Origin, Requirement, RequirementGroup } from "./manifest.ts";
import { readSpecifiers } from "./specifiers.ts";

/** A stretch of `text` that holds one requirement, and how its offsets become places in the file. */
export interface RequirementText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  spanOf(start: number, end: number): Span;
}

/** What stands around a requirement. */
export interface RequirementContext {
  readonly group: RequirementGroup;
  readonly editable: boolean;
  readonly hashes: readonly string[];
}

/**
 * One requirement: `name[extras]>=1,<2; marker`, `name @ address`, or what pip takes beside PEP 508:
 * an address, a path. Undefined when it is neither.
 */
export function readRequirement(source: RequirementText, context: RequirementContext): Requirement | undefined {
  const { start, end } = trim(source.text, source.start, source.end);
  if (start === end) return undefined;
  const stretch = { ...source, start, end };
  const isPlace = context.editable || looksLikePlace(source.text.slice(start, end));
  return isPlace ? readPlace(stretch, context) : readNamed(stretch, context);
}

/** PEP 503: letters in lower case, runs of `-`, `_` and `.` as one `-`. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

const namePattern = /[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?/y;
const extrasPattern = /\s*(\[[^\]]*\])/y;
const addressPattern = /\s*@\s*(\S+)/y;

function readNamed(source: RequirementText, context: RequirementContext): Requirement | undefined {
  const { text, start, end } = source;
  const writtenName = match(namePattern, text, start, end)?.[0];
  if (writtenName === undefined) return undefined;
  const nameEnd = start + writtenName.length;
  const extras = match(extrasPattern, text, nameEnd, end);
  const extrasEnd = nameEnd + (extras?.[0].length ?? 0);
  const named = {
    ...common(source, context),
    name: normalizeName(writtenName),
    writtenName,
    nameSpan: source.spanOf(start, nameEnd),
    extras: extras?.[1] === undefined ? [] : readExtras(extras[1]),
    ...(extras?.[1] !== undefined && { extrasSpan: source.spanOf(extrasEnd - extras[1].length, extrasEnd) }),
  };

  const address = match(addressPattern, text, extrasEnd, end);
  if (address !== undefined) {
    const url = address[1] ?? "";
    const urlEnd = extrasEnd + address[0].length;
    const marker = readMarker(text.slice(urlEnd, end).trim());
    if (marker === undefined) return undefined;
    return { ...named, ...marker, specifiers: [], origin: readOrigin(url, source.spanOf(urlEnd - url.length, urlEnd)) };
  }

  const semicolon = text.indexOf(";", extrasEnd);
  const rangeEnd = semicolon === -1 || semicolon >= end ? end : semicolon;
  const range = withoutParentheses(text, extrasEnd, rangeEnd);
  const specifiers = readSpecifiers(text.slice(range.start, range.end));
  const marker = readMarker(text.slice(rangeEnd, end));
  if (specifiers === undefined || marker === undefined) return undefined;
  return {
    ...named,
    ...marker,
    specifiers,
    origin: { kind: "index" },
    ...(range.start < range.end && { versionSpan: source.spanOf(range.start, range.end) }),
  };
}

/** An address or a path, with `#egg=name[extras]` and a marker behind ` ;`. */
function readPlace(source: RequirementText, context: RequirementContext): Requirement | undefined {
  const { text, start, end } = source;
  const parts = /^(\S+)\s*(?:;\s*(.*))?$/s.exec(text.slice(start, end));
  const place = parts?.[1];
  if (place === undefined) return undefined;
  const egg = /[#&]egg=([A-Za-z0-9][\w.-]*)(\[[^\]]*\])?/.exec(place);
  const bracket = egg === null ? /(\[[^\]]*\])$/.exec(place) : null;
  const path = bracket === null ? place : place.slice(0, bracket.index);
  const extras = egg?.[2] ?? bracket?.[1];
  return {
    ...common(source, context),
    ...(egg?.[1] !== undefined && { name: normalizeName(egg[1]), writtenName: egg[1] }),
    extras: extras === undefined ? [] : readExtras(extras),
    ...(parts?.[2] !== undefined && { marker: parts[2] }),
    specifiers: [],
    origin: readOrigin(path, source.spanOf(start, start + path.length)),
  };
}

function common(source: RequirementText, context: RequirementContext) {
  const written = source.text.slice(source.start, source.end);
  return {
    kind: "requirement" as const,
    ...context,
    variables: [...written.matchAll(/\$\{([A-Z0-9_]+)\}|\{(\w+:[^{}\s]+)\}/g)].map(
      ([, name, field]) => name ?? field ?? "",
    ),
    span: source.spanOf(source.start, source.end),
  };
}

function looksLikePlace(written: string): boolean {
  if (/^[\w.-]+\s*(\[[^\]]*\])?\s*@/.test(written)) return false;
  const [first = ""] = written.split(/[\s;]/, 1);
  return (
    /^(?:[a-z][a-z0-9+.-]*:|\.|\/|~|\$\{|[a-z]:\\)/i.test(first) ||
    /[/\\]|\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|tar\.xz)$/i.test(first)
  );
}

/** The address as its requirement names it: a checkout, an archive, or a place on this machine. */
export function readOrigin(place: string, urlSpan: Span): Origin {
  const vcs = /^(git|hg|svn|bzr)\+/i.exec(place)?.[1]?.toLowerCase();
  if (vcs !== undefined) {
    const address = place.replace(/[#?].*$/s, "");
    const revision = /@([^@/:][^@:]*)$/.exec(address.replace(/^[^:]+:\/\/[^/]*/, ""))?.[1];
    return {
      kind: "url",
      url: place,
      urlSpan,
      vcs: vcs as "git" | "hg" | "svn" | "bzr",
      ...(revision !== undefined && { revision }),
    };
  }
  const isAddress = /^[a-z][a-z0-9+.-]+:\/\//i.test(place) && !/^file:/i.test(place);
  return isAddress ? { kind: "url", url: place, urlSpan } : { kind: "path", path: place.replace(/^file:(\/\/)?/i, "") };
}

function readExtras(brackets: string): readonly string[] {
  return brackets
    .slice(1, -1)
    .split(",")
    .map((extra) => extra.trim())
    .filter((extra) => extra !== "")
    .map(normalizeName);
}

/** `; marker` → its text, "" → none, anything else → undefined. */
function readMarker(tail: string): { readonly marker?: string } | undefined {
  if (tail.trim() === "") return {};
  const marker = /^;\s*(\S.*)$/s.exec(tail)?.[1]?.trimEnd();
  return marker === undefined ? undefined : { marker };
}

function withoutParentheses(
  text: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  const range = trim(text, start, end);
  const enclosed = text[range.start] === "(" && text[range.end - 1] === ")";
  return enclosed ? trim(text, range.start + 1, range.end - 1) : range;
}

function trim(text: string, from: number, to: number): { readonly start: number; readonly end: number } {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  return { start, end };
}

function match(pattern: RegExp, text: string, at: number, end: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null || found.index + found[0].length > end ? undefined : found;
}
