import { spawn } from 'node:child_process';

const GRACE_MS = 10_000;
const POLL_MS = 100;

/** A program that runs beside the tests, with all that it started itself. */
export interface RunningProcess {
  /** The end of what it printed. */
  output(): string;
  isRunning(): boolean;
  stop(): Promise<void>;
}

export async function pause(ms: number): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, ms));
}

/** Starts a program as the leader of its own process group. */
export function startProcess(
  command: string,
  args: string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv },
): RunningProcess {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let runs = true;
  const keep = (text: string) => {
    printed = (printed + text).slice(-50_000);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  child.on('error', error => {
    keep(`\n${error.message}`);
    runs = false;
  });
  child.on('close', () => {
    runs = false;
  });

  const signalGroup = (signal: NodeJS.Signals | 0): boolean => {
    if (child.pid === undefined) return false;
    try {
      process.kill(-child.pid, signal);
      return true;
    } catch {
      return false;
    }
  };
  // a run that is cut off does not come to its end; what leads its own group would outlive it
  const killWithTests = () => signalGroup('SIGKILL');
  process.once('exit', killWithTests);
  return {
    output: () => printed,
    isRunning: () => runs,
    async stop() {
      signalGroup('SIGTERM');
      const deadline = Date.now() + GRACE_MS;
      while (signalGroup(0) && Date.now() < deadline) await pause(POLL_MS);
      killWithTests();
      process.off('exit', killWithTests);
    },
  };
}

/**
 * Waits until a program answers a request well.
 *
 * @throws Error with what the program printed, where it ends or does not answer in time
 */
export async function untilAnswering(
  url: string,
  program: RunningProcess,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && program.isRunning()) {
    const isGood = await fetch(url).then(
      response => response.ok,
      () => false,
    );
    if (isGood) return;
    await pause(POLL_MS);
  }
  const printed = program.output();
  await program.stop();
  throw new Error(`${url} does not answer.\n${printed}`);
}
