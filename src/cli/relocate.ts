import { isAbsolute, relative, sep } from "node:path";
import type { FileAnalysis, Finding, Notice } from "../analysis/finding.ts";
import type { Location } from "../text/span.ts";

/** A file's path as a person in `cwd` writes it: relative below it, absolute elsewhere. */
export function pathFrom(cwd: string, absolute: string): string {
  const path = relative(cwd, absolute);
  return path.startsWith("..") || isAbsolute(path) ? absolute : path.split(sep).join("/");
}

/** The same analysis with other paths: findings are named in the repository and shown from the folder. */
export function relocate(analysis: FileAnalysis, shownPath: (path: string) => string): FileAnalysis {
  const move = (location: Location): Location => ({ ...location, path: shownPath(location.path) });
  const moveFinding = (finding: Finding): Finding => ({
    ...finding,
    location: move(finding.location),
    ...(finding.anchor !== undefined && { anchor: move(finding.anchor) }),
    ...(finding.trace !== undefined && {
      trace: finding.trace.map((step) => ({ ...step, location: move(step.location) })),
    }),
  });
  return {
    ...analysis,
    ...(analysis.surface !== undefined && {
      surface: analysis.surface.map((one) => ({ ...one, location: move(one.location) })),
    }),
    path: shownPath(analysis.path),
    findings: analysis.findings.map(moveFinding),
    suppressed: analysis.suppressed.map((one) => ({
      ...one,
      finding: moveFinding(one.finding),
      ...(one.comment !== undefined && { comment: move(one.comment) }),
    })),
    notices: analysis.notices.map((notice): Notice => {
      if ("location" in notice) return { ...notice, location: move(notice.location) };
      return { ...notice, path: shownPath(notice.path) };
    }),
  };
}
