/** What a middleware or extension protects from, told by its name. */
const PURPOSES: readonly (readonly [RegExp, string])[] = [
  [/csrf|xsrf|seasurf/i, "from requests that another site forges"],
  [/xframe|clickjack/i, "from being framed by another site"],
  [/csp|content_?security/i, "from scripts that do not belong to it"],
  [/trusted_?host/i, "from made-up host names"],
  [
    /login_?required|require_?(?:login|auth)|authentication|auth_?(?:middleware|interceptor)/i,
    "from those who have not signed in",
  ],
  [/axes|rate_?limit|slowapi|limiter|throttl/i, "from those who try again and again"],
  [/audit/i, "from being made without a trace"],
  [/https_?redirect|sslify|talisman|hsts|security|secure_?headers/i, "by HTTPS and the headers of browsers"],
];

export function purposeOf(name: string): string | undefined {
  return PURPOSES.find(([pattern]) => pattern.test(name))?.[1];
}

/** Whether a text can name such a protection. */
export function mayProtect(text: string): boolean {
  return purposeOf(text) !== undefined;
}

/** Middlewares that are there for something else, and do no other one's work. */
const OF_OTHER_USE =
  /cors|gzip|brotli|locale|i18n|whitenoise|toolbar|prometheus|metrics|sentry|silk|session|common|message|flatpage|redirectfallback|htmx|request_?id|correlation|logging|timing|timezone|profil|maintenance|cache|hijack|history/i;

/** Whether nobody knows what a name that came in protects from. */
export function mayBeAny(name: string): boolean {
  return purposeOf(name) === undefined && !OF_OTHER_USE.test(name);
}
