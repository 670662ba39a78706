import type { Scope } from "../../python/scopes.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import type { CallProof, CallResult } from "../calls/call-result.ts";
import type { ClassInfo, DeferredCallable, FunctionCallable, ImportCallable } from "../calls/callables.ts";
import type { Counting } from "../calls/counting-down.ts";
import type { TraceStep } from "../facts.ts";
import type { NamedCondition } from "../guards/conditions.ts";
import type { ModelIndex } from "../models/model-index.ts";
import type { Project } from "../project.ts";
import { type Attempt, noteShape } from "../statements/attempt.ts";
import { explained } from "../values/origins.ts";
import type { Shape } from "../values/shape.ts";
import { State, type VariableKey } from "../values/state.ts";
import type { Origin, Value } from "../values/value.ts";
import { FILE_STEPS, FUNCTION_STEPS } from "./budgets.ts";
import type { Entry } from "./entry.ts";
import type { Frame, Generator, Return } from "./frame.ts";
import { Recorder } from "./recorder.ts";

/** One file: that under analysis comes first; functions of the modules that it imports run on their own syntax. */
export interface Unit {
  readonly index: number;
  readonly path: string;
  readonly syntax: SyntaxArrays;
  readonly recorder: Recorder;
  /** What the last call at a node proved of its arguments. */
  readonly proofs: Map<number, CallProof>;
  /** Its classes that were defined, by their nodes. */
  readonly classes: Map<number, ClassInfo>;
  /** Module-level names, as variables of `frame`. */
  readonly frame: Frame;
  /** Modules imported by `*`: of those outside the project the names cannot be told from unknown ones. */
  readonly wildcards: ImportCallable[];
  /** Where its imports lead, by the dots before them and the name; undefined for a module that the project has not. */
  readonly modules: Map<string, Unit | undefined>[];
  /** The definition that was put off and is executed now, or -1. */
  defining: number;
}

/** Among the containers that were written to: a variable that others see. No container is negative. */
export const OUTSIDE = -1;

/** Everything the interpreter's parts share while a module is analysed. */
export class Machine {
  readonly models: ModelIndex;
  readonly project: Project;
  readonly units: Unit[] = [];
  unit: Unit;
  syntax: SyntaxArrays;
  frame: Frame;
  state: State;
  steps = 0;
  fileSteps = 0;
  depth = 0;
  callDepth = 0;
  /** Dependencies that are called now, one for another (`dependencies.ts`). */
  injections = 0;
  /** Functions being entered, innermost last: a call of one of them is a recursion. */
  readonly active: FunctionCallable[] = [];
  /** Functions that are run as if the calls of themselves gave nothing, and whether they make any. */
  readonly tried = new Map<FunctionCallable, boolean>();
  readonly counting = new Map<FunctionCallable, Counting>();
  /** Blocks under way that an exception may leave, innermost last. */
  readonly attempts: Attempt[] = [];
  /** Where `print` writes to instead of the output, the innermost last. */
  readonly outputs: Value[] = [];
  /** By which call something from outside came into another module inside a container. */
  handed: TraceStep | undefined;
  /** The class that a metaclass makes now. */
  making: ClassInfo | undefined;
  /** Functions that wait to be entered. */
  readonly entries: Entry[] = [];
  /** The entry that is run through its decorators, and what it gave back wherever they called it. */
  served:
    | {
        readonly callable: FunctionCallable;
        readonly layers: readonly FunctionCallable[];
        readonly returns: Return[];
        isReached: boolean;
      }
    | undefined;
  /** The state that module level left. */
  moduleState: State;
  /** What imported modules leave goes into it: below all branches, so that each sees it. */
  ground: State;
  /** Modules whose own level is executed now, one because of the other. */
  loading = 0;
  /** What the functions and classes of imported modules are, once they are used. */
  readonly defined = new Map<DeferredCallable, Value | undefined>();
  /** Imports that are looked up now: two modules may import a name from each other. */
  readonly resolving = new Set<ImportCallable>();
  /** Set while an annotation is evaluated: it names types, and is no reason to read their modules. */
  isNaming = false;
  /** Results of calls by function and abstract arguments. */
  readonly memo = new Map<string, CallResult>();
  /** How often a function was run, whatever its arguments. */
  readonly runs = new Map<FunctionCallable, number>();
  readonly identities = new Map<object, number>();
  /** Keys of expressions of which a condition proved something, by the name that they begin with. */
  readonly narrowed = new Map<string, readonly VariableKey[]>();
  /** Keys of what conditions proved of objects that everyone shares, by place (`shared-proofs.ts`). */
  readonly shared = new Map<string, VariableKey>();
  /** Those of which something was proved while the entry under way is run. */
  readonly proved = new Set<VariableKey>();
  /** Conditions that were given a name: `ok = x in ALLOWED`. */
  readonly conditions = new Map<VariableKey, NamedCondition>();
  /** Objects by the dict that stands for their `__dict__`: what is stored in the one, the other has. */
  readonly namespaces = new Map<number, number>();
  /** What made the generators, by the container that stands for what they yield. */
  readonly generators = new Map<number, Generator>();
  /** Names that a condition is looked for behind now, each because of the other. */
  readonly followed = new Set<VariableKey>();
  /** Conditions under which a name is filled, with where the labels of their names came from (`collected.ts`). */
  readonly collected = new Map<VariableKey, Map<number, ReadonlyMap<string, Origin | undefined>>>();
  /** Set when the heap is written: a call that does so cannot be answered from the memo. */
  writes = 0;
  /** Changes of the attributes of classes and functions. */
  classWrites = 0;
  /** The containers that were written to since a call began, and `OUTSIDE`. */
  written = new Set<number>();
  /** Functions that wrote into a container or object: their calls are told apart by what is in those that they are given. */
  readonly writers = new Set<FunctionCallable>();
  /** Changes of what functions see that is none of their own, where something from outside is concerned. */
  outside = 0;
  /** The addresses with which functions were handed to a framework, by how. */
  readonly registered = new Map<string, string[]>();
  /** Those of the entry under way. */
  addresses: readonly string[] = [];
  /** How often a source was read. */
  sources = 0;
  /** No key is zero, for it has no sign. */
  readonly #owners: (Frame | undefined)[] = [undefined];
  #nextRef = 0;

  constructor(models: ModelIndex, project: Project, path: string, syntax: SyntaxArrays, scope: Scope) {
    this.models = models;
    this.project = project;
    this.state = new State();
    this.moduleState = this.state;
    this.ground = this.state;
    this.unit = this.addUnit(path, syntax, scope);
    this.syntax = syntax;
    this.frame = this.unit.frame;
  }

  /** Of the file that is executed now. */
  get recorder(): Recorder {
    return this.unit.recorder;
  }

  addUnit(path: string, syntax: SyntaxArrays, scope: Scope): Unit {
    const frame = this.createFrame({ scope, unit: undefined });
    const index = this.units.length;
    const recorder = new Recorder(syntax.count);
    const unit: Unit = {
      index,
      path,
      syntax,
      recorder,
      proofs: new Map(),
      classes: new Map(),
      frame,
      wildcards: [],
      modules: [],
      defining: -1,
    };
    this.units.push(unit);
    (frame as { unit: Unit }).unit = unit;
    return unit;
  }

  createFrame(parts: {
    readonly scope: Scope;
    readonly unit: Unit | undefined;
    readonly enclosing?: Frame;
    readonly function?: FunctionCallable;
    readonly ownerClass?: ClassInfo;
    readonly isClassBody?: boolean;
    readonly sent?: Value | undefined;
  }): Frame {
    return {
      unit: parts.unit,
      scope: parts.scope,
      enclosing: parts.enclosing,
      function: parts.function,
      ownerClass: parts.ownerClass,
      isClassBody: parts.isClassBody ?? false,
      keys: new Map(),
      narrowed: new Map(),
      given: new Map(),
      owners: this.#owners,
      isCaptured: false,
      bottom: this.state,
      loops: [],
      returns: [],
      yields: [],
      firstYields: [],
      lent: new Map(),
      decided: new Set(),
      sent: parts.sent,
    };
  }

  /** Takes what the ends of an activation left. Its own variables are gone with it, unless a function still sees them. */
  leave(frame: Frame, ends: readonly State[], state: State): void {
    const owners = this.#owners;
    state.merge(ends, frame.isCaptured ? undefined : (key) => owners[Math.abs(key)] === frame);
  }

  /** A new container or object. */
  allocate(shape: Shape): number {
    const ref = this.#nextRef++;
    this.#store(ref, shape);
    return ref;
  }

  /** What the next container or object will be. */
  get nextRef(): number {
    return this.#nextRef;
  }

  shape(ref: number): Shape | undefined {
    return this.state.shape(ref);
  }

  /** What the one container or object holds that a value can be; undefined where it can be several, or none. */
  onlyShape(value: Pick<Value, "refs"> | undefined): Shape | undefined {
    return value?.refs.length === 1 ? this.state.shape(value.refs[0]) : undefined;
  }

  write(ref: number, shape: Shape): void {
    this.writes++;
    this.written.add(ref);
    this.#store(ref, shape);
    if (this.moduleState.shape(ref) !== undefined && holdsLabels(shape)) this.outside++;
    const object = this.namespaces.get(ref);
    const { entries, rest } = shape;
    if (object !== undefined) this.write(object, { ...(this.shape(object) ?? shape), kind: "object", entries, rest });
  }

  /** A variable of another function, or what everyone shares, was given a value. */
  noteOutside(): void {
    this.written.add(OUTSIDE);
  }

  #store(ref: number, shape: Shape): void {
    this.state.setShape(ref, shape);
    const attempt = this.attempts.at(-1);
    if (attempt !== undefined) noteShape(attempt, ref, shape);
  }

  /** Counts a step; false when a budget is spent, and then values are unknown. */
  step(node: number): boolean {
    if (++this.steps > FUNCTION_STEPS || ++this.fileSteps > FILE_STEPS) {
      this.recorder.spend("steps", node);
      return false;
    }
    return true;
  }

  /** Steps that no expression stands for. */
  count(steps: number): void {
    this.steps += steps;
    this.fileSteps += steps;
  }

  /** The first step of a chain: where a value gets its labels. */
  source(node: number, note: string, source: string, yields: number): Origin {
    return {
      node,
      file: this.unit.index,
      role: "source",
      note,
      source,
      before: undefined,
      length: 1,
      yields,
      also: undefined,
      cleared: 0,
      isMixed: false,
    };
  }

  /** A further step of a chain. */
  stepAfter(node: number, role: Origin["role"], note: string, before: Origin): Origin {
    const { source, length, isMixed } = before;
    const yields = explained(before);
    const step = { node, file: this.unit.index, role, note, source, before, length: length + 1, yields };
    return { ...step, also: undefined, cleared: 0, isMixed };
  }

  /** A small number that stands for an object in memo keys. */
  identity(thing: object): number {
    let id = this.identities.get(thing);
    if (id === undefined) {
      id = this.identities.size;
      this.identities.set(thing, id);
    }
    return id;
  }
}

function holdsLabels({ entries, rest }: Shape): boolean {
  if (rest !== undefined && rest.labels !== 0) return true;
  for (const { labels } of entries.values()) if (labels !== 0) return true;
  return false;
}
