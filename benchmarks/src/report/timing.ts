/** Runs something and takes the time, in milliseconds. */
export function timed<T>(work: () => T): { result: T; ms: number } {
  const startedAt = performance.now();
  const result = work();
  return { result, ms: performance.now() - startedAt };
}

/** Milliseconds of each of several runs. */
export function repeatedly(times: number, work: () => unknown): number[] {
  return Array.from({ length: times }, () => timed(work).ms);
}
