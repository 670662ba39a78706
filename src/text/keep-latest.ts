/**
 * Remembers the latest answers of `read`, those that there is nothing included, as long as they and their keys are no more than `most`
 * together, in UTF-16 code units; `sizeOf` says how many an answer has.
 */
export function keepLatest<Answer>(
  read: (key: string) => Answer,
  sizeOf: (answer: Answer) => number,
  most: number,
): (key: string) => Answer {
  const kept = new Map<string, { readonly answer: Answer; readonly size: number }>();
  let total = 0;
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) {
      kept.delete(key);
      kept.set(key, known);
      return known.answer;
    }
    const answer = read(key);
    const size = key.length + sizeOf(answer);
    kept.set(key, { answer, size });
    total += size;
    for (const [oldest, { size }] of kept) {
      if (total <= most) break;
      kept.delete(oldest);
      total -= size;
    }
    return answer;
  };
}
