import { describe, expect, it } from "vitest";
import { drawRuleIndex, drawRulePage } from "../../src/report/rule-page.ts";
import type { Rule } from "../../src/rules/rule.ts";

const rule: Rule = {
  id: "door-open",
  section: "secure-defaults",
  title: "Door left open",
  level: "warning",
  precision: "very-high",
  cwe: "CWE-1188",
  furtherCwes: [],
  profile: "default",
  seed: ["6.0"],
  tags: [],
  codes: ["B999"],
  formerly: [],
  supersedes: [],
  references: ["https://example.org/doors"],
  message: "`{name}` stays open.",
  why: "Anyone can walk in.\n",
  remedy: "Close it.\n",
  limits: "Windows are not looked at.\n",
  inTests: "off",
  match: {
    kind: "any",
    of: [
      {
        kind: "call",
        callee: ["house.Door"],
        where: [],
        fix: {
          title: "Close the door",
          applicability: "unsafe",
          changes: [{ kind: "set-keyword", keyword: "open", value: "False" }],
        },
      },
    ],
  },
  bad: [
    {
      name: "left open",
      path: "example.py",
      code: "Door(open=True)  # expect: door-open\n",
      fixed: "Door(open=False)\n",
    },
  ],
  good: [{ name: "closed", path: "settings.toml", code: "open = false\n" }],
};

describe("a rule's page", () => {
  const page = drawRulePage(rule, "`Door` stays open.");

  it("shows where the report stands and not how the test says so", () => {
    expect(page).toContain("Door(open=True)  # ← reported");
    expect(page).not.toContain("expect:");
  });

  it("names the file of an example that is no module", () => {
    expect(page).toContain("**Closed** (`settings.toml`)\n\n```toml\nopen = false\n```");
  });

  it("offers the fix of a pattern as it does the rule's own", () => {
    expect(page).toContain("**Close the door**. Look at it before you take it");
    expect(page).toContain("with the change:\n\n```python\nDoor(open=False)\n```");
  });

  it("has no heading for limits that a rule does not state", () => {
    expect(page).toContain("## What it does not see\n\nWindows are not looked at.");
    const { limits: _, ...unlimited } = rule;
    expect(drawRulePage(unlimited, "")).not.toContain("What it does not see");
  });
});

describe("the index", () => {
  it("puts errors before warnings and leaves out sections without rules", () => {
    const index = drawRuleIndex([rule, { ...rule, id: "zoo-open", level: "error", profile: "audit" }]);
    expect(index.indexOf("zoo-open.md")).toBeLessThan(index.indexOf("door-open.md"));
    expect(index).toContain("| [zoo-open](zoo-open.md) | Door left open *(audit)* | error | CWE-1188 | yes |");
    expect(index).not.toContain("## Cryptography");
  });
});
