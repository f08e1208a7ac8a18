import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { say } from './console.mjs';
import { onEnd, throwIfInterrupted } from './processes.mjs';

const HEARTBEAT_MS = 5_000;
const STALE_MS = 30_000;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Whether a lock has been left behind: its process is gone, or it has not been touched for long (a process id can
 * belong to somebody else after a restart of the machine).
 */
export function isAbandoned({ pid, ageMs }, alive = isAlive) {
  return ageMs > STALE_MS || (Number.isInteger(pid) && pid > 0 && !alive(pid));
}

async function readHolder(file) {
  try {
    const [text, { mtimeMs }] = [
      await readFile(file, 'utf8'),
      await stat(file),
    ];
    return { pid: Number(text), ageMs: Date.now() - mtimeMs };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Does work that only one process at a time may do; others wait for their turn.
 *
 * @template T
 * @param {string} file lock file; holds the id of the process whose turn it is
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(file, work) {
  await mkdir(dirname(file), { recursive: true });
  for (let waiting = false; ;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(file);
    if (holder && isAbandoned(holder)) {
      await rm(file, { force: true });
    } else if (holder) {
      if (!waiting) {
        say(`• Waiting: process ${holder.pid} is installing in this folder …`);
      }
      waiting = true;
      await new Promise(resolve => setTimeout(resolve, 500));
      throwIfInterrupted();
    }
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, HEARTBEAT_MS);
  const release = onEnd(async () => {
    clearInterval(heartbeat);
    await rm(file, { force: true });
  });
  try {
    return await work();
  } finally {
    await release();
  }
}
