import { isIsoDate } from "../text/iso-date.ts";

/** What a comment says that silences findings: ours, or one of another tool. */
export interface Suppressing {
  /** Rule ids and codes of other tools; empty for a bare `# nosec`, and for one of ours that names nothing. */
  readonly names: readonly string[];
  readonly reason?: string;
  /** As written. */
  readonly until?: string;
  readonly isOurs: boolean;
  /** It holds for the whole file, as Ruff's and Flake8's own do. */
  readonly isOfFile: boolean;
}

const OURS = /#\s*safepath:\s*ignore\b\s*(?:\[([^\]]*)\])?\s*(?:until\s+(\S+))?\s*(?:(?:--|—|–)\s*(.*\S))?/;
const NOSEC = /#\s*nosec\b[:\s]*((?:[A-Z]\d{3}[,\s]*)*)/;
const NOQA = /#\s*(?:(?:ruff|flake8):\s*)?noqa:\s*((?:[A-Z]+\d+[,\s]*)+)/i;
const NOQA_OF_FILE = /#\s*(?:ruff|flake8):\s*noqa:/i;

/** Undefined for a comment that silences nothing. */
export function readSuppression(comment: string): Suppressing | undefined {
  const ours = OURS.exec(comment);
  if (ours !== null) {
    const [, names = "", until, reason] = ours;
    return {
      names: namesIn(names, ","),
      ...(reason !== undefined && { reason }),
      ...(until !== undefined && { until }),
      isOurs: true,
      isOfFile: false,
    };
  }
  const other = NOSEC.exec(comment) ?? NOQA.exec(comment);
  if (other === null) return undefined;
  return {
    names: namesIn(other[1], /[,\s]+/),
    reason: comment.replace(/^#\s*/, ""),
    isOurs: false,
    isOfFile: NOQA_OF_FILE.test(comment),
  };
}

/** Whether it counts on the day: one of ours only with a reason, and to the end of its last day. */
export function isInForce({ isOurs, reason, until }: Suppressing, today: string): boolean {
  if (!isOurs) return true;
  return reason !== undefined && (until === undefined || (isIsoDate(until) && until >= today));
}

function namesIn(text: string, separator: string | RegExp): readonly string[] {
  return text
    .split(separator)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
