import type { Answers, KeptAnswer } from "../../src/service/store.ts";

/** A store of answers that never forgets: who reads looks at the times. */
export function keptInMemory(): Answers {
  const kept = new Map<string, KeptAnswer>();
  return {
    async answers(keys) {
      return keys.flatMap((key) => kept.get(key) ?? []);
    },
    async keep(answers) {
      for (const answer of answers) kept.set(answer.key, answer);
    },
  };
}
