import type { Detector } from "../rules/detector.ts";
import { archiveExtract } from "./archive-extract.ts";
import { argumentMadeBy } from "./argument-made-by.ts";
import { assertCheck } from "./assert-check.ts";
import { assertStatement } from "./assert-statement.ts";
import { boolCoercion } from "./bool-coercion.ts";
import { broadScope } from "./broad-scope.ts";
import { certificatePin } from "./certificate-pin.ts";
import { addedSuppression } from "./change/added-suppression.ts";
import { earlierCommit } from "./change/earlier-commit.ts";
import { openedAccess } from "./change/opened-access.ts";
import { removedCheck } from "./change/removed-check.ts";
import { removedConstantTime } from "./change/removed-constant-time.ts";
import { removedGuard } from "./change/removed-guard.ts";
import { removedMiddleware } from "./change/removed-middleware.ts";

import { removedSetting } from "./change/removed-setting.ts";
import { removedTest } from "./change/removed-test.ts";
import { removedValidator } from "./change/removed-validator.ts";
import { weakenedGuard } from "./change/weakened-guard.ts";
import { widenedScope } from "./change/widened-scope.ts";
import { cleartextLogin } from "./cleartext-login.ts";
import { cleartextUrl } from "./cleartext-url.ts";
import { clockSecret } from "./clock-secret.ts";
import { cookieFlag } from "./cookie-flag.ts";
import { corsReflection } from "./cors-reflection.ts";
import { credentialArgument } from "./credential-argument.ts";
import { databaseSuperuser } from "./database-superuser.ts";
import { databaseTls } from "./database-tls.ts";
import { debugDefault } from "./debug-default.ts";
import { decoratorOrder } from "./decorator-order.ts";
import { denylist } from "./denylist.ts";
import { abandonedPackage } from "./dependencies/abandoned-package.ts";
import { changedSource } from "./dependencies/changed-source.ts";
import { downgraded } from "./dependencies/downgraded.ts";
import { exchangedHash } from "./dependencies/exchanged-hash.ts";
import { extraIndex } from "./dependencies/extra-index.ts";
import { insecureIndex } from "./dependencies/insecure-index.ts";
import { knownVulnerable } from "./dependencies/known-vulnerable.ts";
import { loosenedPin } from "./dependencies/loosened-pin.ts";
import { missingHash } from "./dependencies/missing-hash.ts";
import { misspeltName } from "./dependencies/misspelt-name.ts";
import { mutableSource } from "./dependencies/mutable-source.ts";
import { unpinnedRequirement } from "./dependencies/unpinned-requirement.ts";
import { deploySettings } from "./deploy-settings.ts";
import { djangoSetting } from "./django-setting.ts";
import { committedDotenv } from "./documents/committed-dotenv.ts";
import { ignoredAdvisory } from "./documents/ignored-advisory.ts";
import { removedIgnore } from "./documents/removed-ignore.ts";
import { removedStep } from "./documents/removed-step.ts";
import { secretSetting } from "./documents/secret-setting.ts";
import { knownSecretInDocument, privateKeyInDocument, urlCredentialsInDocument } from "./documents/secret-text.ts";
import { autoescapeTag, safeFilter } from "./documents/template-escaping.ts";
import { weakenedLint } from "./documents/weakened-lint.ts";
import { drfPermissions } from "./drf-permissions.ts";
import { dynamicText } from "./dynamic-text.ts";
import { environmentSetting } from "./environment-setting.ts";
import { exceptionDisclosure } from "./exception-disclosure.ts";
import { failOpen } from "./fail-open.ts";
import { fileMode } from "./file-mode.ts";
import { frameworkSecretKey } from "./framework-secret-key.ts";
import { hardcodedSecret } from "./hardcoded-secret.ts";
import { hstsHeader } from "./hsts-header.ts";
import { htmlText } from "./html-text.ts";
import { insecureRandom } from "./insecure-random.ts";
import { jwtAlgorithms } from "./jwt-algorithms.ts";
import { jwtVerification } from "./jwt-verification.ts";
import { keyedDigest } from "./keyed-digest.ts";
import { knownSecret } from "./known-secret.ts";
import { labelledArgument } from "./labelled-argument.ts";
import { listArgument } from "./list-argument.ts";
import { literalTextDetector } from "./literal-text.ts";
import { loggedContainer } from "./logged-container.ts";
import { loggedName } from "./logged-name.ts";
import { lookupWithoutOwner } from "./lookup-without-owner.ts";
import { metaFields } from "./meta-fields.ts";
import { moduleLevelCall } from "./module-level-call.ts";
import { namedConstant } from "./named-constant.ts";
import { obfuscatedExec } from "./obfuscated-exec.ts";
import { ownCipher } from "./own-cipher.ts";
import { parameterDefault } from "./parameter-default.ts";
import { passwordCompare } from "./password-compare.ts";
import { passwordDigest } from "./password-digest.ts";
import { passwordScheme } from "./password-scheme.ts";
import { pathPrefix } from "./path-prefix.ts";
import { privateKey } from "./private-key.ts";
import { programPath } from "./program-path.ts";
import { rawBody } from "./raw-body.ts";
import { rawFormData } from "./raw-form-data.ts";
import { readOnlyConnection } from "./read-only-connection.ts";
import { readingOrder } from "./reading-order.ts";
import { regexBacktracking } from "./regex-backtracking.ts";
import { regexValidation } from "./regex-validation.ts";
import { requestInGlobal } from "./request-in-global.ts";
import { schemaBypass } from "./schema-bypass.ts";
import { secretFallback } from "./secret-fallback.ts";
import { secretField } from "./secret-field.ts";
import { secretResponse } from "./secret-response.ts";
import { shortToken } from "./short-token.ts";
import { singleKey } from "./single-key.ts";
import { sqlPrivileges } from "./sql-privileges.ts";
import { sqlString } from "./sql-string.ts";
import { sqlText } from "./sql-text.ts";
import { storedPassword } from "./stored-password.ts";
import { swallowedException } from "./swallowed-exception.ts";
import { templateEscaping } from "./template-escaping.ts";
import { timingCompare } from "./timing-compare.ts";
import { tlsBareContext } from "./tls-bare-context.ts";
import { tlsContext } from "./tls-context.ts";
import { tokenLifetime } from "./token-lifetime.ts";
import { tokenPayload } from "./token-payload.ts";
import { unconstrainedFields } from "./unconstrained-fields.ts";
import { unguardedRoute } from "./unguarded-route.ts";
import { unloggedOutcome } from "./unlogged-outcome.ts";
import { untypedBody } from "./untyped-body.ts";
import { unvalidatedForm } from "./unvalidated-form.ts";
import { uploadInWebRoot } from "./upload-in-web-root.ts";
import { urlCredentials } from "./url-credentials.ts";
import { urlSubstring } from "./url-substring.ts";
import { verifyCallback } from "./verify-callback.ts";
import { weakHash } from "./weak-hash.ts";
import { webSetting } from "./web-setting.ts";
import { webhookSignature } from "./webhook-signature.ts";
import { wildcardPolicy } from "./wildcard-policy.ts";

const ALL: readonly Detector[] = [
  abandonedPackage,
  addedSuppression,
  archiveExtract,
  argumentMadeBy,
  assertCheck,
  assertStatement,
  autoescapeTag,
  boolCoercion,
  broadScope,
  certificatePin,
  changedSource,
  cleartextLogin,
  cleartextUrl,
  clockSecret,
  committedDotenv,
  cookieFlag,
  corsReflection,
  credentialArgument,
  databaseSuperuser,
  databaseTls,
  debugDefault,
  decoratorOrder,
  denylist,
  deploySettings,
  djangoSetting,
  earlierCommit,
  downgraded,
  drfPermissions,
  dynamicText,
  environmentSetting,
  exceptionDisclosure,
  exchangedHash,
  extraIndex,
  failOpen,
  fileMode,
  frameworkSecretKey,
  hardcodedSecret,
  hstsHeader,
  htmlText,
  ignoredAdvisory,
  insecureIndex,
  insecureRandom,
  jwtAlgorithms,
  jwtVerification,
  keyedDigest,
  knownSecret,
  knownSecretInDocument,
  knownVulnerable,
  labelledArgument,
  listArgument,
  literalTextDetector,
  loggedContainer,
  loggedName,
  loosenedPin,
  lookupWithoutOwner,
  metaFields,
  misspeltName,
  missingHash,
  moduleLevelCall,
  mutableSource,
  namedConstant,
  obfuscatedExec,
  ownCipher,
  parameterDefault,
  passwordCompare,
  passwordDigest,
  passwordScheme,
  pathPrefix,
  privateKey,
  privateKeyInDocument,
  programPath,
  rawBody,
  rawFormData,
  readingOrder,
  regexBacktracking,
  regexValidation,
  openedAccess,
  removedCheck,
  removedConstantTime,
  removedGuard,
  removedIgnore,
  removedMiddleware,

  removedSetting,
  removedStep,
  removedTest,
  removedValidator,
  requestInGlobal,
  safeFilter,
  schemaBypass,
  secretFallback,
  secretField,
  secretResponse,
  secretSetting,
  shortToken,
  singleKey,
  sqlPrivileges,
  sqlString,
  sqlText,
  storedPassword,
  swallowedException,
  templateEscaping,
  timingCompare,
  tlsBareContext,
  tlsContext,
  tokenLifetime,
  tokenPayload,
  unconstrainedFields,
  unguardedRoute,
  readOnlyConnection,
  unloggedOutcome,
  unpinnedRequirement,
  untypedBody,
  unvalidatedForm,
  uploadInWebRoot,
  urlCredentials,
  urlCredentialsInDocument,
  urlSubstring,
  verifyCallback,
  weakenedGuard,
  weakenedLint,
  weakHash,
  webhookSignature,
  webSetting,
  widenedScope,
  wildcardPolicy,
];

/**
 * Every detector that a rule can name. The list is kept by hand because the sources also run without a build; a rule that names a
 * detector which is not on it fails the build.
 */
export const DETECTORS: ReadonlyMap<string, Detector> = new Map(ALL.map((detector) => [detector.name, detector]));
