import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { checkPort, listenPort, portalAddresses } from './addresses.mjs';

describe('listenPort', () => {
  for (const [listen, port] of [
    [7007, 7007],
    ['7007', 7007],
    [':7007', 7007],
    ['0.0.0.0:7007', 7007],
    ['[::]:7007', 7007],
    [{ port: 7007 }, 7007],
    [{ host: '::', port: '7007' }, 7007],
    [undefined, undefined],
    [null, undefined],
    ['anything', undefined],
    [{ port: 70_007 }, undefined],
  ]) {
    it(`reads ${JSON.stringify(listen)} as ${port}`, () => {
      assert.equal(listenPort(listen), port);
    });
  }
});

describe('portalAddresses', () => {
  it('is where Backstage listens by default where nothing is configured', () => {
    assert.deepEqual(portalAddresses({}), {
      app: { url: 'http://localhost:3000', port: 3000 },
      backend: { url: 'http://localhost:7007', port: 7007 },
    });
  });

  it('takes the port to listen on before the port in the address', () => {
    const { backend } = portalAddresses({
      backendBaseUrl: 'https://portal.example.com',
      backendListen: ':8080',
    });
    assert.deepEqual(backend, {
      url: 'https://portal.example.com',
      port: 8080,
    });
  });

  it('knows the default ports of the protocols', () => {
    const { app, backend } = portalAddresses({
      appBaseUrl: 'http://portal',
      backendBaseUrl: 'https://portal',
    });
    assert.deepEqual([app.port, backend.port], [80, 443]);
  });

  it('names the key and the value of an address that is none', () => {
    assert.throws(
      () => portalAddresses({ appBaseUrl: 'portal' }),
      /app\.baseUrl .*"portal".*http:\/\/localhost:3000/,
    );
  });
});

describe('checkPort', () => {
  it('names the port that is taken, and the key that moves it', async () => {
    const server = createServer();
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    await assert.rejects(
      checkPort(port, 'app.baseUrl'),
      new RegExp(`Port ${port} is taken.*app\\.baseUrl`),
    );
    await new Promise(resolve => server.close(resolve));
    await checkPort(port, 'app.baseUrl');
  });
});
