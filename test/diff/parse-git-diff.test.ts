import { expect, test } from "vitest";
import { parseGitDiff } from "../../src/diff/parse-git-diff.ts";

const diff = String.raw`diff --git a/a b.py b/a b.py
index 1191247..c396a2c 100644
--- a/a b.py	
+++ b/a b.py	
@@ -1,2 +1,2 @@
 1
-2
+3
\ No newline at end of file
diff --git a/bin b/bin
index 8352675..1592e5c 100644
Binary files a/bin and b/bin differ
diff --git a/gone.py b/gone.py
deleted file mode 100644
index 587be6b..0000000
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/empty.py b/empty.py
new file mode 100644
index 0000000..e69de29
diff --git a/mode.sh b/mode.sh
old mode 100644
new mode 100755
diff --git a/new.py b/new.py
new file mode 100644
index 0000000..8ba3a16
--- /dev/null
+++ b/new.py
@@ -0,0 +1 @@
+n
diff --git a/old.py b/moved b/to.py
similarity index 100%
rename from old.py
rename to moved b/to.py
diff --git "a/tab\tq\".py" "b/\303\251.py"
similarity index 50%
rename from "tab\tq\".py"
rename to "\303\251.py"
index 587be6b..975fbec 100644
--- "a/tab\tq\".py"
+++ "b/\303\251.py"
@@ -1 +1 @@
-x
+y
`;

test("each file has its paths on both sides, quoted or not, and its hunks", () => {
  expect(parseGitDiff(diff).map(({ basePath, headPath, hunks }) => [basePath, headPath, hunks.length])).toEqual([
    ["a b.py", "a b.py", 1],
    ["bin", "bin", 0],
    ["gone.py", undefined, 1],
    [undefined, "empty.py", 0],
    ["mode.sh", "mode.sh", 0],
    [undefined, "new.py", 1],
    ["old.py", "moved b/to.py", 0],
    ['tab\tq".py', "é.py", 1],
  ]);
});

test("no content passes for the head of another file", () => {
  const content = ["+a\rdiff --git a/z b/z", "+b\u2028diff --git a/z b/z", "+++ b/z", "+@@ -1 +1 @@", "+\r@@ -1 +1 @@"];
  const hostile = `diff --git a/x.py b/x.py\n--- a/x.py\n+++ b/x.py\n@@ -0,0 +1,5 @@\n${content.join("\n")}\n`;
  const files = parseGitDiff(`${hostile}${diff}`);
  expect(files.length).toBe(9);
  expect(files[0]?.hunks.map(({ lines }) => lines.map(({ text }) => text))).toEqual([
    content.map((line) => line.slice(1)),
  ]);
});

test("a diff without files has none, one that contradicts itself is an error", () => {
  expect(parseGitDiff("")).toEqual([]);
  expect(() => parseGitDiff("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1 @@\n-a\n+b\n")).toThrow();
});
