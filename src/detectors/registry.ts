import type { Detector } from "../rules/detector.ts";
import { archiveExtract } from "./archive-extract.ts";
import { argumentMadeBy } from "./argument-made-by.ts";
import { assertStatement } from "./assert-statement.ts";
import { cookieFlag } from "./cookie-flag.ts";
import { debugDefault } from "./debug-default.ts";
import { decoratorOrder } from "./decorator-order.ts";
import { deploySettings } from "./deploy-settings.ts";
import { djangoSetting } from "./django-setting.ts";
import { dynamicText } from "./dynamic-text.ts";
import { environmentSetting } from "./environment-setting.ts";
import { exceptionDisclosure } from "./exception-disclosure.ts";
import { failOpen } from "./fail-open.ts";
import { fileMode } from "./file-mode.ts";
import { frameworkSecretKey } from "./framework-secret-key.ts";
import { hardcodedSecret } from "./hardcoded-secret.ts";
import { hstsHeader } from "./hsts-header.ts";
import { insecureIndex } from "./insecure-index.ts";
import { insecureRandom } from "./insecure-random.ts";
import { jwtVerification } from "./jwt-verification.ts";
import { keyedDigest } from "./keyed-digest.ts";
import { knownSecret } from "./known-secret.ts";
import { listArgument } from "./list-argument.ts";
import { literalTextDetector } from "./literal-text.ts";
import { loggedName } from "./logged-name.ts";
import { namedConstant } from "./named-constant.ts";
import { obfuscatedExec } from "./obfuscated-exec.ts";
import { parameterDefault } from "./parameter-default.ts";
import { passwordCompare } from "./password-compare.ts";
import { passwordDigest } from "./password-digest.ts";
import { privateKey } from "./private-key.ts";
import { programPath } from "./program-path.ts";
import { readingOrder } from "./reading-order.ts";
import { secretFallback } from "./secret-fallback.ts";
import { sqlString } from "./sql-string.ts";
import { sqlText } from "./sql-text.ts";
import { swallowedException } from "./swallowed-exception.ts";
import { templateEscaping } from "./template-escaping.ts";
import { timingCompare } from "./timing-compare.ts";
import { tlsContext } from "./tls-context.ts";
import { tokenPayload } from "./token-payload.ts";
import { unloggedOutcome } from "./unlogged-outcome.ts";
import { unpinnedRequirement } from "./unpinned-requirement.ts";
import { urlCredentials } from "./url-credentials.ts";
import { weakHash } from "./weak-hash.ts";
import { webSetting } from "./web-setting.ts";

const ALL: readonly Detector[] = [
  archiveExtract,
  argumentMadeBy,
  assertStatement,
  cookieFlag,
  debugDefault,
  decoratorOrder,
  deploySettings,
  djangoSetting,
  dynamicText,
  environmentSetting,
  exceptionDisclosure,
  failOpen,
  fileMode,
  frameworkSecretKey,
  hardcodedSecret,
  hstsHeader,
  insecureIndex,
  insecureRandom,
  jwtVerification,
  keyedDigest,
  knownSecret,
  listArgument,
  literalTextDetector,
  loggedName,
  namedConstant,
  obfuscatedExec,
  parameterDefault,
  passwordCompare,
  passwordDigest,
  privateKey,
  programPath,
  readingOrder,
  secretFallback,
  sqlString,
  sqlText,
  swallowedException,
  templateEscaping,
  timingCompare,
  tlsContext,
  tokenPayload,
  unloggedOutcome,
  unpinnedRequirement,
  urlCredentials,
  weakHash,
  webSetting,
];

/** Every detector that a rule can name. */
export const DETECTORS: ReadonlyMap<string, Detector> = new Map(ALL.map((detector) => [detector.name, detector]));
