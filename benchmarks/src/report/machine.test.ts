import { processorTime, sentenceOfStolen, watchMachine } from './machine';

const stat = (user: number, idle: number, steal: number) =>
  `cpu  ${user} 10 200 ${idle} 5 0 30 ${steal} 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\n`;

describe('processorTime', () => {
  it('adds up what ran, and keeps what was stolen apart', () => {
    expect(processorTime(stat(1_000, 99_999, 50))).toEqual({
      used: 1_240,
      stolen: 50,
    });
  });

  it.each(['', 'cpu  1 2 3\n', 'intr 1 2 3 4 5 6 7 8\n'])(
    'does not guess from %j',
    text => expect(processorTime(text)).toBeUndefined(),
  );
});

describe('sentenceOfStolen', () => {
  const before = processorTime(stat(1_000, 500, 50));

  it('is of the time that was wanted, idle time apart', () => {
    const after = processorTime(stat(1_300, 90_000, 150));
    expect(sentenceOfStolen(before, after)).toBe(
      ' Its host kept 25 % of the processor time that was asked for meanwhile.',
    );
  });

  it('says nothing where nothing is known or was wanted', () => {
    expect(sentenceOfStolen(undefined, before)).toBe('');
    expect(sentenceOfStolen(before, before)).toBe('');
  });
});

describe('watchMachine', () => {
  it('names the day, Node and the processors', () => {
    expect(watchMachine()()).toMatch(
      /^\d{4}-\d\d-\d\d, Node \d+\.\d+\.\d+, \d+ × .+\./,
    );
  });
});
