/** Something in a function's own body that stands between data, or whoever sent it, and what the function does. */
export interface Protection {
  /** The qualified name of the function around it. */
  readonly scope: string;
  /** As it is written, for a message: `validate_amount`, `raise PermissionDenied`. */
  readonly said: string;
  /** What tells it from another one: the last part of a call's name, or the exception of a refusal. */
  readonly key: string;
  /** The variables that it is about. */
  readonly subjects: ReadonlySet<string>;
  /** The condition under which a refusal is given, without spaces. */
  readonly condition?: string;
  /** It is given where that condition holds, not in its `else`. */
  readonly whenHeld?: boolean;
  /** The conditions around that one, without spaces, the nearest first: where they hold it is asked at all. */
  readonly around?: readonly string[];
  /** Names of the calls that stand behind a refusal in its block: what it protects; none where it is the last. */
  readonly behind?: readonly string[];
  /** It is about who asks, or a session, whatever variables the function has: nothing has to be left that uses them. */
  readonly isAboutWho?: boolean;
  /** What lets somebody in is used up by it: a question that was cut short beside it takes its place no more. */
  readonly isForOnce?: boolean;
  /** It quotes a word for a shell. */
  readonly isForShell?: boolean;
  /** All that is known of it is that it turns something away: it counts where a function lost it and gained nothing. */
  readonly isPlain?: boolean;
  /** What a sanitizer cleans, without spaces, where it is more than a variable: `file.filename`. */
  readonly cleans?: string;
}
