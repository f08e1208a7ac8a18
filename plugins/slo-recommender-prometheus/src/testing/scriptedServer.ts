import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** Of the query string and of the form in the body. */
  parameters: URLSearchParams;
}

export type Script = (
  request: ReceivedRequest,
  response: ServerResponse,
) => void | Promise<void>;

/** A web server on 127.0.0.1 that answers as a test says. */
export interface ScriptedServer {
  url: string;
  requests: ReceivedRequest[];
  answer(script: Script): void;
  stop(): Promise<void>;
}

/** @param port - that it listens on; any free one by default. */
export async function startScriptedServer(port = 0): Promise<ScriptedServer> {
  const requests: ReceivedRequest[] = [];
  let script: Script = (_, response) => {
    response.end();
  };
  const server = createServer(async (incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://scripted');
    const body = await text(incoming);
    const request: ReceivedRequest = {
      method: incoming.method ?? '',
      path: url.pathname,
      headers: incoming.headers,
      parameters: new URLSearchParams([
        ...url.searchParams,
        ...new URLSearchParams(body),
      ]),
    };
    requests.push(request);
    await script(request, response);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The server has no port');
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    answer(next) {
      requests.length = 0;
      script = next;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
