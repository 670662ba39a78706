/**
 * What a library's API means to the analysis: one file of `rules/models`. Models describe libraries, rules describe mistakes;
 * labels and kinds (`rules/models/kinds.yml`) are the joint.
 *
 * An API path is a dotted name resolved through imports: `()` a call's result or an instance, `[]` an element or item,
 * `[Key]` the item of a constant key.
 */
export interface Model {
  readonly package: string;
  /** Of a repository or its organization: it adds to what the others say, and takes the place of none of it. */
  readonly isOwn?: boolean;
  /** Other spellings of a name: re-exports and renamed modules. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Class → paths whose value is an instance of it: `sqlite3.Connection: [sqlite3.connect()]`. */
  readonly types: Readonly<Record<string, readonly string[]>>;
  /** Class → its bases, whose models hold for it too. */
  readonly extends: Readonly<Record<string, readonly string[]>>;
  /** Class → names of variables and attributes that usually hold an instance when nothing else is known of them. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Object → its members of its own; any other attribute of it is an item: `MongoClient().shop` is `MongoClient()["shop"]`. */
  readonly items: Readonly<Record<string, readonly string[]>>;
  /** Objects on which an application keeps what is its own, `flask.g`: the library says nothing of what it finds there. */
  readonly holders: readonly string[];
  readonly named: readonly NamedModel[];
  readonly removals: readonly RemovalModel[];
  readonly cleaners: readonly CleanerModel[];
  readonly entries: readonly EntryModel[];
  readonly sources: readonly SourceModel[];
  readonly sinks: readonly SinkModel[];
  readonly sanitizers: readonly SanitizerModel[];
  readonly members: readonly MemberModel[];
  readonly guards: readonly GuardModel[];
  /** Calls whose result carries what their arguments carry, and is otherwise a new value. */
  readonly propagators: readonly string[];
  /** Calls whose result is a text made of what went in: `re.sub`. */
  readonly texts: readonly string[];
  /** Calls whose result carries nothing of what went in: `len`, digests. */
  readonly opaque: readonly string[];
  /** Objects that are read from: no path, where a call takes a path or one of them. */
  readonly streams: readonly string[];
  /** Calls that do not return: `flask.abort`. */
  readonly noreturn: readonly string[];
}

/** Names of variables, attributes, keys and parameters that say what they hold, whatever library it comes from. */
export interface NamedModel {
  readonly yields: string;
  /** In words, for the trace: "a password". */
  readonly text: string;
  /** Words that end the name, one after the other: `api key` in `my_api_key`. */
  readonly phrases: readonly (readonly string[])[];
  /** Words anywhere in the name that give it another sense: `password_hash`, `reset_password`. */
  readonly unless: readonly string[];
  /** Kinds that it is of interest for; for all others it is harmless. */
  readonly reaches: readonly string[];
}

/** Functions that say by their name that what they return discloses nothing: `mask_token`, `hash_password`. */
export interface RemovalModel {
  readonly words: readonly string[];
  readonly removes: readonly string[];
}

/** Functions of which nothing is known but the name, and whose name says that what they return is harmless: `sanitize_filename`. */
export interface CleanerModel {
  /** The name holds one of them, */
  readonly words: readonly string[];
  /** and one of these, where there are any. */
  readonly with: readonly string[];
  readonly neutralizes: readonly string[];
}

export interface SourceModel {
  readonly yields: string;
  /** In words, for the trace: "the query string". */
  readonly text: string;
  /** Its items are always text, never numbers or mappings: a query string, not a JSON body. */
  readonly strings: boolean;
  /** How the text always begins: the path of a request with `/`. */
  readonly begins?: string;
  readonly at: readonly string[];
}

/** Where a sink takes its data. */
export type SinkPort =
  | { readonly kind: "argument"; readonly position?: number; readonly keywords: readonly string[] }
  | { readonly kind: "receiver" }
  /** The arguments from a position on, as one list: a program and what it is given. */
  | { readonly kind: "rest"; readonly from: number }
  /** Every argument. */
  | { readonly kind: "each" }
  /** What `**` passes: names and values of keywords that the code does not spell out. */
  | { readonly kind: "keywords" }
  /** What is assigned to the attribute or item. */
  | { readonly kind: "assigned" };

/**
 * Which part of the argument the sink reads.
 * `command-line`: a string, or the program of a list. `shell-line`: what a shell that is the program of a list is told to run. `arguments`: what comes after a constant program in a list. `url`: harmless once a constant scheme and host come first.
 * `text`: only text that was put together, not an expression object. `document`: a value that may be a mapping of its own. `search`: the structure of
 * a search body, and what is read as a query there.
 * `name`: harmless once a constant beginning says which family of names it is of, `"on_" + event`. `number`: text is none.
 * `fields`: of a mapping, what stands under names that are not written out.
 * `header-lines`: a text that begins with a header, before the empty line that ends the headers.
 */
export type SinkForm =
  | "any"
  | "command-line"
  | "shell-line"
  | "arguments"
  | "url"
  | "text"
  | "document"
  | "search"
  | "name"
  | "number"
  | "fields"
  | "header-lines";

/**
 * Where another statement may say what type of content is sent: a page only if one says so, or unless one says that it is
 * something else.
 */
export type PageTest = "if-said" | "unless-said";

export interface SinkModel {
  readonly feeds: string;
  readonly page?: PageTest;
  readonly at: readonly string[];
  readonly port: SinkPort;
  readonly form: SinkForm;
  /** In lower case: of a mapping in the argument's place, what it holds under this name of a header. */
  readonly entry?: string;
  /** A class of the project that has this method of its own is no sink: an unpickler that says what may be found. */
  readonly unlessMethod?: string;
  /** All hold, or the call is no sink. */
  readonly when: readonly ModelTest[];
  /** One holds, and the call is no sink. */
  readonly unless: readonly ModelTest[];
}

export interface ModelTest {
  readonly position?: number;
  readonly keywords: readonly string[];
  readonly equals?: string | number | boolean | null;
  /** A known constant that has none of these in it: `mimetype` without `html`. */
  readonly lacks?: string;
  readonly isPath?: readonly string[];
  readonly present?: boolean;
}

/** A call, or an attribute, whose value is harmless for some kinds. */
export interface SanitizerModel {
  readonly at: readonly string[];
  readonly neutralizes: readonly string[];
}

/** Attributes and methods whose value is harmless for some kinds by their name alone: of any object, or of one that is called so. */
export interface MemberModel {
  readonly named: readonly string[];
  /** Last words of the object's name, in lower case: `OrderSchema().load`; any object where there are none. */
  readonly of: readonly string[];
  readonly neutralizes: readonly string[];
}

/** A call that is true only of harmless values: the argument is cleared where it holds. */
export interface GuardModel {
  readonly at: readonly string[];
  readonly neutralizes: readonly string[];
  readonly position: number;
  /** The argument's name, where it may be passed by that. */
  readonly keyword?: string | undefined;
}

/** Functions that a framework calls with data from outside. */
export interface EntryModel {
  readonly decorators: readonly string[];
  readonly bases: readonly string[];
  /** Ends of the names of generated base classes, `Servicer`, whose modules are of the project. */
  readonly baseEndings: readonly string[];
  /** Of a class with one of these bases; `resolve_*` is any that begins so, `*` any that is public. */
  readonly methods: readonly string[];
  /** Methods that the framework runs on the object before each of these: what they leave on `self` is there. */
  readonly prepare: readonly string[];
  /** Function names, for platforms that find their handler by name. */
  readonly functions: readonly string[];
  /** Calls that are given the function: `app.add_url_rule("/", view_func=show)`. */
  readonly registrations: readonly string[];
  /** Where those calls take it. */
  readonly handler: SinkPort | undefined;
  /** Only in modules of this name, only functions whose first parameter is `first`: Django finds its views so. */
  readonly shape: { readonly modules: readonly string[]; readonly first: string } | undefined;
  /**
   * Functions and methods whose parameters begin with these names, which a protocol asks for: `environ, start_response`; with
   * `methods`, only those.
   */
  readonly signature: readonly string[];
  /** With a signature: only in modules that import one of these, and only coroutines that take these parameters and no others. */
  readonly imports: readonly string[];
  /** The label of the parameters that nothing else is known of. */
  readonly parameters?: string;
  /** The sink kind that text returned by the function feeds. */
  readonly returns?: string;
  readonly page?: PageTest;
  /** Methods that the framework asks for a value, with the sink kind that this feeds: `get_success_url: redirect`. */
  readonly methodReturns: Readonly<Record<string, string>>;
  /** The key of the text in a returned mapping that has `headers` beside it which say that it is a page. */
  readonly body?: string;
  /** What the decorator has to say for that. */
  readonly returnsWhen: readonly ModelTest[];
  /** How many leading parameters (after `self`) carry the label; all when absent. */
  readonly labelled?: number;
  /** The framework calls it before any other entry: what it leaves in shared objects, and proves of them, holds there. */
  readonly before: boolean;
  /** The parameters that carry the label, where the framework passes by name; all when absent. */
  readonly named?: readonly string[];
  /** Position (after `self`; -1 the last) → the class of the parameter. */
  readonly parameterTypes: Readonly<Record<string, string>>;
  /** Attributes of `self` that the framework sets: name → class, or `label:remote`. */
  readonly self: Readonly<Record<string, string>>;
}
