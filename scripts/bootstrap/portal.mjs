import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { checkPort, portalAddresses } from './addresses.mjs';
import { configFlags, readConfiguration } from './configuration.mjs';
import { elapsedSince, say } from './console.mjs';
import { ExplainedFailure } from './failures.mjs';
import { endAll, start, throwIfInterrupted } from './processes.mjs';

const READINESS_PATH = '/.backstage/health/v1/readiness';
const REMINDER_MS = 30_000;

/**
 * Whether the backend ended while starting: Node's last line after an error that nobody caught, or Backstage's own.
 * The development runner stays alive then and waits for a change.
 *
 * @param {string} text what was printed so far
 */
export function tellsOfFailedStart(text) {
  return /^Node\.js v\d+\.|BackendStartupError/m.test(text);
}

/** Whether a local server answers well. A development server answers only when its bundle is compiled. */
function answers(url, port, path) {
  const isSecure = new URL(url).protocol === 'https:';
  return new Promise(resolve => {
    const request = (isSecure ? httpsRequest : httpRequest)(
      {
        host: 'localhost',
        port,
        path,
        timeout: 60_000,
        // asked on this machine itself, where a certificate for the public name does not fit
        ...(isSecure ? { rejectUnauthorized: false } : {}),
      },
      response => {
        response.resume();
        resolve(response.statusCode < 400);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
    request.end();
  });
}

async function untilAnswers({ url, port }, path, isOver) {
  while (!isOver()) {
    if (await answers(url, port, path)) return;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

/** Starts a package of the portal in development mode. Rejects when its process ends, or cannot start. */
function startPackage(context, name, flags, isReady) {
  return new Promise((_, reject) => {
    let recent = '';
    const { ended } = start(
      'yarn',
      ['backstage-cli', 'package', 'start', ...flags],
      {
        cwd: join(context.root, 'packages', name),
        env: context.env,
        onOutput: text => {
          if (isReady()) return;
          recent = (recent + text).slice(-10_000);
          if (tellsOfFailedStart(recent)) {
            reject(
              new ExplainedFailure(
                'The backend could not start; its message above says why. Fix that, then run the command again.',
              ),
            );
          }
        },
      },
    );
    ended.then(
      code =>
        reject(
          new ExplainedFailure(
            `The ${name} ended with exit code ${code}; its messages above say why.`,
          ),
        ),
      reject,
    );
  });
}

async function runPackages(context, flags, packages, readyMessage) {
  const startedAt = performance.now();
  let isReady = false;
  let isOver = false;
  const processes = packages.map(({ name }) =>
    startPackage(context, name, flags, () => isReady),
  );
  const reminder = setInterval(() => {
    say(`• Still starting (${elapsedSince(startedAt)}) …`);
  }, REMINDER_MS);
  const ready = Promise.all(
    packages.map(async ({ name, address, path }) => {
      await untilAnswers(address, path, () => isOver);
      if (!isOver) say(`✓ The ${name} answers: ${elapsedSince(startedAt)}`);
    }),
  ).then(() => {
    clearInterval(reminder);
    if (isOver) return;
    isReady = true;
    say(`\n${readyMessage}\nCtrl-C stops it.\n`);
  });
  try {
    await Promise.race(processes);
  } finally {
    isOver = true;
    clearInterval(reminder);
    await endAll();
    processes.forEach(process => process.catch(() => {}));
    ready.catch(() => {});
    throwIfInterrupted();
  }
}

async function prepare(context, args) {
  const flags = configFlags(context.root, args, process.env);
  const configuration = await readConfiguration(
    context.root,
    flags,
    context.env,
  );
  // the portal says itself when it is ready; opening a browser earlier would show an unfinished page
  const env = {
    ...context.env,
    BROWSER: process.env.BROWSER ?? 'none',
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
  };
  return {
    flags,
    context: { ...context, env },
    addresses: portalAddresses(configuration),
  };
}

/** `npm run backend`: the backend alone. */
export async function startBackend(callersContext, args) {
  const { flags, context, addresses } = await prepare(callersContext, args);
  const { backend } = addresses;
  await checkPort(backend.port, 'backend.listen.port and backend.baseUrl');
  say('• Starting the backend …');
  await runPackages(
    context,
    flags,
    [{ name: 'backend', address: backend, path: READINESS_PATH }],
    `Backend ready: ${backend.url}`,
  );
}

/** `npm start`: backend and app together. */
export async function startPortal(callersContext, args) {
  const { flags, context, addresses } = await prepare(callersContext, args);
  const { app, backend } = addresses;
  if (app.port === backend.port) {
    throw new ExplainedFailure(
      `app.baseUrl and backend.baseUrl share port ${app.port}. While developing, the app has a server of its own: give app.baseUrl another port, or build the app (npm run build) and let the backend serve it (npm run backend).`,
    );
  }
  await checkPort(app.port, 'app.baseUrl');
  await checkPort(backend.port, 'backend.listen.port and backend.baseUrl');
  say('• Starting backend and app (about 20 s) …');
  await runPackages(
    context,
    flags,
    [
      { name: 'backend', address: backend, path: READINESS_PATH },
      { name: 'app', address: app, path: new URL(app.url).pathname },
    ],
    `Portal ready: ${app.url}`,
  );
}
