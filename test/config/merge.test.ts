import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/analysis/finding.ts";
import { assemblePolicy } from "../../src/config/assemble.ts";
import { foldersAbove } from "../../src/config/config-files.ts";
import { DEFAULT_POLICY } from "../../src/config/defaults.ts";
import { matchesIgnore, nameMatches } from "../../src/config/patterns.ts";
import { modeOf, policyFor } from "../../src/config/policy-for.ts";
import { finding, lines, rule } from "../review/build.ts";

interface Files {
  readonly organization?: string;
  readonly repository?: string;
  readonly folders?: Readonly<Record<string, string>>;
}

function assemble({ folders = {}, ...files }: Files, traits = { name: "shop", topics: ["pci"] }) {
  const { policy, problems } = assemblePolicy({ ...files, folders }, traits, new Set(["weak-hash", "sql-injection"]));
  expect(problems).toEqual([]);
  return policy;
}

describe("the policy of a repository", () => {
  test("without any file is the one that is built in", () => {
    expect(assemble({})).toEqual(DEFAULT_POLICY);
  });

  test("is the repository's where the organization only has defaults", () => {
    const policy = assemble({
      organization: "defaults: { fail-on: never, profile: audit, rules: { weak-hash: off } }",
      repository: "fail-on: warning\nrules: { sql-injection: note }",
    });
    expect(policy.files).toMatchObject({
      failOn: "warning",
      profile: "audit",
      rules: { "weak-hash": "off", "sql-injection": "note" },
    });
  });

  test("is the organization's where it enforces, whatever repository and folder say", () => {
    const policy = assemble({
      organization: 'enforced: { fail-on: error, rules: { sql-injection: error }, ignore: ["gen/"], mode: block }',
      repository: 'fail-on: never\nrules: { sql-injection: off }\nignore: ["*"]\nmodes: [{ mode: monitor }]',
      folders: { billing: "fail-on: never\nmode: monitor" },
    });
    for (const path of ["a.py", "billing/a.py"]) {
      const own = policyFor(policy, path);
      expect(own).toMatchObject({ failOn: "error", rules: { "sql-injection": "error" }, mode: "block", modes: [] });
      expect(matchesIgnore(own.ignore, path)).toBe(false);
    }
  });

  test("depends on its name and its topics where the organization tells repositories apart", () => {
    const organization =
      "repositories:\n  - { names: [api-*], defaults: { fail-on: warning } }\n  - { topics: [pci], enforced: { fail-on: note } }";
    const failOn = (name: string, topics: readonly string[] = []) =>
      assemble({ organization }, { name, topics: [...topics] }).files.failOn;
    expect([failOn("api-orders"), failOn("web"), failOn("web", ["pci"])]).toEqual(["warning", "error", "note"]);
  });

  test("is that of the nearest folder with a file of its own", () => {
    const policy = assemble({
      repository: "fail-on: error",
      folders: { services: "fail-on: warning", "services/legacy": "profile: audit", tools: "fail-on: never" },
    });
    const failOn = (path: string) => policyFor(policy, path).failOn;
    expect(failOn("a.py")).toBe("error");
    expect(failOn("services/orders/deep/a.py")).toBe("warning");
    expect(failOn("services/legacy/a.py")).toBe("warning");
    expect(policyFor(policy, "services/legacy/a.py").profile).toBe("audit");
    expect(failOn("tools/a.py")).toBe("never");
    expect(failOn("servicesx/a.py")).toBe("error");
  });
});

describe("the mode of a finding", () => {
  const found = (parts: Partial<Finding> = {}) => finding({ location: lines("app/a.py", 1), ...parts });

  test("is decided by the last entry that it fits", () => {
    const policy = assemble({
      repository:
        "mode: comment\nmodes:\n  - { mode: monitor, levels: [warning] }\n  - { mode: block, sections: [cryptography], levels: [warning] }",
    });
    const crypto = rule({ id: "weak-hash", section: "cryptography" });
    expect(modeOf(policy, found({ level: "error" }), rule({ id: "sql-injection" }))).toBe("comment");
    expect(modeOf(policy, found({ level: "warning" }), rule({ id: "sql-injection" }))).toBe("monitor");
    expect(modeOf(policy, found({ level: "warning", ruleId: "weak-hash" }), crypto)).toBe("block");
  });
});

describe("patterns", () => {
  test("of names know a star for any part", () => {
    const fits = (pattern: string) =>
      ["api", "api-orders", "old-api", "API-2"].filter((name) => nameMatches(pattern, name));
    expect(fits("api")).toEqual(["api"]);
    expect(fits("api-*")).toEqual(["api-orders", "API-2"]);
    expect(fits("*api*")).toEqual(["api", "api-orders", "old-api", "API-2"]);
    expect(fits("*-a*i")).toEqual(["old-api"]);
    expect(nameMatches("a*a", "a")).toBe(false);
  });

  test("of files are those of a .gitignore, relative to the folder that states them", () => {
    const rules = [
      { folder: "", patterns: ["*_pb2.py", "/build/"] },
      { folder: "app", patterns: ["!keep_pb2.py", "/gen/**"] },
    ];
    const out = ["x_pb2.py", "build/a.py", "app/build/a.py", "app/keep_pb2.py", "app/gen/a.py", "gen/a.py"];
    expect(out.filter((path) => matchesIgnore(rules, path))).toEqual(["x_pb2.py", "build/a.py", "app/gen/a.py"]);
  });

  test("are looked for above the changed files, outermost folders first", () => {
    expect(foldersAbove(["a.py", "s/b/c.py", "s/d.py"])).toEqual(["s", "s/b"]);
  });
});
