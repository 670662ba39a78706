/** Steps that the analysis of one entry may take: ordinary functions need a few thousand. */
export const FUNCTION_STEPS = 50_000;
/** Steps of a whole file. */
export const FILE_STEPS = 2_000_000;
/** Nesting of expressions and statements; beyond it a value is unknown. */
export const MAX_DEPTH = 400;
/** Calls of the project's own functions inside one another. */
export const MAX_CALL_DEPTH = 6;
/** Steps of an entry after which calls of the project's own functions are no longer entered. */
export const CALL_STEPS = 8_000;
