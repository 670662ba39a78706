import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { checkOutcome } from "../shared/check-outcome.ts";
import { type Membership, memberships } from "../shared/memberships.ts";
import { nameWords } from "../shared/name-words.ts";
import { isOutside, OUTSIDE } from "../shared/outside.ts";
import { isValidator } from "../shared/validator-name.ts";

const Options = z.strictObject({ of: z.enum(["extensions", "metacharacters"]) });

/** Endings under which a server or a desktop runs what it is given. */
const EXECUTABLE = new Set(
  "asp aspx bat bin cgi cmd com dll exe hta htm html jar js jsp jspx msi phar php php3 php4 php5 phtml pl ps1 psm1 py pyc rb scr sh shtml svg vbs war wsf".split(
    " ",
  ),
);
/** Words of names of files and of their endings. */
const FILE_WORDS = ["ext", "extension", "suffix", "filename", "file", "upload", "splitext"];
const EXTENSION = /^\.?[a-z0-9]{1,6}$/i;
const METACHARACTERS = new Set([
  "'",
  '"',
  ";",
  "--",
  "/*",
  "*/",
  "|",
  "||",
  "&",
  "&&",
  "`",
  "$",
  "$(",
  "<",
  ">",
  "../",
  "..\\",
  "<script>",
  "</script>",
  "script",
  "javascript:",
  "union",
  "select",
  "drop",
  "\\",
  "\\'",
  '\\"',
  "\\\\",
]);

/** Filters that name what is bad: whatever their author did not think of passes. */
export const denylist: ModuleDetector = {
  kind: "module",
  name: "denylist",
  triggers: (raw) =>
    Options.parse(raw).of === "extensions"
      ? { words: [...EXECUTABLE], and: { words: FILE_WORDS, labels: ["upload"] } }
      : { labels: OUTSIDE },
  prepare: (raw) => {
    const { of } = Options.parse(raw);
    return of === "extensions" ? extensions : metacharacters;
  },
};

function* extensions(facts: ModuleFacts): Generator<Detection> {
  for (const test of memberships(facts)) {
    const { listed, subject } = test;
    const isList = listed.length > 0 && listed.every((one) => EXTENSION.test(one));
    const bad = listed.find((one) => EXECUTABLE.has(one.replace(/^\./, "").toLowerCase()));
    if (!isList || bad === undefined || !isFileName(facts, subject) || !refuses(facts, test)) continue;
    yield {
      node: test.node,
      fields: { subject: brief(textOf(facts.syntax, subject)), listed: brief(listed.join(", ")) },
    };
  }
}

function* metacharacters(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const test of memberships(facts)) {
    const isMeta = test.looksFor !== undefined && METACHARACTERS.has(test.looksFor.toLowerCase());
    const areMeta =
      test.looksFor === undefined &&
      test.listed.length > 0 &&
      test.listed.every((one) => METACHARACTERS.has(one.toLowerCase()));
    if (!(isMeta || (areMeta && test.isEach)) || !isOutside(facts.value(test.subject)) || !refuses(facts, test))
      continue;
    const listed = test.looksFor ?? test.listed.join(" ");
    yield { node: test.node, fields: { subject: brief(textOf(syntax, test.subject)), listed: brief(listed) } };
  }
  for (const call of facts.calls) {
    const [from, to] = call.args;
    const removed = from?.value.constants.length === 1 ? from.value.constants[0] : undefined;
    if (!call.name.endsWith(".replace") || typeof removed !== "string" || to?.value.constants[0] !== "") continue;
    if (!METACHARACTERS.has(removed.toLowerCase()) || !isOutside(call.receiver)) continue;
    const subject = childByField(syntax, childByField(syntax, call.node, Field.function), Field.object);
    yield { node: call.node, fields: { subject: brief(textOf(syntax, subject)), listed: removed } };
  }
}

function isFileName(facts: ModuleFacts, subject: number): boolean {
  const labels = facts.value(subject)?.labels ?? [];
  if (labels.includes("upload")) return true;
  const words = nameWords(textOf(facts.syntax, subject));
  return words.some((word) => FILE_WORDS.includes(word));
}

/** What is found on the list is turned away, or only what is not on it is taken. */
function refuses(facts: ModuleFacts, { found, isNegated }: Membership): boolean {
  const { syntax } = facts;
  const { whenTrue, whenFalse } = checkOutcome(syntax, found);
  const outcome = isNegated ? whenFalse : whenTrue;
  if (outcome === "refuses") return true;
  if (outcome === "says-no") return isValidator(facts.scopeOf(found));
  const statement = isNegated ? ancestorOfKind(syntax, found, Kind.if_statement) : NONE;
  if (statement === NONE || childByField(syntax, statement, Field.condition) !== found) return false;
  return /\.(?:save|write|write_bytes|upload\w*|store)\(/.test(
    textOf(syntax, childByField(syntax, statement, Field.consequence)),
  );
}
