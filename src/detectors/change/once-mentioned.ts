import type { ChangedText } from "../../rules/detector.ts";

const GUARDS =
  /login|auth|admin|superuser|staff|role|permi|perm_|token|jwt|session|scope|user|member|owner|key|require|verif|signature|hmac|protected|secured|before_|IsA/i;

/** Whether a line that the change takes out can hold a check of who may pass. */
export function guardsOnceMentioned({ removed }: ChangedText): boolean {
  return GUARDS.test(removed);
}
