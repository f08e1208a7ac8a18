import type { DayCoverage } from './history/HourlyHistoryStore';
import { missingHours } from './missingHours';

const NOW = new Date('2026-03-10T12:30:00Z');
const ALL = 2 ** 24 - 1;

const range = (from: string, to: string) => ({
  from: new Date(from),
  to: new Date(to),
});

const day = (
  text: string,
  overrides: Partial<DayCoverage> = {},
): DayCoverage => ({
  entityRef: 'a',
  dayMs: Date.parse(text),
  sourceKey: 'key',
  askedHours: ALL,
  knownHours: ALL,
  askedAt: NOW,
  ...overrides,
});

const keys = (...refs: string[]) => new Map(refs.map(ref => [ref, 'key']));

describe('missingHours', () => {
  it.each([
    [
      'nothing is stored',
      [],
      range('2026-03-10T00:00:00Z', '2026-03-10T12:00:00Z'),
    ],
    [
      'only the newest hour is not',
      [day('2026-03-10', { askedHours: 2 ** 11 - 1, knownHours: 2 ** 11 - 1 })],
      range('2026-03-10T11:00:00Z', '2026-03-10T12:00:00Z'),
    ],
    [
      'other names were asked for before',
      [day('2026-03-10', { sourceKey: 'old' })],
      range('2026-03-10T00:00:00Z', '2026-03-10T12:00:00Z'),
    ],
    [
      'hours without counts were asked for long ago, as telemetry can arrive late',
      [
        day('2026-03-10', {
          knownHours: 0b111,
          askedAt: new Date('2026-03-10T05:00:00Z'),
        }),
      ],
      range('2026-03-10T03:00:00Z', '2026-03-10T12:00:00Z'),
    ],
  ])('asks when %s', (_, coverage, expected) => {
    expect(
      missingHours(
        keys('a'),
        coverage,
        range('2026-03-10T00:00:00Z', '2026-03-10T12:00:00Z'),
        NOW,
      ),
    ).toEqual([{ range: expected, entityRefs: ['a'] }]);
  });

  it.each([
    ['everything is known', [day('2026-03-10')]],
    [
      'recent hours without counts were asked for just now',
      [day('2026-03-10', { knownHours: 0 })],
    ],
    [
      'known hours were asked for long ago',
      [day('2026-03-10', { askedAt: new Date('2026-01-01T00:00:00Z') })],
    ],
  ])('does not ask when %s', (_, coverage) => {
    expect(
      missingHours(
        keys('a'),
        coverage,
        range('2026-03-10T00:00:00Z', '2026-03-10T12:00:00Z'),
        NOW,
      ),
    ).toEqual([]);
  });

  it('asks again for recent hours soon, and for old ones later', () => {
    const unknown = (text: string, askedAt: string) =>
      day(text, { knownHours: 0, askedAt: new Date(askedAt) });
    const ask = (text: string, askedAt: string) =>
      missingHours(
        keys('a'),
        [unknown(text, askedAt)],
        range(`${text}T00:00:00Z`, `${text}T12:00:00Z`),
        NOW,
      ).length;
    expect(ask('2026-03-10', '2026-03-10T12:25:00Z')).toBe(0);
    expect(ask('2026-03-10', '2026-03-10T12:15:00Z')).toBe(1);
    expect(ask('2026-02-10', '2026-03-10T12:15:00Z')).toBe(0);
    expect(ask('2026-02-10', '2026-03-10T06:15:00Z')).toBe(1);
  });

  it('asks for gaps that lie far apart each on its own', () => {
    const gap = 0b111;
    const holes = ['2026-03-02', '2026-03-08'].map(text =>
      day(text, {
        knownHours: ALL - gap,
        askedAt: new Date('2026-03-09T00:00:00Z'),
      }),
    );
    const whole = [
      '2026-03-01',
      '2026-03-03',
      '2026-03-04',
      '2026-03-05',
      '2026-03-06',
      '2026-03-07',
      '2026-03-09',
    ].map(text => day(text));
    expect(
      missingHours(
        keys('a'),
        [...holes, ...whole],
        range('2026-03-01T00:00:00Z', '2026-03-10T00:00:00Z'),
        NOW,
      ).map(({ range: hours }) => hours),
    ).toEqual([
      range('2026-03-02T00:00:00Z', '2026-03-02T03:00:00Z'),
      range('2026-03-08T00:00:00Z', '2026-03-08T03:00:00Z'),
    ]);
  });

  it('asks for many services at once where they lack the same hours', () => {
    expect(
      missingHours(
        keys('a', 'b', 'c'),
        [day('2026-03-10')],
        range('2026-03-10T00:00:00Z', '2026-03-10T12:00:00Z'),
        NOW,
      ),
    ).toEqual([
      {
        range: range('2026-03-10T00:00:00Z', '2026-03-10T12:00:00Z'),
        entityRefs: ['b', 'c'],
      },
    ]);
  });
});
