/** Pools whose `apply` and `map` run a function in other processes or threads. */
export const POOLS: readonly string[] = ["Pool", "pool.Pool", "pool.ThreadPool", "dummy.Pool"].map(
  (name) => `multiprocessing.${name}`,
);
