import { Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, children, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText, operands } from "../shared/literal.ts";
import { isSecretValue } from "./secret-value.ts";

/** Stands for what is only known at run time. */
const HOLE = "$";
const VALUE = String.raw`["']?([^\s"'$|]{4,})`;

/** Commands by how they are given a password. */
const COMMANDS = [
  String.raw`\bsshpass\s+-p\s*${VALUE}`,
  String.raw`\bmysql\w*\s(?:[^|;]*\s)?-p([^\s"'$|-][^\s"'$|]{3,})`,
  String.raw`\b(?:mysql\w*|mongo\w*|pg_\w+|psql|rabbitmqctl|kinit)\s(?:[^|;]*\s)?--password[= ]${VALUE}`,
  String.raw`\b(?:PGPASSWORD|MYSQL_PWD|SSHPASS|REDISCLI_AUTH)=${VALUE}`,
  String.raw`\becho\s+(?:-n\s+)?${VALUE}["']?\s*\|\s*sudo\s+(?:\S+\s+)*?-S\b`,
  String.raw`\bcurl\s(?:[^|;]*\s)?(?:-u|--user)\s*["']?[^\s:"'$]+:([^\s"'$|]{4,})`,
  String.raw`\bredis-cli\s(?:[^|;]*\s)?-a\s+${VALUE}`,
  String.raw`\bnet\s+user\s+\S+\s+([^\s/$*]{4,})\s+/add\b`,
  String.raw`\bopenssl\s(?:[^|;]*\s)?-pass(?:in|out)?\s+pass:([^\s"'$]{4,})`,
  String.raw`\bgpg2?\s(?:[^|;]*\s)?--passphrase[= ]${VALUE}`,
  String.raw`\b(?:docker|podman|helm registry|az acr)\s+login\s(?:[^|;]*\s)?(?:-p|--password)[= ]${VALUE}`,
  String.raw`\bldap\w+\s(?:[^|;]*\s)?-w\s+${VALUE}`,
].map((pattern) => new RegExp(pattern));

/** A word of each of them, as they are taken apart by `nameWords`. */
const PROGRAMS = [
  "sshpass mysql mysqladmin mysqlbinlog mysqlcheck mysqldump mysqlimport mysqlpump mysqlsh mysqlshow mysqlslap",
  "mongo mongosh mongodump mongorestore mongoexport mongoimport mongofiles mongostat mongotop psql pg pgpassword",
  "rabbitmqctl kinit sudo curl redis rediscli net openssl gpg docker podman helm az",
  "ldapadd ldapcompare ldapdelete ldapexop ldapmodify ldapmodrdn ldappasswd ldapsearch ldapwhoami",
].flatMap((words) => words.split(" "));
const PROGRAM = new RegExp(String.raw`\b(?:${PROGRAMS.join("|")})`, "i");

/** What a program on the other side asks before it is told a password. */
const PROMPT = /[p\]]ass(?:word|phrase|wd|code)/i;
const ANSWERS = /\.(?:sendline|send|sendall|write)$/;
const WAITS = /\.(?:expect|expect_exact|read_until)$/;

/** Passwords in a command line that is written out, and in the answer to a prompt for one. */
export const commandCredential: ModuleDetector = {
  kind: "module",
  name: "command-credential",
  triggers: { literals: PROGRAMS, names: ["expect", "expect_exact", "read_until"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKinds(syntax, [Kind.string, Kind.concatenated_string, Kind.list])) {
    if (!isWhole(syntax, node)) continue;
    const line = lineOf(syntax, node);
    if (!PROGRAM.test(line)) continue;
    const password = COMMANDS.map((pattern) => pattern.exec(line)?.[1]).find((one) => one !== undefined);
    if (password === undefined || !isSecretValue(password, "")) continue;
    const command = /^\S*/.exec(line)?.[0] ?? "";
    yield { node, fields: { name: command.includes("=") ? command.slice(0, command.indexOf("=")) : command } };
  }
  for (const call of facts.calls) {
    if (!ANSWERS.test(call.name)) continue;
    const [answer] = call.args;
    const text = answer && literalText(syntax, answer.node)?.replace(/(?:\\[rn])+$/, "");
    if (text === undefined || text.length < 4 || !isSecretValue(text, "")) continue;
    if (isAskedBefore(facts, call.node, call.name.replace(ANSWERS, "")))
      yield { node: answer.node, fields: { name: call.name } };
  }
}

/** A text or a list of its own: no word of a list, no documentation. */
function isWhole(syntax: SyntaxArrays, node: number): boolean {
  const around = syntax.kind[syntax.parent[node]];
  return (
    around !== Kind.list &&
    around !== Kind.concatenated_string &&
    around !== Kind.expression_statement &&
    around !== Kind.comparison_operator
  );
}

/** The command as a shell would read it. */
function lineOf(syntax: SyntaxArrays, node: number): string {
  switch (syntax.kind[node]) {
    case Kind.list:
      return operands(syntax, node)
        .map((word) => literalText(syntax, word) ?? HOLE)
        .join(" ");
    case Kind.concatenated_string:
      return operands(syntax, node)
        .map((part) => lineOf(syntax, part))
        .join("");
    default:
      return children(syntax, node)
        .map((part) =>
          syntax.kind[part] === Kind.string_content
            ? textOf(syntax, part)
            : syntax.kind[part] === Kind.interpolation
              ? HOLE
              : "",
        )
        .join("");
  }
}

/** The statement before waits for a prompt on the same object. */
function isAskedBefore({ syntax, calls }: ModuleFacts, answer: number, object: string): boolean {
  const statement = ancestorOfKind(syntax, answer, Kind.expression_statement);
  const siblings = statement === NONE ? [] : operands(syntax, syntax.parent[statement]);
  const before = siblings[siblings.indexOf(statement) - 1];
  if (before === undefined) return false;
  return calls.some(
    ({ node, name, args: [prompt] }) =>
      before <= node &&
      node < syntax.next[before] &&
      WAITS.test(name) &&
      name.replace(WAITS, "") === object &&
      prompt !== undefined &&
      PROMPT.test(textOf(syntax, prompt.node)),
  );
}
