import type { Level } from "../rules/rule.ts";
import type { PlannedAnnotation } from "./review-plan.ts";

/** What code hosts call our levels. */
export const ANNOTATION_LEVELS: Readonly<Record<Level, PlannedAnnotation["level"]>> = {
  error: "failure",
  warning: "warning",
  note: "notice",
};
