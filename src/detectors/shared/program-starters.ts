/** Calls of `subprocess` that start a program: a list of its name and its arguments, or a line for a shell. */
export const SUBPROCESS_STARTERS: readonly string[] = ["run", "call", "check_call", "check_output", "Popen"].map(
  (name) => `subprocess.${name}`,
);
