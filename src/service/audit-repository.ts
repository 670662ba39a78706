import { createHash } from "node:crypto";
import type { AnalysisTask, Engine } from "../analysis/analyser.ts";
import type { Finding, Notice } from "../analysis/finding.ts";
import { asksForAdvisories } from "../analysis/releases.ts";
import { policyFor } from "../config/policy-for.ts";
import { manifestFormat } from "../manifests/manifest-format.ts";
import { planAudit } from "../review/plan-audit.ts";
import type { PlannedCheck } from "../review/review-plan.ts";
import type { Rule } from "../rules/rule.ts";
import { advise } from "./advise.ts";
import type { Advisories, Clock, FileRequest, FileText, OrganizationFiles, RepositoryRef } from "./ports.ts";
import { type ConfigurationSources, readConfigurationAt } from "./read-configuration.ts";
import { readTogether } from "./read-together.ts";

/** What an audit needs of the code host, through one repository's token. */
export interface AuditHost {
  /** Of the default branch; undefined where the repository is empty. */
  defaultHead(ref: RepositoryRef): Promise<DefaultHead | undefined>;
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

/** Folders below the root that are looked into, and files that are read. */
const MOST_FOLDERS = 40;
const MOST_FILES = 40;

/**
 * Looks up the releases that the default branch locks or pins, and publishes a check on its head where some have known flaws: once for what
 * is known of one commit. The configuration in force there decides on levels, and on what is left out.
 */
export async function auditRepository(parts: AuditParts, host: AuditHost, ref: RepositoryRef): Promise<AuditOutcome> {
  const head = await host.defaultHead(ref);
  if (head === undefined) return "nothing-found";
  const read = (files: readonly FileRequest[]) => host.read(ref, files);
  const paths = await manifestsOf(read, head.sha);
  if (!paths.some(isPinning)) return "nothing-found";
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
  const today = parts.clock.now().toISOString().slice(0, 10);
  const analysed = await Promise.all(
    files
      .filter(({ path }) => isPinning(path))
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
  if (findings.length === 0) return isAnswered ? "nothing-found" : "unanswered";
  const externalId = `audit ${digestOf(findings)}`;
  if ((await host.auditedAs(ref, head.sha)) === externalId) return "known";
  const links = { repositoryUrl: head.htmlUrl, rulePages: parts.rulePages };
  await host.publishAudit(ref, head.sha, externalId, planAudit({ findings, headSha: head.sha, links }));
  return "published";
}

/** Dependency files at the root and one folder below: what one fixes, another may say the index of. */
async function manifestsOf(
  read: (files: readonly FileRequest[]) => Promise<readonly FileText[]>,
  revision: string,
): Promise<readonly string[]> {
  const [root] = await read([{ path: "", revision, isFolder: true }]);
  if (root?.kind !== "folder") return [];
  const names = (root.folders ?? []).slice(0, MOST_FOLDERS);
  const folders = await read(names.map((path) => ({ path, revision, isFolder: true })));
  const below = folders.flatMap((folder, index) =>
    folder.kind === "folder" ? folder.files.map(({ name }) => `${names[index]}/${name}`) : [],
  );
  const all = [...root.files.map(({ name }) => name), ...below];
  return all.filter((path) => manifestFormat(path) !== undefined).slice(0, MOST_FILES);
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
