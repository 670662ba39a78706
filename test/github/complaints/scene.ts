import type { AppOnLoopback } from "../app-on-loopback.ts";
import type { CheckRun } from "../stand-in/check-state.ts";
import type { PullRequest, ReviewComment } from "../stand-in/pull-state.ts";
import type { Changes } from "../stand-in/write-commit.ts";

export const MISTAKE = 'import subprocess\n\n\ndef run(name):\n    subprocess.run(f"ls {name}", shell=True)\n';
export const REPAIRED = 'import subprocess\n\n\ndef run(name):\n    subprocess.run(["ls", name])\n';

/** Mistakes of one rule, each on a line of its own. */
export function mistakes(count: number): string {
  const lines = Array.from({ length: count }, (_, at) => `    subprocess.run(f"ls {name} ${at}", shell=True)\n`);
  return `import subprocess\n\n\ndef run(name):\n${lines.join("")}`;
}

/** Three mistakes of three rules: three comments. */
export const THREE = `import subprocess
import yaml


def load(name, text):
    subprocess.run("ls " + name, shell=True)
    yaml.load(text, Loader=yaml.Loader)
    return eval(text)
`;

/** What users do, each waiting until we have done our part. */
export function createScene(app: AppOnLoopback) {
  const ended = async ({ id }: { readonly id: string }) => {
    await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  };
  return {
    ended,
    async open(base: Changes, head: Changes, options = {}): Promise<PullRequest> {
      const pull = await app.openPullRequest(base, head, options);
      for (const login of ["octocat", "mona"]) pull.repository.roles.set(login, "write");
      await app.review(pull);
      return pull;
    },
    async push(pull: PullRequest, changes: Changes): Promise<void> {
      const before = await app.github.push(pull, changes);
      await ended(await app.github.announce(pull, { action: "synchronize", before }));
    },
    /** The branch is written anew from the base: no commit of before is left in it. */
    async forcePush(pull: PullRequest, changes: Changes): Promise<void> {
      const before = await app.github.push(pull, changes, { from: pull.baseBranch, message: "Once more" });
      await ended(await app.github.announce(pull, { action: "synchronize", before }));
    },
    async rerun(pull: PullRequest): Promise<void> {
      await ended(await app.github.announceRerun(pull.repository, checkOf(app, pull)));
    },
    async reply(pull: PullRequest, login: string, body: string): Promise<ReviewComment> {
      const reply = await app.github.reply(pull, firstOf(pull.comments), login, body);
      await ended(await app.github.announceComment(pull, reply));
      return reply;
    },
    check: (pull: PullRequest) => checkOf(app, pull),
    /** The bodies of the requests of one operation, since the requests were last forgotten. */
    sent: (operation: string) =>
      app.github.requests.filter((each) => each.operation === operation).map(({ body }) => body as object),
  };
}

export function firstOf<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new Error("there is none");
  return first;
}

function checkOf({ github }: AppOnLoopback, pull: PullRequest): CheckRun {
  const run = github.checkRun(pull);
  if (run === undefined) throw new Error("the head has no check run");
  return run;
}
