import { describe, expect, test } from "vitest";
import { isDiff, parsePastedDiff } from "../../src/diff/parse-pasted-diff.ts";
import { rebuildSides } from "../../src/diff/rebuild-sides.ts";

const GIT = `commit 0123456789abcdef0123456789abcdef01234567
Author: A <a@example.com>

    Say it shorter

diff --git a/shop/views.py b/shop/views.py
index 1111111..2222222 100644
--- a/shop/views.py
+++ b/shop/views.py
@@ -1,2 +1,3 @@
 import os
+import sys
 import re
@@ -10,3 +11,2 @@ def view():
         if ready:
-            stop()
     return 1
diff --git a/old.py b/old.py
deleted file mode 100644
--- a/old.py
+++ /dev/null
@@ -1 +0,0 @@
-x = 1
`;

describe("a diff that somebody pastes", () => {
  test.each([
    ["a commit", GIT, true],
    ["what diff -u writes", "--- views.py\t2026-01-01\n+++ views.py\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n", true],
    ["a lone hunk", "@@ -1,1 +1,1 @@\n-a\n+b\n", true],
    ["Python that speaks of one", 'TEXT = """\n@@ -1,1 +1,1 @@\n"""\n', false],
    ["a rule of three dashes", "--- \nx = 1\n", false],
  ])("is told from Python: %s", (_, text, is) => {
    expect(isDiff(text)).toBe(is);
  });

  test("names its files on both sides", () => {
    expect(parsePastedDiff(GIT, "paste.py").map(({ basePath, headPath }) => [basePath, headPath])).toEqual([
      ["shop/views.py", "shop/views.py"],
      ["old.py", undefined],
    ]);
    const plain = "--- views.py\t2026-01-01\n+++ views.py\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n";
    expect(parsePastedDiff(plain, "paste.py")).toMatchObject([{ basePath: "views.py", headPath: "views.py" }]);
    expect(parsePastedDiff("@@ -1,1 +1,1 @@\n-a\n+b\n", "paste.py")).toMatchObject([{ headPath: "paste.py" }]);
  });

  test("that contradicts itself is refused", () => {
    expect(() => parsePastedDiff("--- a\n+++ b\n@@ -1,9 +1,1 @@\n-a\n+b\n", "paste.py")).toThrow();
  });
});

describe("the sides that hunks show", () => {
  test("have each line at its number, in blocks that are opened above it", () => {
    const [file] = parsePastedDiff(GIT, "paste.py");
    expect(rebuildSides(file?.hunks ?? [])).toEqual({
      base: `import os\nimport re\n${"\n".repeat(5)}def _():\n    if _:\n        if ready:\n            stop()\n    return 1\n`,
      head: `import os\nimport sys\nimport re\n${"\n".repeat(5)}def _():\n    if _:\n        if ready:\n    return 1\n`,
    });
  });

  test("end where a line's number costs too much", () => {
    const [file] = parsePastedDiff("@@ -999999999,1 +999999999,1 @@\n-a\n+b\n", "paste.py");
    expect(rebuildSides(file?.hunks ?? [])).toBeUndefined();
  });
});
