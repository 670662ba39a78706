/** GitHub's tokens live for an hour. */
const KEPT_MS = 59 * 60_000;
const MOST_KEPT = 15_000;

interface Kept {
  readonly value: string;
  readonly until: number;
}

/** Tokens that are used more than once, in the shape that `@octokit/auth-app` asks for; how old they are is counted, not read off a clock. */
export function createTokenCache(elapsed: () => number = () => performance.now()) {
  const kept = new Map<string, Kept>();
  return {
    get(key: string): string | undefined {
      const found = kept.get(key);
      return found !== undefined && elapsed() < found.until ? found.value : undefined;
    },
    set(key: string, value: string): void {
      kept.delete(key);
      kept.set(key, { value, until: elapsed() + KEPT_MS });
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    },
  };
}
