/** Adds up the time of the processor that this process spends on some work, done in pieces. */
export class Stopwatch {
  /** Milliseconds so far. */
  ms = 0;

  run<T>(work: () => T): T {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    this.ms += (user + system) / 1_000;
    return result;
  }
}
