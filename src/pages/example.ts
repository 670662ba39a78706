import type { Finding } from "../analysis/finding.ts";
import type { Example } from "../rules/rule.ts";

/** An example as it is shown, with what the engine says of it. */
export interface AnalysedExample {
  readonly name: string;
  readonly path: string;
  readonly before?: string;
  /** In an earlier commit, without its expectations: the findings are in it. */
  readonly between?: string;
  /** Other files of the project, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Without its expectations. */
  readonly code: string;
  /** Of the page's own rule. */
  readonly findings: readonly Finding[];
}

const EXPECTATION = /[ \t]*#[ \t]*(?:expect|missed|wrong):[^\n]*$/gmu;

/** An example's code as somebody would write it. */
export function shownCode({ code }: Pick<Example, "code">): string {
  return code.replace(EXPECTATION, "").trimEnd();
}
