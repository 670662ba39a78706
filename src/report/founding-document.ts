/** One sentence of the founding document, in a few words of our own, with what answers it. */
export interface Sentence {
  readonly says: string;
  /** Rules that have the paragraph among their `seed`. */
  readonly rules?: readonly string[];
  /** What of it, or why nothing of it, shows in the code of a change. */
  readonly beyond?: string;
}

export interface Paragraph {
  /** As in the `seed` of the rules. */
  readonly number: string;
  readonly sentences: readonly Sentence[];
}

export interface Chapter {
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
}

const OPINION = "A way to think; a reviewer that speaks while the code is written is our answer to it.";
const OPERATIONS = "Done in operation, outside of the code.";
const REGISTRY = "Known to the package registry, not to the change; ask there before a package is added.";

/** Core Concepts of secure coding in Python: what the rules were drawn from, sentence by sentence. */
export const FOUNDING_DOCUMENT: readonly Chapter[] = [
  {
    title: "The mindset",
    paragraphs: [
      {
        number: "M",
        sentences: [
          { says: "Security is a style of writing and no phase", beyond: OPINION },
          { says: "Each function makes the system safer or weaker", rules: ["eval-exec-dynamic", "code-injection"] },
          { says: "The safe way is the usual way", rules: ["fail-open-auth-check", "assert-used-for-check"] },
        ],
      },
    ],
  },
  {
    title: "1 Input validation",
    paragraphs: [
      {
        number: "1.0",
        sentences: [
          { says: "Requests may be hostile", rules: ["command-injection", "xss-reflected", "ssrf", "path-traversal"] },
          { says: "Uploaded files too", rules: ["file-upload-unrestricted", "archive-extract-unsafe", "xxe"] },
          { says: "What is read from a database too", rules: ["second-order-injection"] },
          { says: "Environment variables too", rules: ["env-to-command"] },
          { says: "Answers of other services too", rules: ["llm-output-to-sink", "unsafe-deserialization"] },
        ],
      },
      {
        number: "1.1",
        sentences: [
          {
            says: "List what is allowed",
            rules: ["mass-assignment", "sql-identifier-dynamic", "jwt-alg-unrestricted"],
          },
          { says: "Do not try to list what is bad", rules: ["input-blocklist-filter", "upload-extension-denylist"] },
          {
            says: "Refuse the rest",
            rules: ["path-prefix-check-weak", "url-substring-check", "cors-origin-reflected"],
          },
        ],
      },
      {
        number: "1.2",
        sentences: [
          { says: "A pattern for what has a form", rules: ["regex-unanchored-validation", "regex-redos"] },
          {
            says: "A range for a number",
            rules: ["input-range-unchecked", "pydantic-field-unconstrained", "nan-injection"],
          },
        ],
      },
      {
        number: "1.3",
        sentences: [
          { says: "Check where data enters", rules: ["boundary-raw-json-unvalidated", "mass-assignment"] },
          { says: "Not deep inside", rules: ["assert-used-for-check"] },
          { says: "Pydantic in FastAPI", rules: ["fastapi-body-untyped", "pydantic-construct-bypass"] },
          {
            says: "Forms in Django",
            rules: ["django-form-unvalidated", "django-post-after-is-valid", "model-form-all-fields"],
          },
          { says: "marshmallow schemas", rules: ["boundary-raw-json-unvalidated"] },
        ],
      },
      {
        number: "1.4",
        sentences: [
          { says: "Converting is not checking", rules: ["bool-coercion-input"] },
          { says: "A conversion refuses a wrong form", beyond: "`int()` raises by itself: there is nothing to find." },
          { says: "It does not refuse a wrong value", rules: ["input-range-unchecked"] },
          {
            says: "Ranges, patterns and business rules stay to be checked",
            rules: ["pydantic-field-unconstrained"],
            beyond: "What a business allows is written in no code that it could be compared with.",
          },
        ],
      },
    ],
  },
  {
    title: "2 Secrets",
    paragraphs: [
      {
        number: "2.1",
        sentences: [
          {
            says: "No secret in the code",
            rules: ["secret-named-literal", "crypto-key-hardcoded", "jwt-secret-hardcoded"],
          },
          { says: "No API key", rules: ["secret-known-format", "secret-high-entropy", "cloud-credentials-hardcoded"] },
          { says: "No password in a configuration", rules: ["password-hardcoded", "url-credentials-hardcoded"] },
          {
            says: "What was committed once is in every clone",
            rules: ["secret-private-key", "secret-in-earlier-commit"],
            beyond:
              "The comment comes before the merge; the commits of the change are looked at, and not the history before it.",
          },
        ],
      },
      {
        number: "2.2",
        sentences: [
          { says: "The environment for simple setups", rules: ["secret-default-fallback", "secret-empty-fallback"] },
          {
            says: "A secret manager in production",
            rules: ["cloud-credentials-hardcoded"],
            beyond: "Which store a deployment uses is decided outside of the code.",
          },
          {
            says: "A `.env` file for development alone",
            beyond: "Loading one says nothing of where the program runs.",
          },
          { says: "It belongs in `.gitignore`", beyond: "No Python: asks for the list of a change's files." },
        ],
      },
      {
        number: "2.3",
        sentences: [
          { says: "Change secrets regularly", beyond: OPERATIONS },
          { says: "Expect that each one leaks", rules: ["token-no-expiry"] },
          { says: "A change limits the damage", rules: ["token-no-expiry"] },
          { says: "Accept the old and the new one for a while", rules: ["key-rotation-unsupported"] },
        ],
      },
    ],
  },
  {
    title: "3 Least privilege",
    paragraphs: [
      {
        number: "3.1",
        sentences: [
          { says: "A database user has the rights it needs", rules: ["db-superuser-login", "db-grant-excessive"] },
          { says: "The application has no right to drop tables", rules: ["db-ddl-in-request"] },
          { says: "Read-only connections where those are enough", rules: ["db-readonly-not-used"] },
        ],
      },
      {
        number: "3.2",
        sentences: [
          { says: "Access to files has a scope", rules: ["path-prefix-check-weak", "archive-extract-unsafe"] },
          { says: "Uploads do not reach system folders", rules: ["file-upload-unrestricted"] },
          {
            says: "A folder of their own, with narrow permissions",
            rules: ["upload-dir-web-root", "file-permissions-broad", "file-mode-shared", "tempfile-mktemp"],
          },
        ],
      },
      {
        number: "3.3",
        sentences: [
          { says: "Narrow scopes of an API", rules: ["iam-wildcard-policy"] },
          { says: "The fewest scopes of a token", rules: ["oauth-scope-broad", "oauth-scope-widened"] },
          { says: "Reading a profile needs no right to write mail", rules: ["oauth-scope-broad"] },
        ],
      },
    ],
  },
  {
    title: "4 Dependencies",
    paragraphs: [
      {
        number: "4.0",
        sentences: [
          { says: "A project has dozens of packages below its own", beyond: "A fact about projects." },
          {
            says: "Each runs with your permissions",
            beyond: "A fact too; what loads code at run time is in 4.2 and 4.3.",
          },
        ],
      },
      {
        number: "4.1",
        sentences: [
          { says: "Audit with pip-audit or safety", beyond: "Run one in CI: its database changes every day." },
          { says: "They compare with what is known", beyond: "The same." },
        ],
      },
      {
        number: "4.2",
        sentences: [
          { says: "Pin versions", rules: ["dep-unpinned"] },
          { says: "Without a pin anything can come in", rules: ["dep-unpinned", "model-hub-unpinned"] },
        ],
      },
      {
        number: "4.3",
        sentences: [
          { says: "Look before a package comes in", rules: ["dep-insecure-index", "obfuscated-exec"] },
          { says: "How many maintainers, how recent, which policy?", beyond: REGISTRY },
          { says: "One maintainer and two silent years are a risk", beyond: REGISTRY },
        ],
      },
    ],
  },
  {
    title: "5 Errors and what they give away",
    paragraphs: [
      {
        number: "5.1",
        sentences: [
          { says: "No stack trace in production", rules: ["traceback-in-response", "app-run-development-server"] },
          {
            says: "It shows paths, versions, schemas",
            rules: ["exception-text-in-response", "error-info-in-http-exception"],
          },
        ],
      },
      {
        number: "5.2",
        sentences: [
          { says: "Outside a general sentence, the details in the log", rules: ["error-info-in-http-exception"] },
          { says: "Django's and Flask's debug mode is off", rules: ["debug-enabled", "debug-default-on"] },
        ],
      },
      {
        number: "5.3",
        sentences: [
          { says: "Log a failed login", rules: ["auth-failure-not-logged", "exception-swallowed-in-auth"] },
          {
            says: "Log a refused permission",
            rules: ["permission-denial-not-logged", "signature-refusal-not-logged"],
          },
          { says: "Log failed validation", rules: ["validation-failure-not-logged"] },
          { says: "Log an unexpected exception", rules: ["exception-not-logged", "except-pass"] },
          {
            says: "With what detects an attack",
            beyond: "How much is enough depends on who reads the log; that an entry is made at all is asked for above.",
          },
          {
            says: "Without passwords, tokens and personal data",
            rules: ["log-secret", "log-pii", "log-email-address", "log-request-dump"],
          },
        ],
      },
    ],
  },
  {
    title: "6 Secure defaults",
    paragraphs: [
      {
        number: "6.1",
        sentences: [
          { says: "HTTPS everywhere", rules: ["cleartext-http-url", "tls-verify-disabled", "tls-weak-version"] },
          { says: "Send HTTP on to HTTPS", rules: ["https-redirect-disabled", "deploy-settings-missing"] },
          { says: "`Secure` on cookies", rules: ["cookie-no-secure"] },
          { says: "HSTS", rules: ["hsts-disabled-or-short"] },
        ],
      },
      {
        number: "6.2",
        sentences: [
          { says: "Parameters, always", rules: ["sql-string-built"] },
          { says: "No input inside a statement, however simple", rules: ["sql-injection", "sql-identifier-dynamic"] },
          { says: "A mapper binds by itself: use it", rules: ["sql-orm-raw-dynamic", "sql-custom-expression"] },
        ],
      },
      {
        number: "6.3",
        sentences: [
          { says: "Templates escape", rules: ["template-extension-unescaped", "template-autoescape-unknown"] },
          { says: "Never switch it off for all", rules: ["template-autoescape-off", "autoescape-context-off"] },
          { says: "Clean HTML that has to be raw", rules: ["html-output-unsanitised", "mark-safe-dynamic"] },
        ],
      },
      {
        number: "6.4",
        sentences: [
          { says: "`HttpOnly`", rules: ["cookie-no-httponly"] },
          { says: "`Secure`", rules: ["cookie-no-secure", "session-cookie-config-insecure"] },
          { says: "`SameSite`", rules: ["cookie-samesite-none", "csrf-exempt", "csrf-disabled-config"] },
          { says: "A short life", rules: ["session-lifetime-long", "token-no-expiry"] },
        ],
      },
    ],
  },
  {
    title: "7 Cryptography",
    paragraphs: [
      {
        number: "7.1",
        sentences: [
          { says: "Do not invent your own", rules: ["homebrew-crypto"] },
          { says: "Use what is established", rules: ["weak-cipher", "cipher-ecb", "static-iv-nonce", "weak-hash"] },
        ],
      },
      {
        number: "7.2",
        sentences: [
          { says: "A slow function for passwords", rules: ["password-plaintext-stored", "password-plaintext-compare"] },
          { says: "bcrypt, argon2, PBKDF2 with many rounds", rules: ["kdf-low-cost", "password-hasher-weak-config"] },
          { says: "Never SHA-256 of a password", rules: ["password-fast-hash", "key-from-password-digest"] },
        ],
      },
      {
        number: "7.3",
        sentences: [
          {
            says: "`secrets` for tokens and keys",
            rules: ["insecure-random-secret", "token-from-clock", "token-too-short"],
          },
          { says: "`random` is for games", rules: ["insecure-random-use"] },
        ],
      },
    ],
  },
  {
    title: "A common misconception, and what to remember",
    paragraphs: [
      {
        number: "CM",
        sentences: [
          { says: "Security is not the security team's job alone", beyond: OPINION },
          { says: "The team sets the policy and audits", beyond: "An organization's configuration can enforce rules." },
          { says: "Whoever writes is the first line", beyond: OPINION },
          { says: "Safe defaults prevent most flaws", beyond: "Chapter 6 and the changes that comments offer." },
          { says: "Small habits add up", beyond: OPINION },
        ],
      },
    ],
  },
  {
    title: "See also",
    paragraphs: [
      {
        number: "S1",
        sentences: [{ says: "Certificate pinning", rules: ["cert-pin-weak", "tls-verify-callback-true"] }],
      },
      { number: "S2", sentences: [{ says: "The library cryptography", rules: ["weak-key-size", "static-iv-nonce"] }] },
      { number: "S3", sentences: [{ says: "Scanning dependencies", beyond: "As in 4.1." }] },
      { number: "S4", sentences: [{ says: "Hashes with hashlib", rules: ["weak-hash", "kdf-static-or-short-salt"] }] },
      {
        number: "S5",
        sentences: [{ says: "Authentication with HMAC", rules: ["hash-as-mac", "timing-unsafe-compare"] }],
      },
    ],
  },
];
