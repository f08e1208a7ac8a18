import type { Operation } from 'backstage-plugin-slo-recommender-common';
import { z } from 'zod';
import { ReadyAnswers } from './answers';

const counted = {
  method: 'get',
  path: '/v1/counted',
  operationId: 'getCounted',
  summary: 'A number.',
  response: z.object({ text: z.string() }),
} satisfies Operation;

/** `{"text":"…"}` takes 11 bytes besides the text. */
const answersOf = (bytes: number) => new ReadyAnswers(counted, bytes);

describe('ReadyAnswers', () => {
  it('makes an answer once for all who ask with the same inputs', async () => {
    const answers = answersOf(1_000);
    const make = jest.fn(async () => ({ text: 'a', more: 'is left out' }));
    const [one, same] = [1, 1].map(input => answers.answer([input], make));
    expect(one.etag).toMatch(/^W\/"[\w-]+"$/);
    expect(same.etag).toBe(one.etag);
    expect(make).not.toHaveBeenCalled();
    const [json] = await Promise.all([one.json(), same.json()]);
    expect(json.toString()).toBe('{"text":"a"}');
    await expect(answers.answer([1], make).json()).resolves.toBe(json);
    expect(make).toHaveBeenCalledTimes(1);

    const other = answers.answer([2], async () => ({ text: 'b' }));
    expect(other.etag).not.toBe(one.etag);
    await expect(other.json()).resolves.toEqual(Buffer.from('{"text":"b"}'));
  });

  it('sends no answer that is not what the operation promises, and keeps no failure', async () => {
    const answers = answersOf(1_000);
    const wrong: object = { text: 1 };
    const make = jest
      .fn()
      .mockResolvedValueOnce(wrong)
      .mockRejectedValueOnce(new Error('database is down'))
      .mockResolvedValueOnce({ text: 'a' });
    const json = () => answers.answer([], make).json();
    await expect(json()).rejects.toThrow(z.ZodRealError);
    await expect(json()).rejects.toThrow('database is down');
    await expect(json()).resolves.toEqual(Buffer.from('{"text":"a"}'));
  });

  it('keeps those that were asked for last within its bytes', async () => {
    const answers = answersOf(30);
    const made: number[] = [];
    const ask = (input: number, text = 'aaaa') =>
      answers
        .answer([input], async () => {
          made.push(input);
          return { text };
        })
        .json();
    for (const input of [1, 2, 1, 3, 1, 2]) await ask(input);
    expect(made).toEqual([1, 2, 3, 2]);
    // one that is too long for all of the room is sent all the same
    await expect(ask(4, 'a'.repeat(40))).resolves.toHaveLength(51);
    await ask(2);
    expect(made).toEqual([1, 2, 3, 2, 4]);
  });
});
