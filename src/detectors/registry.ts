import type { Detector } from "../rules/detector.ts";
import { addedSuppression } from "./change/added-suppression.ts";
import { earlierCommit } from "./change/earlier-commit.ts";
import { erasedProtection } from "./change/erased-protection.ts";
import { exchangedApi } from "./change/exchanged-api.ts";
import { exchangedName } from "./change/exchanged-name.ts";
import { exchangedPlaceholder } from "./change/exchanged-placeholder.ts";
import { lateCheck } from "./change/late-check.ts";
import { loosenedType } from "./change/loosened-type.ts";
import { openedAccess } from "./change/opened-access.ts";
import { openedField } from "./change/opened-field.ts";
import { openedMethod } from "./change/opened-method.ts";
import { removedArgument } from "./change/removed-argument.ts";
import { removedAuditLog } from "./change/removed-audit-log.ts";
import { removedCheck } from "./change/removed-check.ts";
import { removedComparison } from "./change/removed-comparison.ts";
import { removedConstraint } from "./change/removed-constraint.ts";
import { removedCookieFlag } from "./change/removed-cookie-flag.ts";
import { removedGuard } from "./change/removed-guard.ts";
import { removedHeader } from "./change/removed-header.ts";
import { removedMiddleware } from "./change/removed-middleware.ts";
import { removedSecureRandom } from "./change/removed-secure-random.ts";
import { removedSetting } from "./change/removed-setting.ts";
import { removedTest } from "./change/removed-test.ts";
import { removedThrottle } from "./change/removed-throttle.ts";
import { removedValidator } from "./change/removed-validator.ts";
import { softenedHandler } from "./change/softened-handler.ts";
import { switchedOff } from "./change/switched-off.ts";
import { unboundedWork } from "./change/unbounded-work.ts";
import { weakenedGuard } from "./change/weakened-guard.ts";
import { weakenedNumber } from "./change/weakened-number.ts";
import { weakenedPattern } from "./change/weakened-pattern.ts";
import { widenedAllowlist } from "./change/widened-allowlist.ts";
import { widenedScope } from "./change/widened-scope.ts";
import { rawCookie } from "./cookies/raw-cookie.ts";
import { clockSecret } from "./cryptography/clock-secret.ts";
import { encodedPassword } from "./cryptography/encoded-password.ts";
import { insecureRandom } from "./cryptography/insecure-random.ts";
import { keyedDigest } from "./cryptography/keyed-digest.ts";
import { namedSalt } from "./cryptography/named-salt.ts";
import { ownCipher } from "./cryptography/own-cipher.ts";
import { passwordCompare } from "./cryptography/password-compare.ts";
import { passwordDigest } from "./cryptography/password-digest.ts";
import { passwordScheme } from "./cryptography/password-scheme.ts";
import { repeatedNonce } from "./cryptography/repeated-nonce.ts";
import { shortToken } from "./cryptography/short-token.ts";
import { storedPassword } from "./cryptography/stored-password.ts";
import { timingCompare } from "./cryptography/timing-compare.ts";
import { weakHash } from "./cryptography/weak-hash.ts";
import { writtenPassword } from "./cryptography/written-password.ts";
import { abandonedPackage } from "./dependencies/abandoned-package.ts";
import { allowedPrerelease } from "./dependencies/allowed-prerelease.ts";
import { changedSource } from "./dependencies/changed-source.ts";
import { downgraded } from "./dependencies/downgraded.ts";
import { downloadedProgram } from "./dependencies/downloaded-program.ts";
import { endedPython } from "./dependencies/ended-python.ts";
import { exchangedHash } from "./dependencies/exchanged-hash.ts";
import { extraIndex } from "./dependencies/extra-index.ts";
import { insecureIndex } from "./dependencies/insecure-index.ts";
import { installCode } from "./dependencies/install-code.ts";
import { knownVulnerable } from "./dependencies/known-vulnerable.ts";
import { loosenedPin } from "./dependencies/loosened-pin.ts";
import { missingHash } from "./dependencies/missing-hash.ts";
import { missingStep } from "./dependencies/missing-step.ts";
import { misspeltName } from "./dependencies/misspelt-name.ts";
import { mutableSource } from "./dependencies/mutable-source.ts";
import { outdatedLock } from "./dependencies/outdated-lock.ts";
import { runtimeInstall } from "./dependencies/runtime-install.ts";
import { openEndedRange, unpinnedRequirement } from "./dependencies/unpinned-requirement.ts";
import { committedDotenv } from "./documents/committed-dotenv.ts";
import { ignoredAdvisory } from "./documents/ignored-advisory.ts";
import { removedIgnore } from "./documents/removed-ignore.ts";
import { removedStep } from "./documents/removed-step.ts";
import { removedTemplateProtection } from "./documents/removed-template-protection.ts";
import { secretSetting } from "./documents/secret-setting.ts";
import { knownSecretInDocument, privateKeyInDocument, urlCredentialsInDocument } from "./documents/secret-text.ts";
import { autoescapeTag, safeFilter } from "./documents/template-escaping.ts";
import { weakenedLint } from "./documents/weakened-lint.ts";
import { assertStatement } from "./error-handling/assert-statement.ts";
import { checkThenUse } from "./error-handling/check-then-use.ts";
import { debugDefault } from "./error-handling/debug-default.ts";
import { exceptionDisclosure } from "./error-handling/exception-disclosure.ts";
import { failOpen } from "./error-handling/fail-open.ts";
import { finalReturn } from "./error-handling/final-return.ts";
import { loggedContainer } from "./error-handling/logged-container.ts";
import { loggedName } from "./error-handling/logged-name.ts";
import { moduleLevelCall } from "./error-handling/module-level-call.ts";
import { swallowedException } from "./error-handling/swallowed-exception.ts";
import { unclosedFile } from "./error-handling/unclosed-file.ts";
import { unloggedOutcome } from "./error-handling/unlogged-outcome.ts";
import { unreleasedLock } from "./error-handling/unreleased-lock.ts";
import { argumentMadeBy } from "./general/argument-made-by.ts";
import { djangoSetting } from "./general/django-setting.ts";
import { dynamicText } from "./general/dynamic-text.ts";
import { listArgument } from "./general/list-argument.ts";
import { listAssignment } from "./general/list-assignment.ts";
import { obfuscatedExec } from "./general/obfuscated-exec.ts";
import { programOption } from "./general/program-option.ts";
import { sqlString } from "./general/sql-string.ts";
import { webSetting } from "./general/web-setting.ts";
import { addedRecord } from "./input-validation/added-record.ts";
import { addressPrefix } from "./input-validation/address-prefix.ts";
import { archiveExtract } from "./input-validation/archive-extract.ts";
import { assertCheck } from "./input-validation/assert-check.ts";
import { boolCoercion } from "./input-validation/bool-coercion.ts";
import { corsReflection } from "./input-validation/cors-reflection.ts";
import { denylist } from "./input-validation/denylist.ts";
import { handDecodedToken } from "./input-validation/hand-decoded-token.ts";
import { hostLink } from "./input-validation/host-link.ts";
import { jwtAlgorithms } from "./input-validation/jwt-algorithms.ts";
import { labelledArgument } from "./input-validation/labelled-argument.ts";
import { letScripts } from "./input-validation/let-scripts.ts";
import { metaFields } from "./input-validation/meta-fields.ts";
import { mistakenComparison } from "./input-validation/mistaken-comparison.ts";
import { pathPrefix } from "./input-validation/path-prefix.ts";
import { rawBody } from "./input-validation/raw-body.ts";
import { rawFormData } from "./input-validation/raw-form-data.ts";
import { readingOrder } from "./input-validation/reading-order.ts";
import { regexBacktracking } from "./input-validation/regex-backtracking.ts";
import { regexValidation } from "./input-validation/regex-validation.ts";
import { schemaBypass } from "./input-validation/schema-bypass.ts";
import { singlePass } from "./input-validation/single-pass.ts";
import { unboundedReceive } from "./input-validation/unbounded-receive.ts";
import { unconstrainedFields } from "./input-validation/unconstrained-fields.ts";
import { unreadAnswer } from "./input-validation/unread-answer.ts";
import { untypedBody } from "./input-validation/untyped-body.ts";
import { unvalidatedForm } from "./input-validation/unvalidated-form.ts";
import { urlSubstring } from "./input-validation/url-substring.ts";
import { webhookSignature } from "./input-validation/webhook-signature.ts";
import { broadChmod } from "./least-privilege/broad-chmod.ts";
import { broadScope } from "./least-privilege/broad-scope.ts";
import { clientClaim } from "./least-privilege/client-claim.ts";
import { databaseSuperuser } from "./least-privilege/database-superuser.ts";
import { decoratorOrder } from "./least-privilege/decorator-order.ts";
import { drfPermissions } from "./least-privilege/drf-permissions.ts";
import { fileMode } from "./least-privilege/file-mode.ts";
import { lateGroup } from "./least-privilege/late-group.ts";
import { literalTextDetector } from "./least-privilege/literal-text.ts";
import { lookupWithoutOwner } from "./least-privilege/lookup-without-owner.ts";
import { openIngress } from "./least-privilege/open-ingress.ts";
import { privateKeyMode } from "./least-privilege/private-key-mode.ts";
import { programPath } from "./least-privilege/program-path.ts";
import { publicPrincipal } from "./least-privilege/public-principal.ts";
import { readOnlyConnection } from "./least-privilege/read-only-connection.ts";
import { requestInGlobal } from "./least-privilege/request-in-global.ts";
import { reverseName } from "./least-privilege/reverse-name.ts";
import { sharedProgram } from "./least-privilege/shared-program.ts";
import { sqlPrivileges } from "./least-privilege/sql-privileges.ts";
import { unguardedRoute } from "./least-privilege/unguarded-route.ts";
import { uploadInWebRoot } from "./least-privilege/upload-in-web-root.ts";
import { wildcardPolicy } from "./least-privilege/wildcard-policy.ts";
import { commandCredential } from "./secrets/command-credential.ts";
import { credentialArgument } from "./secrets/credential-argument.ts";
import { echoedPassword } from "./secrets/echoed-password.ts";
import { frameworkSecretKey } from "./secrets/framework-secret-key.ts";
import { hardcodedSecret } from "./secrets/hardcoded-secret.ts";
import { knownSecret } from "./secrets/known-secret.ts";
import { passwordPolicy } from "./secrets/password-policy.ts";
import { privateKey } from "./secrets/private-key.ts";
import { processPassword } from "./secrets/process-password.ts";
import { secretFallback } from "./secrets/secret-fallback.ts";
import { secretField } from "./secrets/secret-field.ts";
import { secretInUrl } from "./secrets/secret-in-url.ts";
import { secretResponse } from "./secrets/secret-response.ts";
import { singleKey } from "./secrets/single-key.ts";
import { tokenLifetime } from "./secrets/token-lifetime.ts";
import { tokenPayload } from "./secrets/token-payload.ts";
import { urlCredentials } from "./secrets/url-credentials.ts";
import { certificatePin } from "./secure-defaults/certificate-pin.ts";
import { cipherList } from "./secure-defaults/cipher-list.ts";
import { cleartextLogin } from "./secure-defaults/cleartext-login.ts";
import { cleartextUrl } from "./secure-defaults/cleartext-url.ts";
import { cookieFlag } from "./secure-defaults/cookie-flag.ts";
import { databaseTls } from "./secure-defaults/database-tls.ts";
import { deletedByLink } from "./secure-defaults/deleted-by-link.ts";
import { deploySettings } from "./secure-defaults/deploy-settings.ts";
import { environmentSetting } from "./secure-defaults/environment-setting.ts";
import { exemptedView } from "./secure-defaults/exempted-view.ts";
import { headerValue } from "./secure-defaults/header-value.ts";
import { hstsHeader } from "./secure-defaults/hsts-header.ts";
import { htmlText } from "./secure-defaults/html-text.ts";
import { jwtVerification } from "./secure-defaults/jwt-verification.ts";
import { namedConstant } from "./secure-defaults/named-constant.ts";
import { parameterDefault } from "./secure-defaults/parameter-default.ts";
import { requestPath } from "./secure-defaults/request-path.ts";
import { sqlText } from "./secure-defaults/sql-text.ts";
import { templateEscaping } from "./secure-defaults/template-escaping.ts";
import { tlsBareContext } from "./secure-defaults/tls-bare-context.ts";
import { tlsContext } from "./secure-defaults/tls-context.ts";
import { tokenAudience } from "./secure-defaults/token-audience.ts";
import { unthrottledApi } from "./secure-defaults/unthrottled-api.ts";
import { urlHostText } from "./secure-defaults/url-host-text.ts";
import { verifyCallback } from "./secure-defaults/verify-callback.ts";
import { verifyDefault } from "./secure-defaults/verify-default.ts";

const ALL: readonly Detector[] = [
  abandonedPackage,
  addedSuppression,
  archiveExtract,
  argumentMadeBy,
  assertCheck,
  assertStatement,
  autoescapeTag,
  boolCoercion,
  broadChmod,
  broadScope,
  certificatePin,
  changedSource,
  cleartextLogin,
  cleartextUrl,
  clockSecret,
  namedSalt,
  committedDotenv,
  cookieFlag,
  corsReflection,
  commandCredential,
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
  erasedProtection,
  exchangedApi,
  exchangedName,
  exchangedPlaceholder,
  exchangedHash,
  extraIndex,
  failOpen,
  fileMode,
  frameworkSecretKey,
  hardcodedSecret,
  headerValue,
  hstsHeader,
  htmlText,
  unthrottledApi,
  urlHostText,
  requestPath,
  ignoredAdvisory,
  insecureIndex,
  insecureRandom,
  jwtAlgorithms,
  letScripts,
  jwtVerification,
  encodedPassword,
  keyedDigest,
  knownSecret,
  knownSecretInDocument,
  knownVulnerable,
  labelledArgument,
  lateCheck,
  listArgument,
  listAssignment,
  lateGroup,
  privateKeyMode,
  reverseName,
  literalTextDetector,
  loggedContainer,
  loggedName,
  loosenedPin,
  loosenedType,
  lookupWithoutOwner,
  addedRecord,
  hostLink,
  metaFields,
  misspeltName,
  missingStep,
  missingHash,
  moduleLevelCall,
  mutableSource,
  namedConstant,
  obfuscatedExec,
  programOption,
  ownCipher,
  parameterDefault,
  passwordCompare,
  passwordDigest,
  passwordScheme,
  mistakenComparison,
  pathPrefix,
  privateKey,
  privateKeyInDocument,
  openIngress,
  programPath,
  publicPrincipal,
  rawBody,
  rawFormData,
  readingOrder,
  regexBacktracking,
  regexValidation,
  openedAccess,
  openedField,
  openedMethod,
  removedCheck,
  removedConstraint,
  exemptedView,
  removedComparison,
  removedCookieFlag,
  removedGuard,
  removedHeader,
  removedIgnore,
  removedMiddleware,
  removedSetting,
  removedStep,
  removedTemplateProtection,
  removedTest,
  removedArgument,
  removedAuditLog,
  removedSecureRandom,
  removedThrottle,
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
  softenedHandler,
  sqlPrivileges,
  sqlString,
  sqlText,
  storedPassword,
  swallowedException,
  switchedOff,
  templateEscaping,
  timingCompare,
  tlsBareContext,
  sharedProgram,
  deletedByLink,
  singlePass,
  unboundedReceive,
  tlsContext,
  tokenAudience,
  tokenLifetime,
  tokenPayload,
  unboundedWork,
  unconstrainedFields,
  unguardedRoute,
  unreadAnswer,
  readOnlyConnection,
  unreleasedLock,
  unclosedFile,
  unloggedOutcome,
  unpinnedRequirement,
  openEndedRange,
  allowedPrerelease,
  endedPython,
  installCode,
  outdatedLock,
  runtimeInstall,
  untypedBody,
  unvalidatedForm,
  uploadInWebRoot,
  urlCredentials,
  urlCredentialsInDocument,
  urlSubstring,
  verifyCallback,
  verifyDefault,
  weakenedGuard,
  weakenedNumber,
  weakenedPattern,
  weakenedLint,
  weakHash,
  writtenPassword,
  webhookSignature,
  webSetting,
  widenedAllowlist,
  widenedScope,
  wildcardPolicy,
  repeatedNonce,
  passwordPolicy,
  secretInUrl,
  clientClaim,
  checkThenUse,
  echoedPassword,
  cipherList,
  finalReturn,
  rawCookie,
  processPassword,
  addressPrefix,
  downloadedProgram,
  handDecodedToken,
];

/**
 * Every detector that a rule can name. The list is kept by hand because the sources also run without a build; a rule that names a
 * detector which is not on it fails the build.
 */
export const DETECTORS: ReadonlyMap<string, Detector> = new Map(ALL.map((detector) => [detector.name, detector]));
