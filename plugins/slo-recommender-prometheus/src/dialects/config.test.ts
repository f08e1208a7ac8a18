import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readDialectConfig } from './config';

const read = (entry: JsonObject) =>
  readDialectConfig('main', new ConfigReader(entry));

const requests = 'sum by (app) (increase(hits{app=~$services}[$range]))';
const failures = 'sum by (app) (increase(errors{app=~$services}[$range]))';
const templates = { serviceLabel: 'app', requests, failures };

describe('readDialectConfig', () => {
  it('asks for nothing by default', () => {
    expect(read({})).toEqual({ preferred: undefined, template: undefined });
  });

  it.each([
    ['istio', ['istio']],
    [
      ['service-graph', 'istio'],
      ['service-graph', 'istio'],
    ],
  ])('takes the dialect %j', (dialect, preferred) => {
    expect(read({ dialect }).preferred).toEqual(preferred);
  });

  it('takes templates apart', () => {
    expect(read({ templates }).template).toEqual({
      id: 'template',
      serviceLabel: 'app',
      failureDefinition:
        'what the query of sloRecommender.datasources[main].templates.failures counts',
      source: {
        requests: [
          { text: 'sum by (app) (increase(hits{app=~' },
          { place: 'services' },
          { text: '}[' },
          { place: 'range' },
          { text: ']))' },
        ],
        failures: [
          { text: 'sum by (app) (increase(errors{app=~' },
          { place: 'services' },
          { text: '}[' },
          { place: 'range' },
          { text: ']))' },
        ],
      },
    });
  });

  it('reads matchers', () => {
    expect(read({ matchers: '{env="prod"}' }).matchers).toEqual([
      { label: 'env', operator: '=', value: 'prod' },
    ]);
  });

  it.each([
    [{ matchers: { env: 'prod' } }, 'matchers must be text'],
    [{ matchers: 'env=prod' }, 'matchers cannot be used. Write matchers of'],
    [{ matchers: 'env=~"(a|b)"' }, 'matchers cannot be used. Patterns are'],
    [{ matchers: 'env="prod"', templates }, 'which matchers do not change'],
  ])('refuses %j', (entry, message) => {
    expect(() => read(entry)).toThrow(message);
  });

  it('leaves other text in quotes alone', () => {
    const quoted = requests.replace(
      'app=~',
      `path=~"^/a$",b='$',c=\`$x\`,app=~`,
    );
    expect(() =>
      read({ templates: { ...templates, requests: quoted } }),
    ).not.toThrow();
  });

  it.each<[what: string, entry: JsonObject, message: string]>([
    [
      'an unknown dialect',
      { dialect: 'graphite' },
      'sloRecommender.datasources[main].dialect must be one of otel-collector-span-metrics, ',
    ],
    ['no dialect in a list', { dialect: [] }, '.dialect must be one of'],
    [
      'a template that is named and missing',
      { dialect: ['template'] },
      '.dialect names template, but sloRecommender.datasources[main].templates is missing',
    ],
    [
      'half of the templates',
      { templates: { serviceLabel: 'app', requests } },
      '.templates must have serviceLabel, requests and failures',
    ],
    [
      'a key that is not known',
      { templates: { ...templates, latency: 'x' } },
      'and nothing else',
    ],
    [
      'a label that ends the query it stands in',
      { templates: { ...templates, serviceLabel: 'a"} or vector(1)' } },
      'sloRecommender.datasources[main].templates.serviceLabel is not the name of a label; use letters',
    ],
    [
      'an unknown placeholder',
      { templates: { ...templates, requests: 'hits{app=~$service}' } },
      '.templates.requests has the placeholder $service, which is not known; use $services and $range',
    ],
    [
      'a placeholder without a name',
      { templates: { ...templates, failures: 'hits{app=~$}' } },
      '.templates.failures has the placeholder $, which is not known',
    ],
    [
      'a placeholder in quotes',
      {
        templates: {
          ...templates,
          requests: 'sum by (app) (increase(hits{app=~"$services"}[$range]))',
        },
      },
      '.templates.requests has $services within quotes or a comment',
    ],
    [
      'a missing placeholder',
      { templates: { ...templates, failures: 'errors{app=~$services}' } },
      '.templates.failures lacks the placeholder $range',
    ],
  ])('refuses %s', (_, entry, message) => {
    expect(() => read(entry)).toThrow(message);
  });
});
