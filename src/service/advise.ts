import type { AnalysisTask, Engine } from "../analysis/analyser.ts";
import type { TaskAnalysis } from "../analysis/elsewhere.ts";
import type { Notice } from "../analysis/finding.ts";
import { keyOfRelease, type PackageVersion } from "../manifests/advisory.ts";
import type { Advisories, AdvisoryAnswer } from "./ports.ts";

/** A file that was analysed; without a task where there was nothing to analyse. */
export interface Advised {
  readonly task?: AnalysisTask | undefined;
  readonly analysis: TaskAnalysis;
}

/**
 * Looks up the flaws of the releases that all files bring in, at once, and analyses those files again that have some. What could not
 * be looked up is a notice of its file.
 */
export async function advise<One extends Advised>(
  engine: Engine,
  all: readonly One[],
  advisories: Advisories | undefined,
): Promise<readonly One[]> {
  const releases = all.flatMap(({ analysis }) => analysis.releases?.open ?? []);
  const withheld = all.some(({ analysis }) => (analysis.releases?.withheld ?? []).length > 0);
  if (advisories === undefined || (releases.length === 0 && !withheld)) return all;
  const answer: AdvisoryAnswer = releases.length === 0 ? NOTHING : await advisories.lookUp(releases);
  const known = new Map(answer.known.map((one) => [keyOfRelease(one), one]));
  const unchecked = new Set(answer.unchecked.map(keyOfRelease));
  return Promise.all(
    all.map(async (one) => {
      const { task, analysis } = one;
      if (task === undefined || analysis.releases === undefined) return one;
      const { open, withheld } = analysis.releases;
      const found = open.flatMap((release) => known.get(keyOfRelease(release)) ?? []);
      const advised = { ...task, options: { ...task.options, advisories: found } };
      const again = found.length === 0 ? analysis : await engine.analyse(advised);
      const missing = open.filter((release) => unchecked.has(keyOfRelease(release)));
      const notices = [
        ...noticeOf(analysis.path, "unavailable", missing),
        ...noticeOf(analysis.path, "private", withheld),
      ];
      return { ...one, task: advised, analysis: { ...again, notices: [...again.notices, ...notices] } };
    }),
  );
}

const NOTHING: AdvisoryAnswer = { known: [], unchecked: [] };

function noticeOf(
  path: string,
  reason: "unavailable" | "private",
  releases: readonly PackageVersion[],
): readonly Notice[] {
  const packages = new Set(releases.map(keyOfRelease)).size;
  return packages === 0 ? [] : [{ kind: "advisories-unchecked", path, reason, packages }];
}
