import { join } from "node:path";
import type { Engine } from "../analysis/analyser.ts";
import { commitTasks, earlierSecrets, linesOf } from "../analysis/earlier-secrets.ts";
import type { Policy } from "../config/policy.ts";
import type { Rule } from "../rules/rule.ts";
import { earlierByPolicy } from "../service/search-commits.ts";
import type { CliContext } from "./context.ts";
import { pathFrom } from "./relocate.ts";
import type { Analysed, ChangeParts } from "./run-analysis.ts";

interface Parts {
  readonly policy: Policy;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly context: CliContext;
}

/** The secrets that earlier commits have and the head of the change has not, each once, by the file that had it. */
export async function analyseCommits(
  engine: Engine,
  { commits, root }: Pick<ChangeParts, "commits" | "root">,
  head: readonly Analysed[],
  { policy, rules, context }: Parts,
): Promise<readonly Analysed[]> {
  const changes = head.flatMap(({ input: { content } }) => (content.kind === "change" ? [content] : []));
  const whole = { heads: changes.map(({ head }) => head?.text ?? ""), removed: linesOf(changes, "removed") };
  const tasks = commits.flatMap((commit) => commitTasks(commit, rules, context.today));
  const found = await Promise.all(
    tasks.map(async (task) => earlierSecrets(task, await engine.analyse(task.task), whole, rules)),
  );
  const findings = new Map(
    found
      .flat()
      .flatMap((finding) => earlierByPolicy(finding, policy))
      .map((finding) => [finding.fingerprint, finding]),
  );
  return [...Map.groupBy(findings.values(), ({ location: { path } }) => path)].map(([path, findings]) => {
    const shownPath = pathFrom(context.cwd, join(root, path));
    const input = { path, shownPath, root, content: { kind: "file", text: "" } } as const;
    return { input, analysis: { path, findings, suppressed: [], notices: [], linesInScope: 0 } };
  });
}
