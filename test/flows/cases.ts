/** Lines of a flow file that show one construct: from a `# case:` to the next. Lines begin at 1. */
export interface FlowCase {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

export function casesOf(code: string): FlowCase[] {
  const lines = code.split("\n");
  const starts = lines.flatMap((text, index) => {
    const match = /^# case: (.+)$/.exec(text);
    return match === null ? [] : [{ name: match[1], first: index + 1 }];
  });
  return starts.map((start, index) => ({ ...start, last: (starts[index + 1]?.first ?? lines.length + 1) - 1 }));
}
