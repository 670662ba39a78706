import { z } from "zod";
import type { DocumentFacts } from "../../documents/document.ts";
import type { DocumentDetector, ManifestDetection } from "../../rules/detector.ts";
import { saysSecret } from "../secrets/secret-name.ts";

const Options = z.strictObject({
  /** Phrases of a name that say that the value is secret, in words of lower case: `api key`. */
  names: z.array(z.string().min(1)).min(1),
});

/** Of machines that serve, or of one person; files for tests and for build servers hold what is thrown away. */
const OF_MACHINE = /(?:^|\/)\.env(?:\.(?:local|prod|production|staging|live))?$/;

/** Where no program of ours reads it. */
const APART = /(?:^|\/)(?:tests?|fixtures?|examples?|samples?|docs?|demos?)\//;

/** A file of environment variables that has a place for secrets, and something in it. */
export const committedDotenv: DocumentDetector = {
  kind: "document",
  name: "committed-dotenv",
  prepare: (raw) => {
    const phrases = Options.parse(raw).names.map((name) => name.split(" "));
    return (document) => detect(document, phrases);
  },
};

function* detect(
  { path, format, values }: DocumentFacts,
  phrases: readonly (readonly string[])[],
): Generator<ManifestDetection> {
  if (format !== "env" || !OF_MACHINE.test(path) || APART.test(path)) return;
  const secret = values.find(({ name, value }) => saysSecret(name, phrases) && isGiven(value));
  if (secret !== undefined) yield { span: secret.span, fields: { name: secret.name } };
}

/** `$TOKEN`, `<token>` and nothing at all are to be filled in. */
function isGiven(value: string): boolean {
  return value.trim() !== "" && !/^[$<]|\$\{|\{\{/.test(value);
}
