import { counterSamples } from './counterSamples';

const FROM = 7_200_000;

function samples(increments: number[], stepMinutes: number) {
  return counterSamples(
    'a_total',
    Float64Array.of(...increments),
    FROM,
    stepMinutes,
  )
    .map(line => line.trimEnd().split(' '))
    .map(([, value, seconds]) => [
      Number(seconds) - FROM / 1000,
      Number(value),
    ]);
}

describe('counterSamples', () => {
  it.each([
    [
      'one sample an hour',
      [5, 3],
      60,
      [
        [0, 0],
        [3600, 5],
        [7200, 8],
      ],
    ],
    [
      'an hour is shared out among its steps in integers',
      [5],
      15,
      [
        [0, 0],
        [900, 1],
        [1800, 2],
        [2700, 3],
        [3600, 5],
      ],
    ],
    [
      'an idle hour stands still',
      [0, 2],
      30,
      [
        [0, 0],
        [1800, 0],
        [3600, 0],
        [5400, 1],
        [7200, 2],
      ],
    ],
    [
      'a series begins at 0 when its service does',
      [NaN, 4],
      60,
      [
        [3600, 0],
        [7200, 4],
      ],
    ],
    [
      'unknown hours have no samples of their own',
      [4, NaN, NaN, 2],
      60,
      [
        [0, 0],
        [3600, 4],
        [10800, 4],
        [14400, 6],
      ],
    ],
    [
      'hours that have not come yet have none',
      [4, NaN],
      60,
      [
        [0, 0],
        [3600, 4],
      ],
    ],
    ['nothing known, nothing written', [NaN], 60, []],
  ])('%s', (_, increments, stepMinutes, expected) => {
    expect(samples(increments, stepMinutes)).toEqual(expected);
  });

  it('writes lines of OpenMetrics', () => {
    expect(
      counterSamples('a_total{b="c"}', Float64Array.of(7), FROM, 60),
    ).toEqual(['a_total{b="c"} 0 7200\n', 'a_total{b="c"} 7 10800\n']);
  });
});
