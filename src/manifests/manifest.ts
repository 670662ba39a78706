import type { Span } from "../text/span.ts";
import type { PackageAdvisories } from "./advisory.ts";

/** What one dependency file declares, in source order. Reading never fails: what could not be read is a problem. */
export interface ManifestFacts {
  readonly path: string;
  readonly text: string;
  readonly format: ManifestFormat;
  readonly entries: readonly ManifestEntry[];
  /** In source order. */
  readonly comments: readonly ManifestComment[];
  /** Lines that say nothing the format knows; the other lines are read all the same. */
  readonly problems: readonly ManifestProblem[];
  /** What the files say that `-r` and `-c` lead to; absent where nobody has followed them. */
  readonly included?: Included;
  /** The lock that a tool has written beside the file; absent where nobody has looked, or there is none. */
  readonly lock?: ManifestFacts;
  /** Texts of the files that say what is run for each change; absent where nobody has looked, or not all are known. */
  readonly runners?: readonly string[];
  /** What is known of flaws in releases that are asked for; absent where nobody has looked. */
  readonly advisories?: readonly PackageAdvisories[];
}

/**
 * `requirements-input` is what a compiler (`pip-compile`, `uv pip compile`) turns into a pinned file: ranges are right there.
 * `lock` is what a tool writes: each package with what it was found at, whoever asked for it.
 */
export type ManifestFormat =
  | "requirements"
  | "requirements-input"
  | "constraints"
  | "pyproject"
  | "pipfile"
  | "setup-cfg"
  | "setup-py"
  | "conda"
  | "lock";

export type ManifestEntry = Requirement | IndexEntry | Include | Setting;

/** From `#` to the end of its line. */
export interface ManifestComment {
  readonly span: Span;
  /** 1-based: the first of the lines that backslashes join to the comment's own. */
  readonly joinedFrom: number;
}

export interface ManifestProblem {
  /** 1-based. */
  readonly line: number;
  /** A clause for a notice: "`flask=1.0` is not a requirement". */
  readonly reason: string;
}

/** One package that is asked for. */
export interface Requirement {
  readonly kind: "requirement";
  /** Normalized by PEP 503; absent for a path or an address that names no package. */
  readonly name?: string;
  /** The name as it is written, `Flask_Login`. */
  readonly writtenName?: string;
  readonly extras: readonly string[];
  /** Empty: any version. */
  readonly specifiers: readonly Specifier[];
  /** The environment marker as it is written, `python_version >= "3.10"`. */
  readonly marker?: string;
  readonly origin: Origin;
  /** `sha256:…`, of `--hash` options. */
  readonly hashes: readonly string[];
  /** In a lock: hosts of its files that are not those of the default index. */
  readonly fileHosts?: readonly string[];
  readonly editable: boolean;
  readonly group: RequirementGroup;
  /** Names of environment variables (`${NAME}`) that pip fills in, and what Hatch does (`{matrix:name}`). */
  readonly variables: readonly string[];
  /** From the first to the last character of the requirement, options and comment excluded. */
  readonly span: Span;
  /** Of `writtenName`: where a version can be put behind (extras in between: behind `extrasSpan`). */
  readonly nameSpan?: Span;
  /** Of `[a, b]`, brackets included; in tables of `pyproject.toml` absent. */
  readonly extrasSpan?: Span;
  /** From the first operator to the last version; absent where no version is written. */
  readonly versionSpan?: Span;
}

/** One clause of a version range. */
export interface Specifier {
  /** PEP 440's, and Poetry's `^` and `~`. */
  readonly operator: "===" | "~=" | "==" | "!=" | "<=" | ">=" | "<" | ">" | "^" | "~";
  /** As written, `2.1`, `2.*`, `${VERSION}`. */
  readonly version: string;
  /** The version ends in `.*`. */
  readonly wildcard: boolean;
}

/** Where the package comes from. */
export type Origin =
  /** From an index: the default one, or the one that the project names. */
  | {
      readonly kind: "index";
      readonly index?: string;
      /** The index is a channel of conda, where packages have names of their own. */
      readonly ofConda?: true;
    }
  | {
      readonly kind: "url";
      /** As written, credentials included: never print it. */
      readonly url: string;
      readonly urlSpan: Span;
      readonly vcs?: "git" | "hg" | "svn" | "bzr";
      /** What follows `@` in the address, or `rev`, `tag`, `branch` of a table. */
      readonly revision?: string;
    }
  | { readonly kind: "path"; readonly path: string };

/** Who gets the package. */
export type RequirementGroup =
  | { readonly kind: "main" }
  /** `[project.optional-dependencies]`, Poetry's extras. */
  | { readonly kind: "extra"; readonly name: string }
  /** `[dependency-groups]`, Poetry's and PDM's groups: not shipped. */
  | { readonly kind: "group"; readonly name: string }
  | { readonly kind: "build" }
  /** A version for the case that something else asks for the package. */
  | { readonly kind: "constraint" };

/** Where packages are looked for, and how far that place is trusted. */
export interface IndexEntry {
  readonly kind: "index";
  /**
   * `primary` replaces the default index, `extra` is asked beside it, `explicit` only for packages that name it,
   * `find-links` is a page or folder of archives, `trusted-host` switches certificate checks off for a host.
   */
  readonly role: "primary" | "extra" | "explicit" | "find-links" | "trusted-host";
  /** Name under which requirements refer to it. */
  readonly name?: string;
  /** The address, or the host of `trusted-host`, as written: credentials included, never print it. */
  readonly value: string;
  /** Of the whole option: `--index-url http://…`, or the table's entry. */
  readonly span: Span;
  readonly valueSpan: Span;
}

/** What other files say that pip reads along: their options hold for all of them. */
export interface Included {
  readonly indexes: readonly IndexEntry[];
  /** One of them limits versions. */
  readonly hasConstraints: boolean;
  /** All of them are known, or are known not to be there. */
  readonly isWhole: boolean;
}

/** What is decided for all packages, or for one. */
export type Setting =
  /** Releases before the final one are installed, too: of one package, or of all. */
  | { readonly kind: "setting"; readonly role: "prereleases"; readonly package?: string; readonly span: Span }
  /** The versions of Python that the project runs with. */
  | {
      readonly kind: "setting";
      readonly role: "python";
      readonly specifiers: readonly Specifier[];
      readonly span: Span;
    };

/** Another file that is read as if it stood here (`-r`), or that limits versions (`-c`). */
export interface Include {
  readonly kind: "include";
  readonly role: "requirements" | "constraints";
  readonly path: string;
  readonly span: Span;
}
