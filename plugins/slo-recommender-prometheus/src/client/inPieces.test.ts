import fc from 'fast-check';
import { MATRIX } from './api';
import { inPieces } from './inPieces';

const limits = { bytes: Infinity, entries: Infinity, entryLength: 200_000 };

async function piecesOf(text: string, chunkLength = 65_536) {
  async function* chunks() {
    for (let at = 0; at < text.length; at += chunkLength) {
      yield text.slice(at, at + chunkLength);
    }
  }
  const pieces: string[] = [];
  for await (const piece of inPieces(chunks(), limits)) pieces.push(piece);
  return pieces;
}

/** Label values that look like what lies between two series. */
const TRICKY = [
  '},{"metric":{',
  '"result":[',
  '\\"},{\\"metric\\":',
  ',{',
  '}',
];

const answerOf = (labels: string[]) => ({
  status: 'success',
  data: {
    resultType: 'matrix',
    result: labels.map((label, index) => ({
      metric: { label },
      values: [[1692612000 + index, String(index)]],
    })),
  },
  warnings: ['a store is missing'],
});

const reversed = (value: unknown): unknown =>
  Array.isArray(value) || typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [
            key,
            key === 'result' && Array.isArray(inner)
              ? inner.map(reversed)
              : reversed(inner),
          ]),
      );

describe('inPieces', () => {
  it('leaves a short answer whole', async () => {
    const text = JSON.stringify(answerOf(['a', 'b']));
    await expect(piecesOf(text)).resolves.toEqual([text]);
  });

  it.each([
    ['as Prometheus writes it', (answer: object) => JSON.stringify(answer)],
    ['indented', (answer: object) => JSON.stringify(answer, null, 2)],
    [
      'with its keys in another order',
      (answer: object) => JSON.stringify(reversed(answer)),
    ],
  ])(
    'cuts an answer %s into answers that are it together',
    async (_, print) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(fc.string(), fc.constantFrom(...TRICKY)), {
            minLength: 1,
            maxLength: 30,
          }),
          fc.integer({ min: 1_000, max: 100_000 }),
          async (some, chunkLength) => {
            const labels = Array.from(
              { length: 9_000 },
              (__, index) => some[index % some.length],
            );
            const answer = answerOf(labels);
            const pieces = await piecesOf(print(answer), chunkLength);
            expect(pieces.length).toBeGreaterThan(1);
            expect(
              Math.max(...pieces.map(({ length }) => length)),
            ).toBeLessThan(300_000);
            const joined = pieces
              .map(piece => MATRIX.schema.parse(JSON.parse(piece)))
              .reduce(MATRIX.join);
            expect(joined.warnings).toEqual(answer.warnings);
            expect(
              joined.data.result.map(({ metric, values }) => ({
                metric,
                values,
              })),
            ).toEqual(answer.data.result);
          },
        ),
        { numRuns: 2 },
      );
    },
  );

  it.each([
    ['truncated', (text: string) => text.slice(0, -1_000)],
    [
      'with rubbish between series',
      (text: string) => `${text.slice(0, 500_000)}}{${text.slice(500_000)}`,
    ],
    ['without its beginning', (text: string) => text.slice(30)],
  ])('does not mend an answer %s', async (_, spoil) => {
    const text = spoil(JSON.stringify(answerOf(Array(15_000).fill('label'))));
    const pieces = await piecesOf(text);
    expect(() => pieces.forEach(piece => JSON.parse(piece))).toThrow();
  });
});
