/**
 * Tasks in runs: what was asked for in one go, in its order. Each worker takes from a run of its own, from the front; one that
 * has none takes the oldest that nobody has, else the second half of the longest. So neighbours, which import the same modules,
 * come to the same worker, and all workers end together.
 */
export class TaskQueue<Task> {
  readonly #runs: Run<Task>[] = [];

  get length(): number {
    return this.#runs.reduce((sum, { tasks }) => sum + tasks.length, 0);
  }

  /** Adds to the newest run, if no worker has begun it. */
  push(task: Task): void {
    const newest = this.#runs.at(-1);
    if (newest !== undefined && newest.owner === undefined) newest.tasks.push(task);
    else this.#runs.push({ owner: undefined, tasks: [task] });
  }

  /** Gives tasks back that a worker did not get to: it begins with them. */
  putBack(worker: object, tasks: readonly Task[]): void {
    if (tasks.length === 0) return;
    const own = this.#runs.find(({ owner }) => owner === worker);
    if (own === undefined) this.#runs.unshift({ owner: worker, tasks: [...tasks] });
    else own.tasks.unshift(...tasks);
  }

  /** The next tasks for a worker: as many from the front of its run as `count` says, which is at least one. */
  take(worker: object, count: (run: readonly Task[]) => number): readonly Task[] {
    const run = this.#runOf(worker);
    if (run === undefined) return [];
    const taken = run.tasks.splice(0, count(run.tasks));
    if (run.tasks.length === 0) this.#runs.splice(this.#runs.indexOf(run), 1);
    return taken;
  }

  takeAll(): readonly Task[] {
    return this.#runs.splice(0).flatMap(({ tasks }) => tasks);
  }

  #runOf(worker: object): Run<Task> | undefined {
    const run =
      this.#runs.find(({ owner }) => owner === worker) ??
      this.#runs.find(({ owner }) => owner === undefined) ??
      this.#splitLongest();
    if (run !== undefined) run.owner = worker;
    return run;
  }

  #splitLongest(): Run<Task> | undefined {
    const [longest] = this.#runs.toSorted((a, b) => b.tasks.length - a.tasks.length);
    if (longest === undefined) return undefined;
    const half: Run<Task> = { owner: undefined, tasks: longest.tasks.splice(longest.tasks.length >> 1) };
    this.#runs.push(half);
    if (longest.tasks.length === 0) this.#runs.splice(this.#runs.indexOf(longest), 1);
    return half;
  }
}

interface Run<Task> {
  owner: object | undefined;
  readonly tasks: Task[];
}
