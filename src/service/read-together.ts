import type { CodeHost, FileRequest, FileText, RepositoryRef } from "./ports.ts";

interface Asked {
  readonly files: readonly FileRequest[];
  readonly resolve: (texts: readonly FileText[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads of one repository; those that are asked for in the same turn go out in one batch. */
export function readTogether(host: Pick<CodeHost, "read">, ref: RepositoryRef) {
  let waiting: Asked[] = [];

  async function send(): Promise<void> {
    const asked = waiting;
    waiting = [];
    try {
      const texts = await host.read(
        ref,
        asked.flatMap(({ files }) => files),
      );
      let next = 0;
      for (const { files, resolve } of asked) {
        resolve(texts.slice(next, next + files.length));
        next += files.length;
      }
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }

  return (files: readonly FileRequest[]): Promise<readonly FileText[]> =>
    new Promise((resolve, reject) => {
      if (files.length === 0) return resolve([]);
      waiting.push({ files, resolve, reject });
      if (waiting.length === 1) queueMicrotask(() => void send());
    });
}

export type ReadTogether = ReturnType<typeof readTogether>;
