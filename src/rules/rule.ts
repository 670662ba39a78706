import type { PackageAdvisories } from "../manifests/advisory.ts";
import type { SECTIONS } from "./sections.ts";

/** SARIF `level`, in falling order of weight. */
export type Level = "error" | "warning" | "note";

/** How often a report of the rule is right, earned by measurement: CodeQL's `@precision`. */
export type Precision = "very-high" | "high" | "medium" | "low";

export type Profile = "default" | "audit";

export type CweId = `CWE-${number}`;

/** The folders of `rules/`, one for each section of the founding document. */
export type Section = (typeof SECTIONS)[number];

/** A dotted name resolved through imports, with `()` for a call's result: `sqlite3.connect().cursor().execute`. */
export type ApiPath = string;

/** A security mistake: its explanation, its pattern, and the code that proves both. */
export interface Rule {
  /** Kebab-case, names the mistake, reads well after `ignore`. Equal to its file's name. */
  readonly id: string;
  readonly section: Section;
  readonly title: string;
  readonly level: Level;
  /** The level where the change adds the function or the top-level statement it is in: new code is asked for more. */
  readonly levelWhenAdded?: Level;
  readonly precision: Precision;
  /** The one primary weakness. */
  readonly cwe: CweId;
  /** Further weaknesses that the same mistake is filed under: what it leads to, or a narrower or wider name. */
  readonly furtherCwes: readonly CweId[];
  readonly profile: Profile;
  /** Sentences of the founding document, `6.2`. */
  readonly seed: readonly string[];
  readonly tags: readonly string[];
  /** The same mistake in other tools, `B602` or `S602`: a `# nosec` or `# noqa` that names one is understood. */
  readonly codes: readonly string[];
  readonly formerly: readonly string[];
  /** Rules that say the same of a place less exactly: where this one reports, those stay silent. */
  readonly supersedes: readonly string[];
  readonly references: readonly string[];
  /** Markdown, one or two sentences; `{name}` fields are filled from the match. */
  readonly message: string;
  /** Markdown: what an attacker gains. */
  readonly why: string;
  /** Markdown: what to write in its place. */
  readonly remedy: string;
  /** Markdown: what the rule does not see. */
  readonly limits?: string;
  /** `off` silences the rule in test, example and documentation paths (profile `audit` reports everywhere); default `off`. */
  readonly inTests: "off" | "note" | "same";
  readonly match: Match;
  readonly fix?: FixTemplate;
  readonly bad: readonly Example[];
  readonly good: readonly Example[];
}

export interface Example {
  readonly name: string;
  /** `example.py` unless said: manifests, settings and templates are examples too. */
  readonly path: string;
  /** The base version, for rules that compare both sides of a change. */
  readonly before?: string;
  /** In a commit between both, for the rule that walks the commits of a change: reports are due in it. */
  readonly between?: string;
  /** Each line a report is due on ends with `# expect: rule-id`. */
  readonly code: string;
  /** Other files of the project by path: what says which versions it runs with. */
  readonly files?: Readonly<Record<string, string>>;
  /** What is known of flaws in the releases that the code asks for. */
  readonly advisories?: readonly PackageAdvisories[];
  /** The code once every offered fix is applied, expectations stripped. */
  readonly fixed?: string;
}

/**
 * What a rule looks for. Plain data, so that the loader is total and a page can be drawn from it.
 * `fix` beside a pattern of `any` is offered for what that pattern finds, in place of the rule's own.
 */
export type Match = Pattern & {
  /** Of a pattern over Python code: it matches only where the project runs with such a version. */
  readonly when?: VersionTest;
  /**
   * Of a pattern over Python code: it matches only where the module calls none of these. API paths; `pickle.*` is whatever is called
   * of a module, `*.close` a method of that name.
   */
  readonly unlessCalled?: readonly string[];
  /** Of a pattern over Python code: it matches only where Git is known to take in a file of this name in the module's folder, or in one above. */
  readonly unlessIgnored?: string;
  /** It matches only what also runs where nobody debugs: not below `if DEBUG:`, `if app.debug:`. */
  readonly unlessDebugging?: true;
  /** It matches only what no switch asks for by its name: not below `if insecure:`, `if not verify:`. */
  readonly unlessChosen?: true;
  /** A match is a note where the function only reads what was encrypted elsewhere. */
  readonly noteIfDeciphering?: true;
  /** The level of what weighs less than the rule says, where no configuration has settled it. */
  readonly atMost?: Level;
};

/** All that is said of the version has to hold. */
export interface VersionTest {
  /** Normalized by PEP 503; `python` is the interpreter. */
  readonly package: string;
  readonly below?: string;
  readonly from?: string;
  /** What is done where the project does not tell its version: the cautious choice for this mistake. */
  readonly unknown: "report" | "silent";
}

type Pattern =
  | {
      readonly kind: "call";
      /** API paths; `*.extra` is a method of that name whatever it is called on, `*` every call. */
      readonly callee: readonly ApiPath[];
      readonly where: readonly ArgumentTest[];
      /** No match where one of these is known to hold; an unknown value is no reason. */
      readonly unless?: readonly ArgumentTest[];
      readonly fix?: FixTemplate;
    }
  | {
      readonly kind: "taint";
      readonly from: readonly string[];
      readonly to: readonly string[];
      /** Of the flows of a file that begin at one place, the shortest alone: what is mended there is mended for all. */
      readonly oncePer?: "source";
    }
  /** Also a module that is imported by its name at run time, by `importlib.import_module` or `__import__`. */
  | { readonly kind: "import"; readonly module: readonly string[] }
  /** A function or class that is passed on or given another name, and not called where it stands. */
  | { readonly kind: "reference"; readonly path: readonly ApiPath[] }
  | {
      readonly kind: "assignment";
      readonly target: readonly ApiPath[];
      readonly value: ValueTest;
      readonly fix?: FixTemplate;
    }
  | {
      readonly kind: "definition";
      readonly of: "function" | "class" | "route";
      readonly decorators: readonly ApiPath[];
      readonly bases: readonly ApiPath[];
      readonly parameters: readonly string[];
      /** Empty for any name. */
      readonly names: readonly string[];
    }
  | { readonly kind: "manifest"; readonly file: string; readonly entry: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "detector";
      readonly name: string;
      readonly options: Readonly<Record<string, unknown>>;
      readonly fix?: FixTemplate;
    }
  | { readonly kind: "any" | "all"; readonly of: readonly Match[] };

export interface ArgumentRef {
  readonly position?: number;
  readonly keyword?: string;
}

export interface ArgumentTest {
  readonly argument: ArgumentRef;
  /** The key of the dict in the argument's place whose value is tested, where not the argument itself is. */
  readonly entry?: string;
  readonly value: ValueTest;
}

export type Constant = string | number | boolean | null;

/**
 * Three-valued: a value the analysis cannot know satisfies neither a test nor its opposite, so `secure=settings.SECURE`
 * is reported by no rule. `is-not` and `is-not-path` also hold for an argument that is known to be absent.
 */
export type ValueTest =
  | { readonly kind: "equals"; readonly constant: Constant }
  | { readonly kind: "is-not"; readonly constant: Constant }
  | { readonly kind: "is-path"; readonly paths: readonly ApiPath[] }
  | { readonly kind: "is-not-path"; readonly paths: readonly ApiPath[] }
  | { readonly kind: "less-than"; readonly bound: number }
  | { readonly kind: "greater-than"; readonly bound: number }
  | { readonly kind: "one-of"; readonly constants: readonly Constant[] }
  /** Text that begins with, ends with or holds one of these, whichever constant it is. */
  | { readonly kind: "starts-with"; readonly texts: readonly string[] }
  | { readonly kind: "ends-with"; readonly texts: readonly string[] }
  | { readonly kind: "contains"; readonly texts: readonly string[] }
  /** Of an argument: written out where it stands, without a name or a call in it but those of constants, `ROW`. */
  | { readonly kind: "literal" }
  /** What `if` makes of it: `True`, `1`, `["x"]`; `None`, `0`, `""`, `{}`. */
  | { readonly kind: "truthy" }
  | { readonly kind: "falsy" }
  /** Worked out from constants alone, not written out; or what it carries from elsewhere was made harmless for the sink's kind. */
  | { readonly kind: "settled"; readonly sink: string }
  | { readonly kind: "absent" }
  | { readonly kind: "present" }
  | { readonly kind: "constant" }
  | { readonly kind: "constant-string" }
  | { readonly kind: "not-constant" };

/**
 * A fix as a rule states it: changes of the matched call's structure, never of text by pattern.
 * `safe`: the same behaviour except for what the finding is about, no new import or name. `unsafe`: offered, saying what changes.
 */
export interface FixTemplate {
  readonly title: string;
  readonly applicability: "safe" | "unsafe";
  readonly changes: readonly FixChange[];
}

export type FixChange =
  | { readonly kind: "replace-callee"; readonly with: ApiPath }
  | { readonly kind: "set-keyword"; readonly keyword: string; readonly value: string }
  /** In its place, or as a keyword where it is not passed. */
  | {
      readonly kind: "set-argument";
      readonly argument: ArgumentRef & { readonly keyword: string };
      readonly value: string;
    }
  /** What is called, `{path:random.SystemRandom}().{method}`. */
  | { readonly kind: "replace-function"; readonly with: string }
  /** `a == b` to a call of this function. */
  | { readonly kind: "compare-by"; readonly with: ApiPath }
  /** The keywords that the detector found missing. */
  | { readonly kind: "set-missing-keywords" }
  | { readonly kind: "remove-argument"; readonly argument: ArgumentRef }
  | { readonly kind: "wrap-argument"; readonly argument: ArgumentRef; readonly with: ApiPath }
  | { readonly kind: "replace-value"; readonly value: string }
  /** Of an address in a literal. */
  | { readonly kind: "replace-scheme"; readonly from: string; readonly to: string }
  /** In a dependency file, by the one that the detector names. */
  | { readonly kind: "replace-version" }
  | { readonly kind: "swap-decorators" }
  | { readonly kind: "bind-parameters"; readonly style: "driver" | "sqlalchemy-text" };
