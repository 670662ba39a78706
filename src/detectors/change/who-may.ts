import { isGuardName } from "../shared/guard-names.ts";

/** Names by which frameworks ask a class whether somebody may: `has_permission`, `has_object_permission`, `has_access`, `test_func`. */
const ASKED = "has_(?:\\w+_)?perm(?:ission)?s?|has_access|test_func|get_permissions";

/** What answers whether somebody may: those, and `can_edit`, `user_is_allowed`. */
export const ANSWERS_WHO_MAY = new RegExp(
  `^(?:${ASKED}|can_\\w+|(?:is_?)?(?:allowed|permitted|authori[sz]ed)|(?:is_|user_)\\w*(?:allowed|authori[sz]ed|permitted)\\w*)$`,
);

/** Whether a function is named for a check of who may, or stands in one that is: `login_required.wrapped`. */
export function isOfGuard(scope: string): boolean {
  return scope.split(".").some((name) => isGuardName(name));
}

/** By what a class refuses or lets in: those, and `_check_access`, `require_project_permission`. */
export const DECIDES_WHO_MAY = new RegExp(
  `^(?:${ASKED}|_?(?:check|require|ensure|enforce|verify)_?(?:\\w+_)?(?:access|permissions?|protection|authori[sz]ation|ownership|owner)|_?checkProtection|_?checkAccess)$`,
);
