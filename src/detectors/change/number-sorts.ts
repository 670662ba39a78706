/** What a number is for, by its name, and when less or more of it is weaker. */
export interface Sort {
  readonly name: RegExp;
  /** What is around it has to say as well: the name itself, the call or the class. */
  readonly about: RegExp;
  readonly isWeaker: (before: number, after: number) => boolean;
  /** In words. */
  readonly weaker: string;
}

/** A number of a sort, where it stands. */
export interface Measure {
  readonly name: string;
  readonly node: number;
  /** Seconds of what is a time. */
  readonly value: number;
  readonly sort: Sort;
}

const DAY = 86_400;

export const SORTS: readonly Sort[] = [
  {
    name: /^(?:log_rounds|bcrypt_(?:log_)?rounds|cost|work_factor|time_cost|memory_cost|n_rounds)$|_(?:log_rounds|work_factor|time_cost|memory_cost)$/i,
    about: /bcrypt|scrypt|argon|hash|kdf|password/i,
    isWeaker: (before, after) => after > 0 && after < before,
    weaker: "stolen hashes can be tried faster",
  },
  {
    name: /(?:^|_)(?:iterations?|rounds)$/i,
    about: /pbkdf2|hash|kdf|password|derive|crypt/i,
    isWeaker: (before, after) => after > 0 && after * 4 <= before * 3,
    weaker: "stolen hashes can be tried faster",
  },
  {
    name: /(?:^|_)key_?(?:size|length|bits)$/i,
    about: /./,
    isWeaker: (before, after) => after > 0 && after < before && before >= 128,
    weaker: "the key is easier to break",
  },
  {
    name: /^(?:password_?(?:min|minimum)(?:_?len(?:gth)?)?|(?:min|minimum)_?password(?:_?len(?:gth)?)?|password_?(?:min_?)?len(?:gth)?_?min)$/i,
    about: /./,
    isWeaker: (before, after) => after < before && after < 12,
    weaker: "shorter passwords are accepted",
  },
  {
    name: /(?:access|reset|session|login|id|bearer|api|jwt|auth|invite|invitation|magic|verification|otp|confirm\w*)_?(?:token|link|code|password)?\w*_(?:lifetime|expir\w*|ttl|max_age|timeout|valid\w*)(?:_(?:seconds|secs|minutes|hours|days))?$|^(?:token|jwt|otp)_(?:lifetime|expir\w*|ttl|max_age)(?:_(?:seconds|secs|minutes|hours|days))?$/i,
    about: /^(?!.*refresh)/i,
    isWeaker: (before, after) => before > 0 && after >= before * 8 && after >= 7 * DAY,
    weaker: "who gets hold of one can use it longer",
  },
  {
    name: /(?:max|maximum|allowed)_(?:failed_)?(?:login|password|otp|pin|code|auth)_?(?:attempts|failures|tries|retries)$|^axes_failure_limit$|(?:login|lockout)_(?:attempts?|failure)_?(?:limit|threshold)$/i,
    about: /./,
    isWeaker: (before, after) => before > 0 && after >= before * 5,
    weaker: "somebody can try more often",
  },
  {
    name: /^max(?:imum)?_(?:failed_)?(?:attempts|failures|tries)$/i,
    about: /login|auth|account|password|otp|lockout|security/i,
    isWeaker: (before, after) => before > 0 && after >= before * 5,
    weaker: "somebody can try more often",
  },
  {
    name: /(?:^|_)(?:lockout|cool_?off)(?:_(?:time|duration|period|seconds|minutes|hours))?$/i,
    about: /./,
    isWeaker: (before, after) => after * 10 <= before,
    weaker: "somebody can try again sooner",
  },
  {
    name: /(?:^|_)(?:otp|pin|code|verification_code)_(?:digits|length|len)$/i,
    about: /./,
    isWeaker: (before, after) => after < before && after < 6,
    weaker: "a code is easier to guess",
  },
  {
    name: /^min_length$/,
    about: /passw/i,
    isWeaker: (before, after) => after < before && after < 12,
    weaker: "shorter passwords are accepted",
  },
  {
    name: /^(?:max_age|ttl)$/,
    about: /\.(?:loads|unsign|decrypt)\b/,
    isWeaker: (before, after) => before > 0 && after >= before * 8 && after >= 7 * DAY,
    weaker: "who gets hold of one can use it longer",
  },
  {
    name: /^(?:ExpiresIn|expires_in|expiration)$/,
    about: /presigned|signed_url/,
    isWeaker: (before, after) => before > 0 && after >= before * 8 && after >= DAY,
    weaker: "who gets hold of one can use it longer",
  },
  {
    name: /(?:^|_)(?:tolerance|max_skew|clock_skew|max_drift|clock_drift|replay_window|time_window|timestamp_window)(?:_(?:seconds|secs|s|minutes))?$/i,
    about: /./,
    isWeaker: (before, after) => before > 0 && after >= before * 10 && after >= 3_600,
    weaker: "what somebody has seen can be sent once more for longer",
  },
  {
    name: /^FILE_UPLOAD_(?:DIRECTORY_)?PERMISSIONS$/,
    about: /./,
    isWeaker: (before, after) => (after & ~before & 0o077) !== 0,
    weaker: "other accounts of the machine may do more with it",
  },
  {
    name: /^(?:max_)?page_size$|^paginate_by$|^max_limit$/i,
    about: /./,
    isWeaker: (before, after) => before > 0 && after >= before * MUCH && after >= 1_000,
    weaker: "one request reads more of a table",
  },
  {
    name: /^valid_window$/,
    about: /verify|totp/i,
    isWeaker: (before, after) => after >= before + 4,
    weaker: "more codes are right at a time",
  },
  {
    name: /^leeway$/,
    about: /decode|verify|jwt/i,
    isWeaker: (before, after) => after >= before * 10 && after >= 600,
    weaker: "what has expired is accepted for longer",
  },
  {
    name: /^(?:client_max_size|max_msg_size)$/,
    about: /./,
    isWeaker: (before, after) => before > 0 && (after === 0 || after >= before * MUCH),
    weaker: "larger requests take memory and time",
  },
  {
    name: /(?:^|_)max(?:imum)?_(?:\w+_)?(?:upload|content|body|request|message|payload|file|memory|bytes)(?:_(?:size|length|bytes|memory_size))?$|(?:^|_)(?:upload|content|body|request|message|payload)_(?:size_)?(?:limit|max)(?:_bytes)?$/i,
    about: /^(?!.*retr)/i,
    isWeaker: (before, after) => before > 0 && after >= before * MUCH,
    weaker: "larger requests take memory and time",
  },
  {
    name: /^(?:le|lt|max_length|max_items|max_value)$/,
    about: /Field|Query|Path|Body|Form|Header|con(?:int|str|list|decimal)/,
    isWeaker: (before, after) => before > 0 && after >= before * 100,
    weaker: "it takes what the bound was there to refuse",
  },
];

/** So many times as large that it is no adjustment. */
const MUCH = 10;

/** The least length of a password, where a condition asks for it. */
export const ASKED_LENGTH: Sort = {
  name: /passw/i,
  about: /./,
  isWeaker: (before, after) => after < before && after < 12,
  weaker: "shorter passwords are accepted",
};

/** How often something may be asked for, in requests a second. */
export const RATE: Sort = {
  name: /rate|limit|throttl/i,
  about: /./,
  isWeaker: (before, after) => before > 0 && after >= before * MUCH,
  weaker: "somebody can try or ask more often",
};
