/** `# expect: id[, id] [from LINE]` at a line's end says what is due on it (`from FILE:LINE` where the source is in another file); `# missed:` and `# wrong:` record what is not right yet. */
const EXPECTATION =
  /\s*#\s*(expect|missed|wrong):\s*([a-z0-9-]+(?:\s+from\s+(?:\S+:)?\d+)?(?:\s*,\s*[a-z0-9-]+(?:\s+from\s+(?:\S+:)?\d+)?)*)\s*$/;

/** What is to be reported, as `LINE id` or `LINE id from LINE`, sorted. A recorded miss is not, a recorded false alarm is. */
export function expectationsOf(code: string): string[] {
  const found: string[] = [];
  code.split("\n").forEach((text, index) => {
    const match = EXPECTATION.exec(text);
    if (match === null || match[1] === "missed") return;
    for (const one of match[2].split(",")) found.push(`${index + 1} ${one.trim().replace(/\s+/g, " ")}`);
  });
  return found.sort();
}

/** The code without its expectations. */
export function stripExpectations(code: string): string {
  return code
    .split("\n")
    .map((line) => line.replace(EXPECTATION, ""))
    .join("\n");
}
