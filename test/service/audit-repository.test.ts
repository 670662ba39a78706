import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { createOwnRuleReader } from "../../src/config/read-own-rules.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { createInProcessEngine } from "../../src/engine/in-process.ts";
import type { PackageAdvisories } from "../../src/manifests/advisory.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";
import { type AuditHost, auditRepository } from "../../src/service/audit-repository.ts";
import type { Advisories, FileText } from "../../src/service/ports.ts";

const ruleSet = loadRuleSet(readRuleFiles());
const engine = createInProcessEngine(createAnalyse({ parser: await chooseParser(), ruleSet, detectors: DETECTORS }));
const REF = { installationId: 1, repositoryId: 2, owner: "acme", repo: "shop" };

const FLAW: PackageAdvisories = { name: "idna", version: "3.4", flaws: [{ ids: ["CVE-2024-3651"] }] };

/** Files by path; what was published, by external id. */
function world(files: Readonly<Record<string, string>>) {
  const published: string[] = [];
  const folder = (path: string): FileText => {
    const inside = Object.keys(files).filter((one) => one.startsWith(path === "" ? "" : `${path}/`));
    const names = inside.map((one) => one.slice(path === "" ? 0 : path.length + 1));
    return {
      kind: "folder",
      files: names.filter((name) => !name.includes("/")).map((name) => ({ name, bytes: 1 })),
      folders: [...new Set(names.filter((name) => name.includes("/")).map((name) => name.split("/")[0] ?? ""))],
    };
  };
  const host: AuditHost = {
    defaultHead: async () => ({ sha: "a".repeat(40), htmlUrl: "https://github.example/acme/shop", topics: [] }),
    read: async (_, wanted) =>
      wanted.map(({ path, isFolder }): FileText => {
        const text = files[path];
        if (isFolder === true) return folder(path);
        return text === undefined ? { kind: "absent" } : { kind: "text", text };
      }),
    auditedAs: async () => published.at(-1),
    publishAudit: async (_, __, externalId) => {
      published.push(externalId);
    },
  };
  const audit = (advisories: Advisories) =>
    auditRepository(
      {
        engine,
        clock: { now: () => new Date("2026-11-27T10:00:00Z") },
        rules: new Map(ruleSet.rules.map((rule) => [rule.id, rule])),
        advisories,
        organizationConfig: async () => ({ text: undefined, own: [] }),
        readOwnRules: createOwnRuleReader({ ruleSet, detectors: DETECTORS }),
        rulePages: "https://docs.example/rules",
      },
      host,
      REF,
    );
  return { audit, published };
}

function knowing(...known: readonly PackageAdvisories[]): Advisories {
  return { lookUp: async () => ({ known, unchecked: [] }) };
}

test("what is known of a commit is published once, and again when more is known", async () => {
  const { audit, published } = world({ "requirements.txt": "idna==3.4\nflask==3.0.0\n" });
  expect(await audit(knowing())).toBe("nothing-found");
  expect(await audit(knowing(FLAW))).toBe("published");
  expect(await audit(knowing(FLAW))).toBe("known");
  const more = { name: "flask", version: "3.0.0", flaws: [{ ids: ["CVE-2026-1"] }] } as const;
  expect(await audit(knowing(FLAW, more))).toBe("published");
  expect(new Set(published).size).toBe(2);
});

test("nobody answering is no finding, and is not silent either", async () => {
  const { audit, published } = world({ "requirements.txt": "idna==3.4\n" });
  expect(await audit({ lookUp: async (releases) => ({ known: [], unchecked: releases }) })).toBe("unanswered");
  expect(published).toEqual([]);
});

test("a repository without files that fix versions asks nobody", async () => {
  const nobody: Advisories = { lookUp: () => Promise.reject(new Error("was asked")) };
  expect(await world({ "app.py": "", "docs/notes.txt": "" }).audit(nobody)).toBe("nothing-found");
});
