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
function world(files: Readonly<Record<string, string>>, { isCut = false } = {}) {
  const published: string[] = [];
  const summaries: string[] = [];
  const host: AuditHost = {
    defaultHead: async () => ({ sha: "a".repeat(40), htmlUrl: "https://github.example/acme/shop", topics: [] }),
    paths: async () => ({ paths: Object.keys(files), isCut }),
    read: async (_, wanted) =>
      wanted.map(({ path, isFolder }): FileText => {
        const text = files[path];
        if (isFolder === true) return { kind: "folder", files: [] };
        return text === undefined ? { kind: "absent" } : { kind: "text", text };
      }),
    auditedAs: async () => published.at(-1),
    publishAudit: async (_, __, externalId, { summary }) => {
      published.push(externalId);
      summaries.push(summary);
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
  return { audit, published, summaries };
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

test("files are found wherever they are in the tree, but for those of packages that came with the repository", async () => {
  const asked: string[] = [];
  const advisories: Advisories = {
    lookUp: async (releases) => {
      asked.push(...releases.map(({ name }) => name));
      return { known: [FLAW], unchecked: [] };
    },
  };
  const { audit, summaries } = world({
    "services/shop/api/requirements.txt": "idna==3.4\n",
    "a/b/c/d/e/uv.lock":
      '[[package]]\nname = "flask"\nversion = "3.0.0"\nsource = { registry = "https://pypi.org/simple" }\n',
    "web/node_modules/gyp/requirements.txt": "six==1.0\n",
    "vendor/lib/requirements.txt": "attrs==1.0\n",
  });
  expect(await audit(advisories)).toBe("published");
  expect(asked.toSorted()).toEqual(["flask", "idna"]);
  expect(summaries[0]).not.toContain("This is not all");
});

test("what was not looked at is said beside what was found, and is no clean answer alone", async () => {
  const cut = world({ "requirements.txt": "idna==3.4\n" }, { isCut: true });
  expect(await cut.audit(knowing(FLAW))).toBe("published");
  expect(cut.summaries[0]).toContain("This is not all: GitHub lists only a part of the files");
  expect(await world({ "requirements.txt": "idna==3.7\n" }, { isCut: true }).audit(knowing())).toBe("unanswered");
  const services = Array.from({ length: 201 }, (_, at) => [`services/s${at}/requirements.txt`, "flask==3.0.0\n"]);
  const many = world({ ...Object.fromEntries(services), "requirements.txt": "idna==3.4\n" });
  expect(await many.audit(knowing(FLAW))).toBe("published");
  expect(many.summaries[0]).toContain("This is not all: 2 dependency files deeper in the tree were not read.");
});

test("files that the configuration leaves out are not looked up", async () => {
  const nobody: Advisories = { lookUp: async (releases) => ({ known: [], unchecked: releases }) };
  const files = { ".github/safepath.yml": "ignore: [examples/]\n", "examples/requirements.txt": "idna==3.4\n" };
  expect(await world(files).audit(nobody)).toBe("nothing-found");
});
