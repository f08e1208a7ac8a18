import { createServer } from 'node:net';
import { ExplainedFailure } from './failures.mjs';

/**
 * Reads the port of `backend.listen` or `app.listen` in every form that Backstage takes.
 *
 * @param {unknown} listen for example `7007`, `':7007'`, `'0.0.0.0:7007'`, `{ port: 7007 }`
 * @returns {number | undefined}
 */
export function listenPort(listen) {
  const value =
    listen !== null && typeof listen === 'object' ? listen.port : listen;
  const port = Number(
    typeof value === 'string' ? value.slice(value.lastIndexOf(':') + 1) : value,
  );
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}

function urlPort(key, value) {
  let url;
  try {
    url = new URL(value);
  } catch {
    throw new ExplainedFailure(
      `${key} in the configuration is ${JSON.stringify(
        value,
      )}; it must be an address such as http://localhost:3000.`,
    );
  }
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/**
 * Where the two halves of the portal listen.
 *
 * @param {{ appBaseUrl?: string, appListen?: unknown, backendBaseUrl?: string, backendListen?: unknown }} configuration
 * @returns {{ app: { url: string, port: number }, backend: { url: string, port: number } }}
 * @throws {ExplainedFailure} where an address cannot be understood
 */
export function portalAddresses({
  appBaseUrl = 'http://localhost:3000',
  appListen,
  backendBaseUrl = 'http://localhost:7007',
  backendListen,
}) {
  return {
    app: {
      url: appBaseUrl,
      port: listenPort(appListen) ?? urlPort('app.baseUrl', appBaseUrl),
    },
    backend: {
      url: backendBaseUrl,
      port:
        listenPort(backendListen) ?? urlPort('backend.baseUrl', backendBaseUrl),
    },
  };
}

function isFree(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', error => {
      if (error.code === 'EADDRINUSE') resolve(false);
      // the machine may lack this kind of address: then nobody can have taken the port on it
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
        resolve(true);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/**
 * @param {number} port
 * @param {string} key configuration key that moves it elsewhere
 * @throws {ExplainedFailure} where another program listens on the port already, or this user may not
 */
export async function checkPort(port, key) {
  for (const host of ['127.0.0.1', '::1', '0.0.0.0']) {
    try {
      if (await isFree(port, host)) continue;
    } catch (error) {
      throw new ExplainedFailure(
        `Port ${port} cannot be used: ${error.message}. Choose another with ${key}.`,
      );
    }
    throw new ExplainedFailure(
      `Port ${port} is taken by another program, perhaps by a portal started earlier. Stop that program (\`lsof -i :${port}\` names it), or choose another port with ${key}.`,
    );
  }
}
