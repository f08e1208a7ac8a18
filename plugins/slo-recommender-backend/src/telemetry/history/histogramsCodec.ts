import { ALL_ENVIRONMENTS } from 'backstage-plugin-slo-recommender-common';
import type { LatencyHistory } from 'backstage-plugin-slo-recommender-engine';
import {
  areSameBounds,
  HistogramHours,
  type HourlyLatencies,
} from 'backstage-plugin-slo-recommender-node';
import { HOURS_PER_DAY, type HourlyCodec, type HourlySeries } from './codec';

/** Hours of a day that were measured in the same buckets. */
export interface DayHistograms {
  /** Upper bounds of the buckets in seconds; the last bucket has none. */
  boundsSeconds: Float64Array;
  /** By hour of the day: requests in each bucket, whole numbers. */
  hours: Map<number, Float64Array>;
}

const LARGEST_COUNT = 2 ** 53;

const BYTES_PER_BOUND = 8;
const BYTES_PER_MASK = 4;

/** Longest whole number up to 2^53. */
const LONGEST_NUMBER = 8;

/** Whether an hour can be what was measured. */
export function isPlausibleHistogram(counts: Float64Array): boolean {
  let sum = 0;
  for (const count of counts) {
    if (!(count >= 0)) return false;
    sum += count;
  }
  return sum <= LARGEST_COUNT;
}

/** Rounds the counts of an hour so that their sum is the rounded sum: cut one by one, thin traffic would vanish. */
function roundCounts(counts: Float64Array): void {
  let sum = 0;
  let roundedSum = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    sum += counts[bucket];
    counts[bucket] = Math.round(sum) - roundedSum;
    roundedSum += counts[bucket];
  }
}

/** Adds hours to those that were measured in the same buckets. */
export function addHours(
  layouts: readonly DayHistograms[],
  added: DayHistograms,
): DayHistograms[] {
  if (added.hours.size === 0) return [...layouts];
  const known = layouts.find(({ boundsSeconds }) =>
    areSameBounds(boundsSeconds, added.boundsSeconds),
  );
  return [
    ...layouts.filter(layout => layout !== known),
    { ...added, hours: new Map([...(known?.hours ?? []), ...added.hours]) },
  ];
}

class PackedWriter {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  get written(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  writeDouble(value: number): void {
    this.#at = this.#buffer.writeDoubleLE(value, this.#at);
  }

  writeMask(mask: number): void {
    this.#at = this.#buffer.writeUInt32LE(mask, this.#at);
  }

  writeWhole(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#buffer[this.#at++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#at++] = rest;
  }
}

class PackedReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  readDouble(): number {
    this.#at += BYTES_PER_BOUND;
    return this.#view.getFloat64(this.#at - BYTES_PER_BOUND, true);
  }

  readMask(): number {
    this.#at += BYTES_PER_MASK;
    return this.#view.getUint32(this.#at - BYTES_PER_MASK, true);
  }

  readWhole(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++];
    let value = byte & 127;
    for (let unit = 128; byte >= 128; unit *= 128) {
      byte = bytes[this.#at++];
      value += (byte & 127) * unit;
    }
    return value;
  }
}

/**
 * For each set of buckets: the number of bounds, the bounds as little-endian doubles, a bit mask of the hours, and for each
 * hour the first bucket that is not empty, the number of buckets from there to the last one that is not, and their
 * counts. Whole numbers are written seven bits a byte, the lowest first. A day of 17 buckets comes to some 500 bytes in
 * place of the 3,400 of doubles; deflating them would save another 80, and take as long again to read.
 */
export function packHistograms(layouts: readonly DayHistograms[]): Buffer {
  const most = layouts.reduce(
    (bytes, { boundsSeconds, hours }) =>
      bytes +
      LONGEST_NUMBER +
      boundsSeconds.length * BYTES_PER_BOUND +
      BYTES_PER_MASK +
      hours.size * (boundsSeconds.length + 3) * LONGEST_NUMBER,
    0,
  );
  const writer = new PackedWriter(Buffer.allocUnsafe(most));
  for (const { boundsSeconds, hours } of layouts) {
    writer.writeWhole(boundsSeconds.length);
    boundsSeconds.forEach(bound => writer.writeDouble(bound));
    writer.writeMask([...hours.keys()].reduce((mask, h) => mask | (1 << h), 0));
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      const counts = hours.get(hour);
      if (!counts) continue;
      const first = counts.findIndex(count => count > 0);
      const last = counts.findLastIndex(count => count > 0);
      writer.writeWhole(Math.max(0, first));
      writer.writeWhole(first < 0 ? 0 : last - first + 1);
      if (first < 0) continue;
      for (let bucket = first; bucket <= last; bucket++) {
        writer.writeWhole(counts[bucket]);
      }
    }
  }
  return writer.written;
}

/**
 * Goes through the hours of a row without putting them anywhere: an analysis of a fleet reads half a million rows.
 *
 * @param visit - is given each hour of the day, and counts that are overwritten by those of the next hour.
 */
export function visitHistograms(
  packed: Uint8Array,
  visit: (
    hour: number,
    boundsSeconds: Float64Array,
    counts: Float64Array,
  ) => void,
): void {
  const reader = new PackedReader(packed);
  while (!reader.isAtEnd) {
    const boundsSeconds = new Float64Array(reader.readWhole());
    for (let index = 0; index < boundsSeconds.length; index++) {
      boundsSeconds[index] = reader.readDouble();
    }
    const counts = new Float64Array(boundsSeconds.length + 1);
    const mask = reader.readMask();
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      if (!(mask & (1 << hour))) continue;
      const first = reader.readWhole();
      const end = first + reader.readWhole();
      counts.fill(0);
      for (let bucket = first; bucket < end; bucket++) {
        counts[bucket] = reader.readWhole();
      }
      visit(hour, boundsSeconds, counts);
    }
  }
}

export function unpackHistograms(packed: Uint8Array): DayHistograms[] {
  const layouts: DayHistograms[] = [];
  visitHistograms(packed, (hour, boundsSeconds, counts) => {
    let layout = layouts.at(-1);
    if (layout?.boundsSeconds !== boundsSeconds) {
      layout = { boundsSeconds, hours: new Map() };
      layouts.push(layout);
    }
    layout.hours.set(hour, counts.slice());
  });
  return layouts;
}

/** Hours that cannot be what was measured are left out. */
const histogramsCodec: HourlyCodec<HourlyLatencies, LatencyHistory> = {
  kind: 'latencies',
  version: 1,
  readableVersions: [1],
  daysPerRead: 250,

  encode(stored, { values, hours, offset }) {
    const added: DayHistograms = {
      boundsSeconds: values?.boundsSeconds ?? new Float64Array(),
      hours: new Map(),
    };
    let knownHours = 0;
    for (let hour = 0; values && hour < HOURS_PER_DAY; hour++) {
      if (!(hours & (1 << hour))) continue;
      const counts = new Float64Array(values.counts.length);
      for (let bucket = 0; bucket < counts.length; bucket++) {
        counts[bucket] = values.counts[bucket][offset + hour];
      }
      if (!isPlausibleHistogram(counts)) continue;
      roundCounts(counts);
      knownHours |= 1 << hour;
      added.hours.set(hour, counts);
    }
    const payload = packHistograms(
      addHours(stored ? unpackHistograms(stored) : [], added),
    );
    return { payload, knownHours, hasValues: knownHours !== 0 };
  },

  createDecoder(startMs, hours) {
    const histograms = new HistogramHours(hours);
    return {
      add(payload, offset) {
        visitHistograms(payload, (hour, boundsSeconds, counts) => {
          const index = offset + hour;
          if (index < 0 || index >= hours) return;
          histograms.add(index, boundsSeconds, counts);
        });
      },
      series() {
        // in the buckets that the days share; hours in buckets of another kind are unknown
        const known = histograms.inCommonBuckets();
        return known && { startMs, ...known };
      },
    };
  },
};

/** Requests by how long they took, whatever the threshold. */
export const LATENCY_HISTOGRAMS: HourlySeries<HourlyLatencies, LatencyHistory> =
  {
    codec: histogramsCodec,
    name: 'latency',
    environment: ALL_ENVIRONMENTS,
  };
