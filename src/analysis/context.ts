/** What kind of file a path names, by convention: rules are quieter where nothing runs in production. */
export type FileContext = "product" | "test" | "vendored";

const TEST =
  /(?:^|\/)(?:tests?|testing|__tests__|spec|specs|fixtures|examples?|samples?|demos?|docs?|documentation|benchmarks?|migrations)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|tests)\.pyw?$/;
const VENDORED =
  /(?:^|\/)(?:vendor|vendored|_vendor|third_party|site-packages|node_modules)\/|(?:^|\/)[^/]*_pb2(?:_grpc)?\.pyi?$/;

export function contextOf(path: string): FileContext {
  if (VENDORED.test(path)) return "vendored";
  return TEST.test(path) ? "test" : "product";
}
