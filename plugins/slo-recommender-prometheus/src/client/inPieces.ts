import type { AnswerLimits } from './api';

/** Parsed at once in a few milliseconds. */
const PIECE_LENGTH = 256 * 1024;

/** The end of one series and the start of the next. In a string it cannot be, where quotes are escaped. */
const BETWEEN_SERIES = /\}\s*(,)\s*\{\s*"(?:metric|values|histograms)"\s*:/g;
/** A boundary that is not complete yet began at most so many characters ago. */
const BOUNDARY_LENGTH = 64;

const FIRST_SERIES = /"result"\s*:\s*\[/;
const MAX_HEAD_LENGTH = 16 * 1024;
const AFTER_LAST_SERIES = '],"resultType":"matrix"},"status":"success"}';

/** An entry of an answer that is longer than any that was asked for. */
export class EntryTooLongError extends Error {}

/**
 * Cuts the JSON of a long matrix between its series as it arrives, so that parsing holds nothing up. Each piece is an
 * answer with some of the series; the last one ends as the server ended it. A parser that tokenises the stream in
 * JavaScript took three times as long as `JSON.parse` for 25 MB of counts.
 *
 * @throws EntryTooLongError
 */
export async function* inPieces(
  texts: AsyncIterable<string>,
  { entryLength }: AnswerLimits,
): AsyncGenerator<string> {
  let head: string | undefined;
  let pending = '';
  let searched = 0;
  for await (const text of texts) {
    pending += text;
    while (pending.length > PIECE_LENGTH) {
      BETWEEN_SERIES.lastIndex =
        Math.max(PIECE_LENGTH, searched) - BOUNDARY_LENGTH;
      const boundary = BETWEEN_SERIES.exec(pending);
      if (!boundary) {
        if (pending.length > PIECE_LENGTH + entryLength) {
          throw new EntryTooLongError();
        }
        searched = pending.length;
        break;
      }
      const comma = boundary.index + boundary[0].indexOf(',');
      const series = pending.slice(0, comma);
      head ??= headOf(series);
      yield series + AFTER_LAST_SERIES;
      pending = head + pending.slice(comma + 1);
      searched = 0;
    }
  }
  yield pending;
}

/** What comes before the first series. */
function headOf(text: string): string {
  const start = FIRST_SERIES.exec(text.slice(0, MAX_HEAD_LENGTH));
  return start ? text.slice(0, start.index + start[0].length) : '';
}
