import type { DocumentFacts } from "../documents/document.ts";
import type { ManifestFacts } from "../manifests/manifest.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import type { CallFact, Flow, ModuleFacts } from "../taint/facts.ts";
import type { Span } from "../text/span.ts";
import type { Level } from "./rule.ts";
import type { Triggers } from "./triggers.ts";

/** A match that no pattern can state, written in TypeScript and named by a rule's `match.detector`. */
export type Detector =
  | ModuleDetector
  | ManifestDetector
  | DocumentDetector
  | CommitDetector
  | ChangeDetector
  | ManifestChangeDetector
  | DocumentChangeDetector;

export interface ModuleDetector {
  readonly kind: "module";
  readonly name: string;
  /** What it does not speak without, by the rule's options; left out where that cannot be told beforehand. */
  readonly triggers?: Triggers | ((options: Readonly<Record<string, unknown>>) => Triggers | undefined);
  /**
   * Whether a text can hold what is looked for: asked before the module is interpreted, which is spared where no rule in force
   * is concerned. Left out where the text alone cannot tell.
   */
  readonly concerns?: (text: string) => boolean;
  /** Throws on options that it does not know, with a message that names the key; called once a rule. */
  readonly prepare: (options: Readonly<Record<string, unknown>>) => (facts: ModuleFacts) => Iterable<Detection>;
}

/** The same over a dependency file. */
export interface ManifestDetector {
  readonly kind: "manifest";
  readonly name: string;
  readonly prepare: (
    options: Readonly<Record<string, unknown>>,
  ) => (manifest: ManifestFacts) => Iterable<ManifestDetection>;
}

/** The same over a file of settings or a template. */
export interface DocumentDetector {
  readonly kind: "document";
  readonly name: string;
  readonly prepare: (
    options: Readonly<Record<string, unknown>>,
  ) => (document: DocumentFacts) => Iterable<ManifestDetection>;
}

/** Finds what commits of a change had in between: the rules for secrets say what that is. */
export interface CommitDetector {
  readonly kind: "commit";
  readonly name: string;
}

/** What both sides of a change say of one module: for what it took away. */
export interface ChangeSides {
  readonly base: ModuleFacts;
  readonly head: ModuleFacts;
  /** A module of the project that the base imports and that was followed, by its dotted name. */
  readonly moduleAtBase?: (name: string) => SyntaxArrays | undefined;
}

/** What a change did to its lines, as text: asked before the base is analysed. */
export interface ChangedText {
  readonly removed: string;
  readonly added: string;
}

/** Compares both sides of a change. It never speaks in a scan of whole files, nor of a base or head that is known in part. */
export interface ChangeDetector {
  readonly kind: "change";
  readonly name: string;
  readonly prepare: (options: Readonly<Record<string, unknown>>) => ChangeComparison;
}

export interface ChangeComparison {
  /** Whether lines of this text can hold what is looked for: spares the analysis of the base where they cannot. */
  readonly concerns: (text: ChangedText) => boolean;
  /** Nodes of what is found are the head's. */
  readonly detect: (sides: ChangeSides) => Iterable<Detection>;
}

/** The same over both sides of a dependency file; places are the head's. */
export interface ManifestChangeDetector {
  readonly kind: "manifest-change";
  readonly name: string;
  readonly prepare: (options: Readonly<Record<string, unknown>>) => ManifestComparison;
}

export type ManifestComparison = (sides: ManifestSides) => Iterable<ManifestDetection>;

/** What both sides of a change declare in one dependency file. */
export interface ManifestSides {
  readonly base: ManifestFacts;
  readonly head: ManifestFacts;
}

/** The same over both sides of a file of settings. */
export interface DocumentChangeDetector {
  readonly kind: "document-change";
  readonly name: string;
  readonly prepare: (options: Readonly<Record<string, unknown>>) => DocumentComparison;
}

export interface DocumentComparison {
  /** Whether a file of this name can hold what is looked for: spares reading both sides of the others. */
  readonly concerns: (path: string) => boolean;
  readonly detect: (sides: DocumentSides) => Iterable<ManifestDetection>;
}

export interface DocumentSides {
  readonly base: DocumentFacts;
  readonly head: DocumentFacts;
}

/** One place; the rule that names the detector brings level, message, fix and documentation. */
export interface Detection {
  readonly node: number;
  /** Where less than the node is meant. */
  readonly span?: Span;
  /** Fill the `{name}` fields of the rule's message. Never a secret's value. */
  readonly fields: Readonly<Record<string, string>>;
  /** What the rule's fix changes: a call's arguments, a value, or the order of two decorators. Without it none is offered. */
  readonly call?: CallFact;
  readonly value?: number;
  readonly swap?: readonly [number, number];
  /** Keyword arguments that the call should have, for a fix that sets what was found to be missing. */
  readonly keywords?: Readonly<Record<string, string>>;
  /** The way the data took, where the detector judges flows. */
  readonly flow?: Flow;
  /** The level of what weighs less than the rule says, where no configuration has settled it. */
  readonly atMost?: Level;
  /** Of what compares two sides of a function: the protection that it lost. */
  readonly tookOut?: TakenOut;
}

export interface TakenOut {
  /** The qualified name of the function. */
  readonly scope: string;
  /** As the code called it: `escape`. */
  readonly said: string;
  /** The variables that it was about; left out where any value of the function may be. */
  readonly subjects?: ReadonlySet<string>;
}

export interface ManifestDetection {
  readonly span: Span;
  /** Of the address that was found: what a fix changes. Without it none is offered. */
  readonly address?: Span;
  /** What a fix writes in the place of a version. */
  readonly replacement?: { readonly span: Span; readonly text: string };
  /** The level of what weighs less than the rule says, where no configuration has settled it. */
  readonly atMost?: Level;
  readonly fields: Readonly<Record<string, string>>;
}
