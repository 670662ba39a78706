import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { operands } from "../shared/literal.ts";
import type { Measure, Sort } from "./number-sorts.ts";
import { isRefusing } from "./refusing-block.ts";

/** Where calls take a hash function: by place and by keyword. */
const HASHED: readonly (readonly [RegExp, number, string])[] = [
  [/^hmac\.new$/, 2, "digestmod"],
  [/^hmac\.digest$/, 2, "digest"],
  [/^hashlib\.pbkdf2_hmac$/, 0, "hash_name"],
  [/^hashlib\.file_digest$/, 1, "digest"],
  [/^hashlib\.new$/, 0, "name"],
  [/^django\.utils\.crypto\.salted_hmac$/, 3, "algorithm"],
  [/^(?:itsdangerous|django\.core\.signing)\..*Signer$/, -1, "algorithm"],
  [/^itsdangerous\..*Signer$/, -1, "digest_method"],
];

/** Hash functions from those that are broken to those that are not. */
const HASHES: readonly RegExp[] = [
  /\bmd[245]\b/i,
  /\bsha[-_]?1\b/i,
  /\b(?:sha[-_]?(?:224|256|384|512)|sha3_\d+|blake2[bs])\b/i,
];

const HASH: Sort = {
  name: /./,
  about: /./,
  isWeaker: (before, after) => after < before && after < HASHES.length - 1,
  weaker: "what it makes is easier to forge",
};

/** Where calls take the rights of a file. */
const MODES: readonly (readonly [RegExp, number])[] = [
  [/^os\.open$/, 2],
  [/^os\.(?:chmod|mkdir|makedirs|fchmod|lchmod|mkfifo)$/, 1],
  [/^pathlib\.Path\(\)\.(?:chmod|mkdir|touch)$/, 0],
];

/** What everybody but the owner may do. */
const OTHERS = 0o077;

const MODE: Sort = {
  name: /./,
  about: /./,
  isWeaker: (before, after) => (after & ~before & OTHERS) !== 0,
  weaker: "other accounts of the machine may do more with it",
};

const MASK: Sort = { ...MODE, isWeaker: (before, after) => (before & ~after & OTHERS) !== 0 };

/** What `os.open` refuses: a file that is there already, and a link in its place. */
const REFUSED = /\bO_(?:EXCL|NOFOLLOW)\b/g;

const FLAGS: Sort = {
  name: /./,
  about: /./,
  isWeaker: (before, after) => after < before,
  weaker: "a file or a link that somebody else put there first is taken for one's own",
};

/** Hash functions, and rights and flags of files, that calls are given. */
export function gradedArguments(facts: ModuleFacts): readonly Measure[] {
  return facts.calls.flatMap((call) => [...gradedOf(facts, call), ...flagsOf(facts, call), ...exclusiveOf(call)]);
}

function gradedOf(facts: ModuleFacts, call: CallFact): readonly Measure[] {
  const hashed = given(call, HASHED);
  const value = hashed === undefined ? -1 : HASHES.findIndex((one) => one.test(textOf(facts.syntax, hashed.node)));
  if (hashed !== undefined && value >= 0) return [{ name: call.name, node: hashed.node, value, sort: HASH }];
  const mode = given(call, MODES);
  if (mode !== undefined) return numbered(call, mode, MODE);
  const mask = given(call, [[/^os\.umask$/, 0]]);
  return mask === undefined ? [] : numbered(call, mask, MASK);
}

/** How many of the flags that refuse something `os.open` is given, where it makes the file. */
function flagsOf({ syntax }: ModuleFacts, call: CallFact): readonly Measure[] {
  const flags = given(call, [[/^os\.open$/, 1, "flags"]]);
  const written = flags === undefined ? "" : textOf(syntax, flags.node);
  if (flags === undefined || !/\bO_CREAT\b/.test(written)) return [];
  return [{ name: `${call.name} flags`, node: flags.node, value: written.match(REFUSED)?.length ?? 0, sort: FLAGS }];
}

/** Whether a file that is written must not be there yet: `open(path, "x")`. */
function exclusiveOf(call: CallFact): readonly Measure[] {
  const mode = given(call, [
    [/^(?:builtins\.|io\.)?open$/, 1],
    [/^pathlib\.Path\(\)\.open$/, 0],
  ]);
  const [written, ...others] = mode?.value.constants ?? [];
  if (mode === undefined || typeof written !== "string" || others.length > 0 || !/[wx]/.test(written)) return [];
  return [{ name: `${call.name} mode`, node: mode.node, value: written.includes("x") ? 1 : 0, sort: FLAGS }];
}

function given(
  { args, callee }: CallFact,
  known: readonly (readonly [RegExp, number, string?])[],
): ArgumentFact | undefined {
  for (const [pattern, place, name = "mode"] of known) {
    if (!callee.some((path) => pattern.test(path))) continue;
    const argument = args.find(({ position, keyword }) => position === place || keyword === name);
    if (argument !== undefined) return argument;
  }
  return undefined;
}

function numbered({ name }: CallFact, { node, value }: ArgumentFact, sort: Sort): readonly Measure[] {
  const [number, ...others] = value.constants;
  return typeof number === "number" && others.length === 0 ? [{ name, node, value: number, sort }] : [];
}

const SIZE: Sort = {
  name: /./,
  about: /./,
  isWeaker: (before, after) => before > 0 && after >= before * 10,
  weaker: "more is taken in than before",
};

/** `if len(body) > 65_536: raise …`: how much is too much. */
export function askedSizes(facts: ModuleFacts): readonly Measure[] {
  const { syntax } = facts;
  return [...nodesOfKind(syntax, Kind.comparison_operator)].flatMap((node) => {
    const [what = NONE, bound = NONE, ...others] = operands(syntax, node);
    const isLength = what !== NONE && /^len\(|size$|length$/i.test(textOf(syntax, what));
    if (!isLength || others.length > 0 || !/>=?/.test(textOf(syntax, node).slice(textOf(syntax, what).length)))
      return [];
    const branch = ancestorOfKind(syntax, node, Kind.if_statement, Kind.block);
    const block = branch === NONE ? NONE : childByField(syntax, branch, Field.consequence);
    const [number, ...more] = facts.value(bound)?.constants ?? [];
    if (block === NONE || !isRefusing(facts, block) || typeof number !== "number" || more.length > 0) return [];
    return [{ name: textOf(syntax, what), node: bound, value: number, sort: SIZE }];
  });
}
