import { firstFrom } from "../python/first-from.ts";
import { scopeOf } from "../python/scopes.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import type { DefinitionFact, Flow, ModuleFacts, ValueFact } from "./facts.ts";
import { leadsOn } from "./machine/answer-status.ts";
import { endsInPage } from "./machine/answer-types.ts";
import { runEntries } from "./machine/entry.ts";
import { Machine, type Unit } from "./machine/machine.ts";
import { widenRebound } from "./machine/rebound-names.ts";
import { toCallFact, toFact } from "./machine/recorder.ts";
import type { ModelIndex } from "./models/model-index.ts";
import type { Project } from "./project.ts";
import { executeBody } from "./statements/execute.ts";

export interface ModuleInput {
  readonly path: string;
  readonly syntax: SyntaxArrays;
  readonly models: ModelIndex;
  /** Where its imports lead. */
  readonly project: Project;
}

export interface AnalysedModule {
  readonly facts: ModuleFacts;
  /**
   * Modules in which flows end that pass through the file. They hold what was seen of them on the way alone: their other
   * flows are found where they are analysed themselves.
   */
  readonly elsewhere: readonly ModuleFacts[];
  /** Paths of the modules that were read. */
  readonly modules: readonly string[];
  /** Of all files that a trace may lead through. */
  syntaxOf(path: string): SyntaxArrays | undefined;
}

/** Interprets a module: its own level first, then every function as an entry. Pure and deterministic. */
export function analyseModule({ path, syntax, models, project }: ModuleInput): AnalysedModule {
  const machine = new Machine(models, project, path, syntax, scopeOf(syntax, 0));
  executeBody(machine, 0);
  machine.state.alive = true;
  widenRebound(machine, machine.unit);
  machine.moduleState = machine.state;
  runEntries(machine, machine.state.fork());
  const [home, ...others] = machine.units;
  const spent = machine.units.flatMap(({ recorder }) => recorder.spent);
  return {
    facts: { ...toFacts(machine, home, () => true), spent },
    elsewhere: others.flatMap((unit) => {
      const passesHere = ({ trace }: Flow) => trace.steps.some((step) => step.path === path);
      return [...unit.recorder.flows.values()].some(passesHere) ? [toFacts(machine, unit, passesHere)] : [];
    }),
    modules: others.map((unit) => unit.path),
    syntaxOf: (of) => machine.units.find((unit) => unit.path === of)?.syntax,
  };
}

function toFacts(machine: Machine, unit: Unit, isWanted: (flow: Flow) => boolean): ModuleFacts {
  const { path, syntax, recorder } = unit;
  const byNode = (a: { node: number }, b: { node: number }) => a.node - b.node;
  const definitions = [...recorder.definitions.values()].sort(byNode);
  const known = new Map<number, ValueFact | undefined>();
  return {
    path,
    text: syntax.text,
    syntax,
    calls: [...recorder.calls.values()].sort(byNode).map((call) => toCallFact(machine, call)),
    assignments: [...recorder.assignments.values()]
      .sort((a, b) => a.target - b.target)
      .map(({ node, target, value, name, paths, snapshot }) => {
        return { node, target, value, name, paths, valueFact: toFact(machine, snapshot) };
      }),
    definitions,
    imports: [...recorder.imports].sort(byNode),
    flows: [...recorder.flows.values()]
      .filter((flow) => isWanted(flow) && endsInPage(machine, unit, flow) && leadsOn(unit, flow))
      .sort((a, b) => a.node - b.node || a.argument - b.argument),
    labels: machine.models.labels.list(recorder.labels),
    value(node) {
      if (!known.has(node)) {
        const value = recorder.valueOf(node);
        known.set(node, value === undefined ? undefined : toFact(machine, { value }));
      }
      return known.get(node);
    },
    pathsOf: (node) => recorder.valueOf(node)?.paths ?? NO_PATHS,
    scopeOf: scopesOf(syntax, definitions),
    spent: recorder.spent,
  };
}

const NO_PATHS: readonly string[] = [];

/** The innermost definition that holds a node; a definition is in the scope around it. */
function scopesOf(syntax: SyntaxArrays, definitions: readonly DefinitionFact[]): (node: number) => string {
  const around = outerOf(syntax, definitions);
  return (node) => {
    let at = firstFrom(definitions, node) - 1;
    while (at >= 0 && syntax.next[definitions[at].node] <= node) at = around[at];
    return at < 0 ? "" : definitions[at].qualifiedName;
  };
}

/** For each definition, in order of their nodes, the place of the one around it; -1 at module level. */
function outerOf(syntax: SyntaxArrays, definitions: readonly DefinitionFact[]): Int32Array {
  const around = new Int32Array(definitions.length);
  for (let place = 0; place < definitions.length; place++) {
    let at = place - 1;
    while (at >= 0 && syntax.next[definitions[at].node] <= definitions[place].node) at = around[at];
    around[place] = at;
  }
  return around;
}
