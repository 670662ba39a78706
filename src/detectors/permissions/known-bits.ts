import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { unwrap } from "../shared/literal.ts";

/** What is known of a number bit by bit: those in neither set may be anything. */
export interface KnownBits {
  readonly ones: number;
  readonly zeros: number;
}

const UNKNOWN: KnownBits = { ones: 0, zeros: 0 };

/** All the bits of `st_mode` that stand for rights. */
const ALL = 0o7777;

const STAT_CONSTANTS: ReadonlyMap<string, number> = new Map([
  ["S_ISUID", 0o4000],
  ["S_ISGID", 0o2000],
  ["S_ISVTX", 0o1000],
  ["S_IRWXU", 0o700],
  ["S_IRUSR", 0o400],
  ["S_IWUSR", 0o200],
  ["S_IXUSR", 0o100],
  ["S_IREAD", 0o400],
  ["S_IWRITE", 0o200],
  ["S_IEXEC", 0o100],
  ["S_IRWXG", 0o070],
  ["S_IRGRP", 0o040],
  ["S_IWGRP", 0o020],
  ["S_IXGRP", 0o010],
  ["S_IRWXO", 0o007],
  ["S_IROTH", 0o004],
  ["S_IWOTH", 0o002],
  ["S_IXOTH", 0o001],
]);

/** The bits of an expression of modes: numbers, constants of `stat`, `|`, `&`, `+` and `~`. */
export function fileModeOf(facts: ModuleFacts, expression: number): KnownBits {
  const node = unwrap(facts.syntax, expression);
  const value = facts.value(node);
  const [constant, ...others] = value?.constants ?? [];
  if (typeof constant === "number" && others.length === 0) return exactly(constant);
  const named = value?.paths
    .map((path) => STAT_CONSTANTS.get(path.replace(/^_?stat\./, "")))
    .find((bits) => bits !== undefined);
  if (named !== undefined) return exactly(named);
  switch (facts.syntax.kind[node]) {
    case Kind.binary_operator:
      return combined(facts, node);
    case Kind.unary_operator:
      return negated(facts, node);
    default:
      return UNKNOWN;
  }
}

function combined(facts: ModuleFacts, node: number): KnownBits {
  const { syntax } = facts;
  const left = fileModeOf(facts, childByField(syntax, node, Field.left));
  const right = fileModeOf(facts, childByField(syntax, node, Field.right));
  switch (syntax.kind[childByField(syntax, node, Field.operator)]) {
    case Kind.token_pipe:
    case Kind.token_plus:
      return { ones: left.ones | right.ones, zeros: left.zeros & right.zeros };
    case Kind.token_ampersand:
      return { ones: left.ones & right.ones, zeros: left.zeros | right.zeros };
    default:
      return UNKNOWN;
  }
}

function negated(facts: ModuleFacts, node: number): KnownBits {
  const { syntax } = facts;
  if (syntax.kind[childByField(syntax, node, Field.operator)] !== Kind.token_tilde) return UNKNOWN;
  const operand = childByField(syntax, node, Field.argument);
  if (operand === NONE) return UNKNOWN;
  const { ones, zeros } = fileModeOf(facts, operand);
  return { ones: zeros, zeros: ones };
}

function exactly(mode: number): KnownBits {
  return { ones: mode & ALL, zeros: ~mode & ALL };
}
