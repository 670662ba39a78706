import { createHash } from "node:crypto";
import type { AnalysisTask, Engine } from "../analysis/analyser.ts";
import type { Finding, Notice } from "../analysis/finding.ts";
import { asksForAdvisories } from "../analysis/releases.ts";
import { isLeftOut, policyFor } from "../config/policy-for.ts";
import { manifestFormat } from "../manifests/manifest-format.ts";
import { type Missed, planAudit } from "../review/plan-audit.ts";
import type { PlannedCheck } from "../review/review-plan.ts";
import type { Rule } from "../rules/rule.ts";
import { compareText } from "../text/compare-text.ts";
import { isoDateOf } from "../text/iso-date.ts";
import { advise } from "./advise.ts";
import type { Advisories, Clock, FileRequest, FileText, OrganizationFiles, RepositoryRef } from "./ports.ts";
import { type ConfigurationSources, readConfigurationAt } from "./read-configuration.ts";
import { readTogether } from "./read-together.ts";

/** What an audit needs of the code host, through one repository's token. */
export interface AuditHost {
  /** Of the default branch; undefined where the repository is empty. */
  defaultHead(ref: RepositoryRef): Promise<DefaultHead | undefined>;
  /** Every file of a commit, wherever it is. */
  paths(ref: RepositoryRef, sha: string): Promise<Paths>;
  read(ref: RepositoryRef, files: readonly FileRequest[]): Promise<readonly FileText[]>;
  /** The id under which this commit was audited last; undefined where nothing was found yet. */
  auditedAs(ref: RepositoryRef, headSha: string): Promise<string | undefined>;
  /** A check of its own beside the one of reviews. */
  publishAudit(ref: RepositoryRef, headSha: string, externalId: string, check: PlannedCheck): Promise<void>;
}

export interface DefaultHead {
  readonly sha: string;
  readonly htmlUrl: string;
  readonly topics: readonly string[];
}

export interface Paths {
  readonly paths: readonly string[];
  /** The code host lists so many and no more. */
  readonly isCut: boolean;
}

export interface AuditParts extends Pick<ConfigurationSources, "readOwnRules"> {
  readonly engine: Engine;
  readonly clock: Pick<Clock, "now">;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly advisories: Advisories;
  readonly organizationConfig: (ref: RepositoryRef) => Promise<OrganizationFiles>;
  /** Where `<rule-id>.md` is found, no slash at the end. */
  readonly rulePages: string;
}

/** `unanswered`: nothing was found, and not everything could be looked up. */
export type AuditOutcome = "nothing-found" | "unanswered" | "known" | "published";

/** Dependency files that are read of one repository. */
const MOST_FILES = 200;

/**
 * Looks up the releases that the default branch locks or pins, and publishes a check on its head where some have known flaws: once for what
 * is known of one commit. The configuration in force there decides on levels, and on what is left out.
 */
export async function auditRepository(parts: AuditParts, host: AuditHost, ref: RepositoryRef): Promise<AuditOutcome> {
  const head = await host.defaultHead(ref);
  if (head === undefined) return "nothing-found";
  const read = (files: readonly FileRequest[]) => host.read(ref, files);
  const { paths, missed } = await manifestsOf(host, ref, head.sha);
  const isWhole = !missed.isListCut && missed.files === 0;
  if (!paths.some(isPinning)) return isWhole ? "nothing-found" : "unanswered";
  const { policy } = await readConfigurationAt(head.sha, readTogether(host, ref), { ref, topics: head.topics }, paths, {
    organization: await parts.organizationConfig(ref),
    readOwnRules: parts.readOwnRules,
    ruleNames: new Set(parts.rules.keys()),
  });
  const texts = await read(paths.map((path) => ({ path, revision: head.sha })));
  const files = paths.flatMap((path, index) => {
    const text = texts[index];
    return text?.kind === "text" ? [{ path, text: text.text }] : [];
  });
  const today = isoDateOf(parts.clock.now());
  const analysed = await Promise.all(
    files
      .filter(({ path }) => isPinning(path) && !isLeftOut(policy, path))
      .map(async (file) => {
        const { profile, rules: levels } = policyFor(policy, file.path);
        const options = { profile, levels, today };
        const task: AnalysisTask = { kind: "file", file, options, project: { kind: "given", files } };
        return { task, analysis: await parts.engine.analyse(task) };
      }),
  );
  const advised = await advise(parts.engine, analysed, parts.advisories);
  const isOfAudit = ({ ruleId }: Finding) => {
    const rule = parts.rules.get(ruleId);
    return rule !== undefined && asksForAdvisories(rule);
  };
  const findings = advised.flatMap(({ analysis }) => analysis.findings.filter(isOfAudit));
  const isAnswered = advised.every(({ analysis }) => !analysis.notices.some(isUnanswered));
  if (findings.length === 0) return isAnswered && isWhole ? "nothing-found" : "unanswered";
  const externalId = `audit ${digestOf(findings)}`;
  if ((await host.auditedAs(ref, head.sha)) === externalId) return "known";
  const links = { repositoryUrl: head.htmlUrl, rulePages: parts.rulePages };
  await host.publishAudit(ref, head.sha, externalId, planAudit({ findings, headSha: head.sha, links, missed }));
  return "published";
}

/**
 * Dependency files, those nearest to the root first: what one fixes, another may say the index of. `missed` says what was not looked at.
 */
async function manifestsOf(
  host: AuditHost,
  ref: RepositoryRef,
  sha: string,
): Promise<{ readonly paths: readonly string[]; readonly missed: Missed }> {
  const { paths, isCut } = await host.paths(ref, sha);
  const manifests = paths.filter((path) => manifestFormat(path) !== undefined && !isOfOthers(path));
  const nearest = manifests.toSorted((a, b) => depthOf(a) - depthOf(b) || compareText(a, b));
  return {
    paths: nearest.slice(0, MOST_FILES),
    missed: { files: Math.max(0, nearest.length - MOST_FILES), isListCut: isCut },
  };
}

/** Packages that were installed or copied into the repository bring their own files along, which nobody installs from. */
function isOfOthers(path: string): boolean {
  return /(?:^|\/)(?:node_modules|site-packages|vendor|vendored|_vendor|third_party)\//.test(path);
}

function depthOf(path: string): number {
  return path.split("/").length;
}

function isPinning(path: string): boolean {
  const format = manifestFormat(path);
  return format === "lock" || format === "requirements";
}

function isUnanswered(notice: Notice): boolean {
  return notice.kind === "advisories-unchecked" && notice.reason === "unavailable";
}

function digestOf(findings: readonly Finding[]): string {
  const said = findings.map(({ fingerprint, level, message }) => [fingerprint, level, message]);
  return createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 40);
}
