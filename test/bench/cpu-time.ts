/** Milliseconds of CPU that a piece of work took in this process, its collector and compiler included. */
export function cpuTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
