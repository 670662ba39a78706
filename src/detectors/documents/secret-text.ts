import type { DocumentFacts } from "../../documents/document.ts";
import type { DocumentDetector, ManifestDetection } from "../../rules/detector.ts";
import { createLineIndex } from "../../text/line-index.ts";
import { findKnownSecrets } from "../secrets/find-known-secrets.ts";
import { findPrivateKeys } from "../secrets/find-private-keys.ts";
import { findUrlCredentials } from "../secrets/find-url-credentials.ts";
import { maskedStart } from "../secrets/masked-start.ts";

/** What rules look for in Python's text, in the text of a file of settings: comments are read by whoever reads it, too. */
export const knownSecretInDocument = textDetector("known-secret-in-document", (text) =>
  findKnownSecrets(text).map(({ what, start, end }) => ({
    start,
    end,
    fields: { what, masked: maskedStart(text.slice(start, end)) },
  })),
);

export const privateKeyInDocument = textDetector("private-key-in-document", (text) =>
  findPrivateKeys(text).map(({ algorithm, start, end }) => ({
    start,
    end,
    fields: { kind: algorithm === "" ? "private key" : `${algorithm} private key` },
  })),
);

export const urlCredentialsInDocument = textDetector("url-credentials-in-document", (text) =>
  findUrlCredentials(text).map(({ user, host, start, end }) => ({ start, end, fields: { user, host } })),
);

interface Found {
  readonly start: number;
  readonly end: number;
  readonly fields: Readonly<Record<string, string>>;
}

function textDetector(name: string, find: (text: string) => readonly Found[]): DocumentDetector {
  return {
    kind: "document",
    name,
    prepare: () =>
      function* ({ text }: DocumentFacts): Generator<ManifestDetection> {
        const found = find(text);
        if (found.length === 0) return;
        const lines = createLineIndex(text);
        for (const { start, end, fields } of found) yield { span: lines.spanOf(start, end), fields };
      },
  };
}
