import { spawn } from 'node:child_process';
import { Interrupted } from './failures.mjs';

const GRACE_MS = 10_000;
const TAIL_CHARACTERS = 200_000;

/** Children still running; each leads a process group, so that what it started ends with it. */
const running = new Set();
/** Undone before the process ends, whatever the reason. */
const cleanups = new Set();
let interruption;

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false;
  }
}

async function endGroup(child, signal = 'SIGTERM') {
  signalGroup(child, signal);
  const deadline = performance.now() + GRACE_MS;
  while (signalGroup(child, 0) && performance.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  signalGroup(child, 'SIGKILL');
}

/** Ends every child with all that it started. */
export async function endAll() {
  await Promise.all([...running].map(child => endGroup(child)));
}

/**
 * Registers what must be undone before the process ends.
 *
 * @param {() => Promise<void> | void} cleanup
 * @returns {() => Promise<void>} does it now, once
 */
export function onEnd(cleanup) {
  const once = async () => {
    if (cleanups.delete(once)) await cleanup();
  };
  cleanups.add(once);
  return once;
}

/** Does what was registered with `onEnd` and has not been done yet. */
export async function cleanUp() {
  for (const cleanup of [...cleanups].reverse()) await cleanup();
}

/**
 * Ends all children when this process is asked to stop, or when whoever called it is gone: npm killed outright
 * leaves its child alone in the world.
 */
export function stopWithCaller() {
  const stop = signal => {
    if (interruption) {
      for (const child of running) signalGroup(child, 'SIGKILL');
      return;
    }
    interruption = new Interrupted(signal);
    endAll();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => stop(signal));
  }
  const caller = process.ppid;
  setInterval(() => {
    if (process.ppid !== caller) stop('SIGTERM');
  }, 1000).unref();
}

/** @throws {Interrupted} where a stop was asked for */
export function throwIfInterrupted() {
  if (interruption) throw interruption;
}

/**
 * Starts a command that leads its own process group.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, onOutput?: (text: string) => void }} options with `onOutput` the
 *   output is shown and handed over; without it the child writes to the terminal itself
 * @returns {{ ended: Promise<number> }} `ended` resolves with the exit code
 */
export function start(command, args, { cwd, env, onOutput }) {
  throwIfInterrupted();
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: onOutput
      ? ['ignore', 'pipe', 'pipe']
      : ['ignore', 'inherit', 'inherit'],
  });
  running.add(child);
  for (const name of onOutput ? ['stdout', 'stderr'] : []) {
    child[name].setEncoding('utf8').on('data', text => {
      process[name].write(text);
      onOutput(text);
    });
  }
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ? 1 : code));
  }).finally(async () => {
    if (child.pid) await endGroup(child);
    running.delete(child);
  });
  ended.catch(() => {});
  return { ended };
}

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, capture?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>} with `capture`, the end of what it printed
 * @throws {Interrupted} where a stop was asked for meanwhile
 */
export async function run(command, args, { cwd, env, capture = false }) {
  let output = '';
  const onOutput = text => {
    output = (output + text).slice(-TAIL_CHARACTERS);
  };
  const { ended } = start(command, args, {
    cwd,
    env,
    onOutput: capture ? onOutput : undefined,
  });
  const code = await ended;
  throwIfInterrupted();
  return { code, output };
}
