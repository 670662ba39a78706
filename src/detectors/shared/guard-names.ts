import { nameWords } from "./name-words.ts";

/** What a check asks for, in `login_required`, `requires_auth`, `require_admin`, `roles_accepted`, `check_token`. */
const SUBJECTS = new Set([
  "login",
  "auth",
  "authed",
  "authenticated",
  "authentication",
  "authorization",
  "authorized",
  "access",
  "privilege",
  "privileges",
  "csrf",
  "admin",
  "superuser",
  "sudo",
  "mfa",
  "otp",
  "staff",
  "role",
  "roles",
  "permission",
  "permissions",
  "perm",
  "token",
  "jwt",
  "session",
  "scope",
  "scopes",
  "user",
  "member",
  "owner",
  "apikey",
  "key",
]);
const DEMANDS = new Set(["required", "require", "requires", "accepted", "only", "needed", "check", "verify", "ensure"]);
const WHOLE_NAMES = new Set([
  "authenticated",
  "authenticate",
  "authorize",
  "authorized",
  "protected",
  "user_passes_test",
  "secured",
]);

/** Django's own, which hand out a token and ask nobody. */
const HANDING_OUT = new Set(["ensure_csrf_cookie", "requires_csrf_token"]);

/** Whether a decorator or dependency is named as a check of who may pass. */
export function isGuardName(name: string): boolean {
  if (WHOLE_NAMES.has(name)) return true;
  if (HANDING_OUT.has(name)) return false;
  const words = nameWords(name);
  return words.some((word) => DEMANDS.has(word)) && words.some((word) => SUBJECTS.has(word));
}
