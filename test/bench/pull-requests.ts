import type { PullRequest } from "../github/stand-in/pull-state.ts";
import type { StandIn } from "../github/stand-in/stand-in.ts";

/** In one repository of Python modules, each pull request changes so many of them, and makes a mistake in the first. */
export async function openSmallPullRequests(
  github: StandIn,
  name: string,
  count: number,
  { author = "octocat", changed = 1 }: { readonly author?: string; readonly changed?: number } = {},
): Promise<readonly PullRequest[]> {
  const base = Object.fromEntries(
    Array.from({ length: changed + 2 }, (_, at) => [`part_${at}.py`, moduleText(at, false)]),
  );
  const repository = await github.createRepository({ owner: "acme", name, files: base });
  const from = await repository.resolve(repository.defaultBranch);
  const pulls: PullRequest[] = [];
  for (let at = 0; at < count; at += 1) {
    const parts = Array.from({ length: changed }, (_, part) => [
      `part_${part}.py`,
      `${moduleText(part, part === 0)}# ${name} ${at}\n`,
    ]);
    await repository.commit(`feature-${at}`, Object.fromEntries(parts), { from });
    const pull = await github.openPullRequest(repository, { head: `feature-${at}`, author });
    await repository.changedFiles(pull.baseSha, pull.headSha);
    pulls.push(pull);
  }
  return pulls;
}

/** Some fifty lines of a usual module. */
function moduleText(seed: number, isWrong: boolean): string {
  const query = isWrong
    ? `db.execute("SELECT name FROM orders WHERE name = '" + name + "'")`
    : `db.execute("SELECT name FROM orders WHERE name = ?", (name,))`;
  const views = Array.from(
    { length: 4 },
    (_, at) => `
@app.route("/orders-${seed}/${at}")
def orders_${at}():
    name = request.args.get("name", "").strip()
    if not name or len(name) > 100:
        abort(400)
    with sqlite3.connect("orders.db") as db:
        rows = ${at === 0 ? query : query.replace(/'" \+ name \+ "'"/u, '?", (name,)')}
        return jsonify([title for (title,) in rows])
`,
  );
  return `import sqlite3

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
${views.join("\n")}`;
}
