import type { AnalysisTask, Engine } from "../analysis/analyser.ts";
import type { TaskAnalysis } from "../analysis/elsewhere.ts";
import type { ProjectFile, ProjectSource } from "../analysis/project-file.ts";

/** Where the modules of a project are read, a few at a time. */
export interface ModuleReader {
  /** In the order asked; undefined where there is no such file on either side of the change. */
  read(paths: readonly string[]): Promise<readonly (ProjectFile | undefined)[]>;
  /** Files that are read for one change, beside the changed ones. */
  readonly mostFiles: number;
  /** Paths that are asked for at once: an import is looked up in several folders. */
  readonly mostAsked: number;
}

/** Each round leads one import further: a helper, what it calls, what that calls. */
const MOST_ROUNDS = 4;

/** A task, and what came of it: the paths that it wants are in it. */
export interface Analysed {
  readonly task: AnalysisTask;
  readonly analysis: TaskAnalysis;
}

/** What a task begins with: it is told nothing of other files, and says which ones it wants. */
export const NO_MODULES: ProjectSource = { kind: "given", files: [] };

/**
 * Analyses the files of one change again, together with the files that they import or include, and returns the tasks as they were
 * done last, in the same order, with their analyses. The tasks that come in are of `NO_MODULES`. An analysis names the paths at which
 * modules may lie; they are read for all at once, and those for which something was found are analysed again.
 */
export async function followImports(
  engine: Engine,
  analysed: readonly Analysed[],
  modules: ModuleReader,
): Promise<readonly Analysed[]> {
  const known = new Map<string, ProjectFile | undefined>();
  const followed = analysed.map(({ task }): Followed => ({ task, given: new Map(), asked: new Set() }));
  const analyses = analysed.map(({ analysis }) => analysis);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wanted = inTurn(analyses.map((analysis) => analysis.wanted ?? []));
    const isWiser = await learn(known, wanted, modules);
    const again = followed.flatMap((one, index) => (give(one, analyses[index]?.wanted ?? [], known) ? [index] : []));
    if (again.length === 0 && !isWiser) break;
    await Promise.all(
      again.map(async (index) => {
        const one = followed[index];
        if (one !== undefined) analyses[index] = await engine.analyse(taskOf(one));
      }),
    );
  }
  return followed.flatMap((one, index) => {
    const analysis = analyses[index];
    return analysis === undefined ? [] : [{ task: taskOf(one), analysis }];
  });
}

/** The same of files some of which had nothing to analyse: those stay as they are. */
export async function followWhereAnalysed<
  One extends { readonly task?: AnalysisTask | undefined; readonly analysis: TaskAnalysis },
>(engine: Engine, all: readonly One[], modules: ModuleReader): Promise<readonly One[]> {
  const analysed = all.flatMap(({ task, analysis }) => (task === undefined ? [] : [{ task, analysis }]));
  const followed = await followImports(engine, analysed, modules);
  let next = 0;
  return all.map((one) => (one.task === undefined ? one : { ...one, ...followed[next++] }));
}

/** The first path of each, then the second: where not all can be read, each file gets the likeliest of its own. */
function inTurn(lists: readonly (readonly string[])[]): ReadonlySet<string> {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const turns = Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list[turn] ?? []));
  return new Set(turns.flat());
}

interface Followed {
  readonly task: AnalysisTask;
  /** By path. */
  readonly given: Map<string, ProjectFile>;
  readonly asked: Set<string>;
}

/** The task with all that is known by now. */
function taskOf({ task, given, asked }: Followed): AnalysisTask {
  const absent = [...asked].filter((path) => !given.has(path)).map((path): ProjectFile => ({ path }));
  return { ...task, project: { kind: "given", files: [...given.values(), ...absent] } };
}

/** Reads what is not known yet, as far as the bounds allow; whether it learned of anything. */
async function learn(
  known: Map<string, ProjectFile | undefined>,
  wanted: ReadonlySet<string>,
  { read, mostFiles, mostAsked }: ModuleReader,
): Promise<boolean> {
  const found = [...known.values()].filter((file) => file !== undefined && file.change === undefined).length;
  if (found >= mostFiles) return false;
  const unknown = [...wanted].filter((path) => !known.has(path)).slice(0, mostAsked);
  if (unknown.length === 0) return false;
  const files = await read(unknown);
  let room = mostFiles - found;
  unknown.forEach((path, index) => {
    const file = files[index];
    const isExtra = file !== undefined && file.change === undefined;
    if (isExtra && room === 0) return;
    if (isExtra) room -= 1;
    known.set(path, file);
  });
  return true;
}

/** Whether there is something new to analyse with; that a file is absent is what the analysis took for granted. */
function give(
  { given, asked }: Followed,
  wanted: readonly string[],
  known: ReadonlyMap<string, ProjectFile | undefined>,
): boolean {
  let isNew = false;
  for (const path of wanted) {
    if (asked.has(path) || !known.has(path)) continue;
    asked.add(path);
    const file = known.get(path);
    if (file === undefined || given.has(file.path)) continue;
    given.set(file.path, file);
    isNew = true;
  }
  return isNew;
}
