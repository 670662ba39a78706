import { manifestFormat } from "../manifests/manifest-format.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { SourceFile } from "./file-change.ts";
import type { Notice } from "./finding.ts";
import { isGenerated } from "./generated.ts";
import { isPython, sourceKind } from "./source-kind.ts";

/**
 * What kind of file it is, by convention: rules are quieter where nothing runs in production, or where a tool writes the code. `claimed` is
 * what a new file says of itself: nobody has looked at it before, so its errors are said.
 */
export type FileContext = "product" | "test" | "vendored" | "generated" | "claimed";

/** A file, and what kind it is taken for. */
export interface KnownFile extends SourceFile {
  readonly context: FileContext;
}

/**
 * Both sides of a change. That a tool writes the file is believed where it was so at the base, and of a new file as far as its
 * errors do not say otherwise: a change cannot silence a review by saying it of what people wrote.
 */
export function knownSides(
  base: SourceFile | undefined,
  head: SourceFile,
): { readonly base: KnownFile | undefined; readonly head: KnownFile } {
  const isBelieved = isGenerated(head.text) && (base === undefined || isGenerated(base.text));
  const known = (file: SourceFile) => ({ ...file, context: isBelieved ? contextOf(file) : contextOfPath(file.path) });
  const named = known(head);
  const isClaimed = base === undefined && named.context === "generated";
  return { base: base && known(base), head: isClaimed ? { ...named, context: "claimed" } : named };
}

const KIND_OF_TEST =
  "(?:unit|integration|functional|acceptance|system|smoke|regression|compatibility|load|e2e)[_-]?tests?";
const TEST_FOLDERS = [
  "tests?",
  // `billing_integration_tests`, `testsuite`.
  `(?:[\\w.-]+[_-])?${KIND_OF_TEST}`,
  "test[_-]?(?:suite|project|app|site|util|helper)s?",
  "testing|__tests__|e2e(?:[_-][\\w-]+)?|specs?|fixtures|examples?|samples?|demos?|docs?|documentation|benchmarks?|migrations",
  // The tests of the projects around Celery.
  "t/(?:unit|integration|smoke)",
];
const TEST = new RegExp(
  String.raw`(?:^|/)(?:${TEST_FOLDERS.join("|")})/|(?:^|/)(?:test_[^/]*|[^/]*_test|conftest|tests|settings/test|${KIND_OF_TEST}_[^/]*|[^/]*_${KIND_OF_TEST})\.pyw?$`,
);
const VENDORED = /(?:^|\/)(?:vendor|vendored|_vendor|third_party|site-packages|node_modules)\//;
const GENERATED = /(?:_pb2|_pb2_grpc)\.pyi?$/;

/** By the path, and by what the text says of itself. */
export function contextOf({ path, text }: SourceFile): FileContext {
  const context = contextOfPath(path);
  // A picture in a notebook makes lines as long as a tool's.
  if (manifestFormat(path) !== undefined || sourceKind(path) === "notebook") return context;
  return context !== "vendored" && isGenerated(text) ? "generated" : context;
}

/** Of Python that is taken for the work of a tool, where that leaves rules out: somebody may have thought that they were asked. */
export function generatedNotices({ path, text, context }: KnownFile, { profile }: AnalysisOptions): readonly Notice[] {
  const isNew = context === "claimed";
  if ((!isNew && context !== "generated") || profile === "audit" || !isPython(path, text)) return [];
  return [{ kind: "generated", path, ...(isNew && { isNew }) }];
}

/** A dependency file goes by its path alone: that a tool pins what it lists makes it no less worth a look. */
export function contextOfPath(path: string): FileContext {
  if (VENDORED.test(path)) return "vendored";
  if (GENERATED.test(path)) return "generated";
  return TEST.test(path) ? "test" : "product";
}
