import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readSimulatedConfig } from './readSimulatedConfig';

const read = (config: JsonObject) =>
  readSimulatedConfig('company', new ConfigReader(config));

describe('readSimulatedConfig', () => {
  it('takes an entry without keys of its own', () => {
    expect(read({ id: 'company', type: 'simulated' })).toEqual({});
  });

  it('reads seed and anchor', () => {
    expect(read({ seed: 7, anchor: '2026-01-31' })).toEqual({
      seed: 7,
      anchor: new Date('2026-01-31T00:00:00Z'),
    });
  });

  it.each([
    [{ seed: 1.5 }, /seed of "company" is 1.5. Write a whole number/],
    [{ seed: 'seven' }, /seed of "company" is "seven"/],
    [
      { anchor: '31.01.2026' },
      /anchor of "company" is "31.01.2026". Write a day/,
    ],
    [{ anchor: '2026-02-30' }, /anchor of "company" is "2026-02-30"/],
    [{ anchor: 20260131 }, /anchor of "company" is 20260131/],
  ])('refuses %j', (config, message) => {
    expect(() => read(config)).toThrow(message);
  });
});
