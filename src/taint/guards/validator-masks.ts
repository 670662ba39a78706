import { Kind } from "../../python/kinds.ts";
import { namedChildren } from "../../python/walk.ts";
import type { Machine } from "../machine/machine.ts";
import type { RecordedCall } from "../machine/recorder.ts";
import { EVERYTHING } from "../values/value.ts";
import { maskOf, patternMask } from "./guard-text.ts";

/** Checks that admit what they list. */
const LISTED: ReadonlySet<string> = new Set([
  "marshmallow.validate.OneOf",
  "marshmallow.validate.ContainsOnly",
  "marshmallow.validate.Equal",
  "wtforms.validators.AnyOf",
  "wtforms.validators.any_of",
  "attr.validators.in_",
  "attrs.validators.in_",
]);

/** Checks that a text matches a pattern, with the function of `re` by which they look. */
const PATTERNS: ReadonlyMap<string, "match" | "fullmatch" | "search"> = new Map([
  ["marshmallow.validate.Regexp", "match"],
  ["wtforms.validators.Regexp", "match"],
  ["wtforms.validators.regexp", "match"],
  ["attr.validators.matches_re", "fullmatch"],
  ["attrs.validators.matches_re", "fullmatch"],
  ["django.core.validators.RegexValidator", "search"],
]);

/** Checks of a number that is no larger than they are told, and where they are told so. */
const LIMITS: ReadonlyMap<string, { readonly position: number; readonly keyword: string }> = new Map([
  ["marshmallow.validate.Range", { position: 1, keyword: "max" }],
  ["wtforms.validators.NumberRange", { position: 1, keyword: "max" }],
  ["wtforms.validators.number_range", { position: 1, keyword: "max" }],
  ["django.core.validators.MaxValueValidator", { position: 0, keyword: "limit_value" }],
  ["attr.validators.le", { position: 0, keyword: "val" }],
  ["attr.validators.lt", { position: 0, keyword: "val" }],
  ["attrs.validators.le", { position: 0, keyword: "val" }],
  ["attrs.validators.lt", { position: 0, keyword: "val" }],
]);

/** Checks of several checks, all of which have to pass. */
const ALL: ReadonlySet<string> = new Set([
  "marshmallow.validate.And",
  "attr.validators.and_",
  "attrs.validators.and_",
  "attr.validators.optional",
  "attrs.validators.optional",
]);

/** Checks of letters, digits and what is listed here. */
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ["django.core.validators.validate_slug", "-"],
  ["django.core.validators.validate_ipv4_address", "."],
  ["django.core.validators.validate_ipv6_address", ":"],
  ["django.core.validators.validate_ipv46_address", ".:"],
  ["wtforms.validators.UUID", "-"],
  ["wtforms.validators.MacAddress", ":"],
]);

/** A check that is called, `validate_slug(name)`, raises for what it does not let through: the kinds that the rest is harmless for. */
export function checkedKinds(machine: Machine, path: string): number {
  const characters = CHARACTERS.get(path);
  return characters !== undefined && path.includes(".validate_") ? maskOf(machine, new Set(characters)) : 0;
}

/** What the checks of a field let through: one of them, or a list of which each has to pass. */
export function validatorMask(machine: Machine, node: number): number {
  const { syntax, recorder } = machine;
  const kind = syntax.kind[node];
  if (kind === Kind.list || kind === Kind.tuple) return together(machine, namedChildren(syntax, node));
  const call = kind === Kind.call ? recorder.calls.get(node) : undefined;
  const paths = call?.callee ?? recorder.valueOf(node)?.paths ?? [];
  return paths.reduce((mask, path) => mask | maskOfCheck(machine, path, call), 0);
}

function together(machine: Machine, nodes: readonly number[]): number {
  return nodes.reduce((mask, node) => mask | validatorMask(machine, node), 0);
}

function maskOfCheck(machine: Machine, path: string, call: RecordedCall | undefined): number {
  const characters = CHARACTERS.get(path);
  if (characters !== undefined) return maskOf(machine, new Set(characters));
  if (call === undefined) return 0;
  if (LISTED.has(path)) return EVERYTHING;
  const limit = LIMITS.get(path);
  if (limit !== undefined) {
    const isSet = call.args.some(({ position, keyword }) => keyword === limit.keyword || position === limit.position);
    return isSet ? machine.models.kindMask(["range"]) : 0;
  }
  const positional = call.args.filter(({ position }) => position !== undefined).map(({ node }) => node);
  if (ALL.has(path)) return together(machine, positional);
  const method = PATTERNS.get(path);
  if (method === undefined || call.args.some(({ keyword }) => keyword === "inverse_match")) return 0;
  const pattern = call.args.find(({ position, keyword }) => position === 0 || keyword === "regex");
  const { constants, prefix } = pattern?.snapshot.value ?? {};
  // A compiled pattern remembers its text.
  const [text = prefix] = constants ?? [];
  return typeof text === "string" ? patternMask(machine, text, method) : 0;
}
