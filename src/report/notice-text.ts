import { isAboutSuppression, type Notice } from "../analysis/finding.ts";
import { suppressionText } from "./suppression-text.ts";

/** What was given up on, and what holds of the rest; one clause without the place. `code` draws what people and programs wrote. */
export function noticeText(notice: Notice, code: (text: string) => string = (text) => `\`${text}\``): string {
  if (isAboutSuppression(notice)) return suppressionText(notice, code);
  switch (notice.kind) {
    case "syntax-error":
      return "not Python that the parser knows; the rest of the file was analysed";
    case "limit":
      return limitText(notice);
    case "too-slow":
      return `not analysed: it took longer than ${count(notice.milliseconds)} ms`;
    case "crashed":
      return "not analysed: the analysis ended early";
    case "unreadable":
      return `not analysed: ${UNREADABLE[notice.reason]}`;
    case "left-out":
      return "left out by the configuration";
    case "generated":
      return `taken for the work of a tool by its name, its head or its long lines; only ${notice.isNew ? "errors, " : ""}secrets and hidden code are looked for`;
    case "broken-manifest":
      return `not understood: ${code(notice.reason)}; the rest of the file was read`;
    case "advisories-unchecked":
      return uncheckedText(notice);
    case "rule-failed":
      return `the rule ${code(notice.ruleId)} failed on it (${code(notice.error)}); the other rules were applied`;
  }
}

function uncheckedText({ packages, reason }: Extract<Notice, { kind: "advisories-unchecked" }>): string {
  const of = packages === 1 ? "1 package" : `${count(packages)} packages`;
  return reason === "private"
    ? `advisories were not looked up for ${of} of another index: such names are not told`
    : `advisories could not be checked for ${of}: nobody answered`;
}

/** Why a file has no text. */
export const UNREADABLE = {
  binary: "it is not a text file",
  "nul-bytes": "it has NUL bytes, before which Python may run it",
  "not-utf8": "it is not UTF-8",
  "unknown-encoding": "it names an encoding that is not read here",
  "in-lfs": "it is kept in Git LFS, which is not read",
  "not-fetched": "it could not be read",
  "too-large": "it is too large",
  "broken-notebook": "it is no notebook that can be read",
};

function limitText({ limit, measured, bound }: Extract<Notice, { kind: "limit" }>): string {
  switch (limit) {
    case "size":
      return `not analysed: ${count(Math.ceil(measured / 1024))} kB, limit ${count(Math.floor(bound / 1024))} kB`;
    case "nodes":
      return `not analysed: ${count(measured)} syntax nodes, limit ${count(bound)}`;
    case "continuations":
      return `not analysed: ${count(measured)} lines joined by backslashes, limit ${count(bound)}`;
    case "steps":
      return `analysed in part: it takes more than ${count(bound)} steps`;
    case "findings":
    case "notes":
      return `reported in part: the weightiest ${count(bound)} of ${count(measured)} findings`;
    case "change":
      return `not analysed: the files before it have ${count(measured)} findings, limit ${count(bound)}`;
    case "depth":
      return `analysed in part: it is nested deeper than ${count(bound)}`;
  }
}

/** `1,240`. By hand: the first use of a locale costs more than a small report. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
