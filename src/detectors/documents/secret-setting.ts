import { z } from "zod";
import type { DocumentFacts } from "../../documents/document.ts";
import type { DocumentDetector, ManifestDetection } from "../../rules/detector.ts";
import { shannonEntropy } from "../secrets/entropy.ts";
import { saysSecret } from "../secrets/secret-name.ts";
import { isSecretValue } from "../secrets/secret-value.ts";

const Options = z.strictObject({
  /** Phrases of a name that say that the value is secret, in words of lower case: `api key`. */
  names: z.array(z.string().min(1)).min(1),
});

/** In characters. */
const SHORTEST = 6;

/** Shannon, in bits per character: below, letters repeat. */
const LEAST_ENTROPY = 2;

/** Machines of developers and of build servers, which are thrown away with what is on them. */
const THROWN_AWAY =
  /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$|(?:^|\/)\.(?:devcontainer|vscode|github|gitlab-ci|circleci|travis)[^/]*(?:\/|$)|(?:^|[/._-])(?:dev|devel|development|local|ci)(?:[/._-]|$)/i;

/** Values beside names that say password, key or token, in files of settings. */
export const secretSetting: DocumentDetector = {
  kind: "document",
  name: "secret-setting",
  prepare: (raw) => {
    const phrases = Options.parse(raw).names.map((name) => name.split(" "));
    return (document) => detect(document, phrases);
  },
};

function* detect(
  { path, values }: DocumentFacts,
  phrases: readonly (readonly string[])[],
): Generator<ManifestDetection> {
  if (THROWN_AWAY.test(path)) return;
  for (const { name, value, span } of values) {
    if (value.length < SHORTEST || !saysSecret(name, phrases) || !isSecretValue(value, name)) continue;
    if (isFilledIn(value) || !isMixed(value) || shannonEntropy(value) < LEAST_ENTROPY) continue;
    yield { span, fields: { name } };
  }
}

/** `$PASSWORD`, `${PASSWORD}`, `%PASSWORD%`, `{{ password }}`, `!vault`, `ENC[…]`, and what a shell runs. */
function isFilledIn(value: string): boolean {
  return /^\$|\$[({]|^%\w+%$|\{\{|^ENC\[|^!|^\(|`|^AQICAH|^<|^@/.test(value);
}

/** Words of one kind of letters are names, states and translations. */
function isMixed(value: string): boolean {
  return /\d|[^\w\s.-]/.test(value) && /\p{L}/u.test(value);
}
