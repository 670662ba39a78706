import type { Machine } from "../machine/machine.ts";
import { asText } from "./text.ts";
import { type Constant, type Value, withCleared } from "./value.ts";

/** In the place of a part whose text is not known, and that nobody outside chose. */
const SOME = "\ue000";

/** Beginnings of texts that nobody outside chose: an unknown base with a slash behind it, and one behind which no host can begin. */
const BASED = `${SOME}/`;
const ENDED = `${SOME}?`;

/** `http://host/`, `{scheme}://{host}:{port}/`, and whatever has a query or a fragment. */
const ENDED_HOST = /^(?:[a-z\ue000][a-z0-9+.\ue000-]*:)?\/\/[^/?#\\]+[/?#]|[?#]/i;

/** `{base}/`, `{host}:8080/`. */
const ENDED_BASE = /^\ue000[^/?#\\:]*(?::[0-9\ue000]+)?\//;

/** The same with something behind the slash, so that an empty beginning lets no host begin there. */
const BEGUN_PATH = /^\ue000[^/?#\\:]*(?::[0-9\ue000]+)?\/[^/\\]/;

/** Whether a part of a beginning is known to the letter. */
export function isWhole(beginning: string): boolean {
  return !beginning.includes(SOME);
}

/** What a condition or a rule may take for the constant beginning of a text. */
export function constantPrefix({ prefix }: Value): string | undefined {
  return prefix?.startsWith(SOME) ? undefined : prefix;
}

/**
 * Parts of a text in order. Where those in front have ended the host of an address, as in `f"{base}/users/{name}"`, what follows
 * decides about no host, whatever the beginning is: nobody outside chose it.
 */
export function behindHost(machine: Machine, parts: readonly Value[]): readonly Value[] {
  if (parts.every(({ labels }) => labels === 0)) return parts;
  const redirect = machine.models.kindMask(["redirect"]);
  if (isFromOutside(machine, parts[0]) && endsOwnHost(parts[0]))
    return parts.map((part) => withCleared(part, redirect));
  const behind = behindOf(machine, parts, redirect);
  return behindOf(machine, behind, machine.models.kindMask(["ssrf"]));
}

/** The same for the kinds of a mask: what was proved harmless for them may stand where the host is. */
function behindOf(machine: Machine, parts: readonly Value[], mask: number): readonly Value[] {
  const isOpen = (part: Value) => isFromOutside(machine, part) && (part.cleared & mask) !== mask;
  const first = parts.findIndex(isOpen);
  if (first < 1) return parts;
  const beginning = beginningOf(parts.slice(0, first));
  const isRedirect = mask === machine.models.kindMask(["redirect"]);
  if (isRedirect && isOwnPath(parts.slice(0, first), parts[first])) return clearedFrom(parts, isOpen, mask);
  // Behind the slash of a base, what does not begin with another one is part of a path.
  const isPath = beginning === ENDED || parts[first].paths.includes("path.Relative()");
  if (beginning === undefined || (isRedirect && !isPath)) return parts;
  return clearedFrom(parts, isOpen, mask);
}

function clearedFrom(parts: readonly Value[], isOpen: (part: Value) => boolean, mask: number): readonly Value[] {
  return parts.map((part) => (isOpen(part) ? withCleared(part, mask) : part));
}

/** `"/" + path.lstrip("/\\")`: behind one slash no host begins where no other slash follows. */
function isOwnPath(before: readonly Value[], part: Value): boolean {
  const [slash, ...others] = before;
  const isSlash = others.length === 0 && slash?.constants?.length === 1 && slash.constants[0] === "/";
  return isSlash && part.paths.includes("text.WithoutSlash()");
}

/** A text that was put together, which remembers that its unknown beginning has ended. */
export function withBeginning(machine: Machine, text: Value, parts: readonly Value[]): Value {
  if (text.constants !== undefined || text.prefix !== undefined || parts.length < 2) return text;
  const host = machine.models.kindMask(["ssrf", "redirect"]);
  if (parts.some((part) => isFromOutside(machine, part) && (part.cleared & host) !== host)) return text;
  const prefix = beginningOf(parts);
  return prefix === undefined ? text : { ...text, prefix };
}

/** The site's address up to the slash behind its host, as the request was sent to it: `request.host_url`. */
function endsOwnHost({ paths }: Value): boolean {
  return paths.length > 0 && paths.every((path) => ENDS_WITH_SLASH.test(path));
}

const ENDS_WITH_SLASH = /\.(?:host_url|url_root|root_url)$/;

function isFromOutside({ models }: Machine, { labels }: Value): boolean {
  return labels !== 0 && (labels & models.labels.mask(["remote", "upload", "api", "queue", "llm"])) !== 0;
}

function beginningOf(parts: readonly Value[]): string | undefined {
  const lead = leadOf(parts);
  if (lead === undefined) return undefined;
  if (ENDED_HOST.test(lead) || BEGUN_PATH.test(lead)) return ENDED;
  return ENDED_BASE.test(lead) ? BASED : undefined;
}

/** Undefined where a part may be empty, or no constant part ends anything. */
function leadOf(parts: readonly Value[]): string | undefined {
  let lead = "";
  let mayEnd = false;
  for (const { constants, prefix } of parts) {
    const text = constants?.length === 1 ? asText(constants[0]) : endingOf(constants);
    if (text === undefined && constants?.includes("")) return undefined;
    const piece = text ?? (prefix?.startsWith(SOME) ? prefix : SOME);
    mayEnd ||= piece.length > 0 && /[/?#]/.test(piece);
    lead += piece;
  }
  return mayEnd ? lead : undefined;
}

/** `"&" if "?" in url else "?"`: whichever of them it is, a query goes on behind it. */
function endingOf(constants: readonly Constant[] | undefined): string | undefined {
  return constants?.every((constant) => /^[?&#]/.test(asText(constant))) === true ? "?" : undefined;
}
