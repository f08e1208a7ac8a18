import { rootCertificates } from 'node:tls';
import { ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { readPrometheusConfig } from './config';

const read = (entry: JsonObject) =>
  readPrometheusConfig(
    'main',
    new ConfigReader({ id: 'main', type: 'prometheus', ...entry }),
  );
const url = 'http://prometheus:9090';

describe('readPrometheusConfig', () => {
  it.each([
    ['http://prometheus:9090', 'http://prometheus:9090'],
    ['http://prometheus:9090/', 'http://prometheus:9090'],
    ['https://mimir/prometheus', 'https://mimir/prometheus'],
    ['https://mimir/prometheus/', 'https://mimir/prometheus'],
  ])('takes %s as %s', (given, baseUrl) => {
    expect(read({ url: given })).toMatchObject({ id: 'main', baseUrl });
  });

  it('sends tenant and headers', () => {
    const { headers } = read({
      url,
      tenant: 'team-a',
      headers: { Authorization: 'Bearer abc' },
    });
    expect([...headers]).toEqual([
      ['authorization', 'Bearer abc'],
      ['x-scope-orgid', 'team-a'],
    ]);
  });

  it('reads parameters of the URL in their order', () => {
    expect(
      read({ url, params: { namespace: 'shop', extra_label: ['a', 'b'] } })
        .parameters,
    ).toEqual([
      ['namespace', 'shop'],
      ['extra_label', 'a'],
      ['extra_label', 'b'],
    ]);
  });

  it('reads each certificate of a bundle', () => {
    const [one, two] = rootCertificates;
    expect(read({ url, ca: `first\n${one}\n\nsecond\n${two}\n` }).ca).toBe(
      `${one}\n${two}`,
    );
  });

  it.each([
    [undefined, 30_000],
    ['90s', 90_000],
    ['PT5S', 5_000],
    [{ minutes: 1 }, 60_000],
  ])('reads the timeout %p as %p ms', (timeout, timeoutMs) => {
    expect(
      read(timeout === undefined ? { url } : { url, timeout }).timeoutMs,
    ).toBe(timeoutMs);
  });

  it.each<[JsonObject, number, number]>([
    [{}, 4, Infinity],
    [{ maxConcurrency: 1, maxQueriesPerMinute: 60 }, 1, 60],
    [{ maxConcurrency: '2', maxQueriesPerMinute: '600' }, 2, 600],
  ])(
    'reads of %p that the server may be asked %p at a time and %p a minute',
    (entry, maxConcurrency, maxQueriesPerMinute) => {
      expect(read({ url, ...entry }).budget).toEqual({
        maxConcurrency,
        maxQueriesPerMinute,
      });
    },
  );

  const wrong: Array<[string, JsonObject, string]> = [
    ['no url', {}, '[main].url is missing; give the URL'],
    ['an empty url', { url: '' }, '[main].url is missing'],
    ['a url that is none', { url: 'prometheus' }, '[main].url is not a URL'],
    ['a number as url', { url: 9090 }, '[main].url is not a URL'],
    ['another scheme', { url: 'ftp://host' }, 'begin with http:// or https://'],
    ['a scheme forgotten', { url: 'host:9090' }, 'begin with http://'],
    [
      'credentials in the url',
      { url: 'https://reader:hunter2@host' },
      '[main].url must not contain credentials; put them under headers',
    ],
    ['a query in the url', { url: `${url}/?a=1` }, "the part from '?' on"],
    [
      'a query in the url without params',
      { url: `${url}/?namespace=shop` },
      'put its parameters under params',
    ],
    [
      'a number as parameter',
      { url, params: { id: 7 } },
      '[main].params must be a map of names to text',
    ],
    [
      'a parameter that questions have',
      { url, params: { query: 'up' } },
      '[main].params.query is set for each request; remove it',
    ],
    [
      'certificates that are none',
      {
        url,
        ca: '-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----',
      },
      '[main].ca has no certificates that can be read; give them as PEM',
    ],
    [
      'the path of certificates',
      { url, ca: '/etc/ca.pem' },
      '[main].ca has no certificates that can be read',
    ],
    ['an unknown key', { url, tenat: 'a' }, '[main].tenat is not a known key'],
    [
      'headers as text',
      { url, headers: 'a: b' },
      '[main].headers must be a map',
    ],
    ['a number as header', { url, headers: { A: 1 } }, 'in quotes'],
    [
      'a bad header name',
      { url, headers: { 'a b': 'x' } },
      '[main].headers.a b is not a valid header name',
    ],
    [
      'a line break in a header',
      { url, headers: { Authorization: 'hunter2\nX: y' } },
      '[main].headers.Authorization has characters',
    ],
    [
      'an empty header',
      { url, headers: { A: ' ' } },
      '[main].headers.A is empty',
    ],
    [
      'a header twice',
      { url, headers: { A: 'x', a: 'x' } },
      'given twice in different case',
    ],
    [
      'a header of the connection',
      { url, headers: { Host: 'x' } },
      'remove it',
    ],
    [
      'a tenant that is no text',
      { url, tenant: 7 },
      '[main].tenant must be text',
    ],
    [
      'a tenant twice',
      { url, tenant: 'a', headers: { 'X-Scope-OrgID': 'b' } },
      'say the same; remove one',
    ],
    ['a zero timeout', { url, timeout: '0s' }, '[main].timeout must be longer'],
    [
      'a negative timeout',
      { url, timeout: { seconds: -1 } },
      '[main].timeout must be longer than 0',
    ],
    ['no duration', { url, timeout: 'soon' }, "give a duration such as '30s'"],
    [
      'more requests at a time than are ever made',
      { url, maxConcurrency: 5 },
      '[main].maxConcurrency must be a whole number from 1 to 4',
    ],
    [
      'no requests at all',
      { url, maxConcurrency: 0 },
      '[main].maxConcurrency must be',
    ],
    [
      'half a request a minute',
      { url, maxQueriesPerMinute: 0.5 },
      '[main].maxQueriesPerMinute must be a whole number from 1 to 100000',
    ],
    [
      'a budget in words',
      { url, maxQueriesPerMinute: 'few' },
      '[main].maxQueriesPerMinute must be',
    ],
  ];

  it.each(wrong)('refuses %s', (_, entry, message) => {
    expect(() => read(entry)).toThrow(message);
    expect(() => read(entry)).toThrow(InputError);
    expect(() => read(entry)).toThrow(/^sloRecommender\.datasources\[main\]/);
    expect(() => read(entry)).not.toThrow('hunter2');
  });
});
