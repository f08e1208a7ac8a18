import type { SimulatedLatency } from './types';

/** Latencies by kind of service. */
export const latencies = {
  delivery: { medianSeconds: 0.009, spread: 0.6 },
  lookup: { medianSeconds: 0.014, spread: 0.7 },
  query: { medianSeconds: 0.065, spread: 0.65 },
  model: { medianSeconds: 0.11, spread: 0.55 },
  page: { medianSeconds: 0.12, spread: 0.6 },
  transaction: { medianSeconds: 0.24, spread: 0.5 },
  payment: { medianSeconds: 0.42, spread: 0.45 },
  worker: { medianSeconds: 0.9, spread: 0.8 },
  /** A function in the cloud, whose instances are gone when there is little to do. */
  serverless: {
    medianSeconds: 0.038,
    spread: 0.4,
    coldStarts: { share: 0.03, medianSeconds: 1.6 },
  },
  /** A library that nobody has configured. */
  coarse: {
    medianSeconds: 0.13,
    spread: 0.5,
    boundsMilliseconds: [100, 1_000, 10_000],
  },
} satisfies Record<string, SimulatedLatency>;

/** Buckets of the span metrics connector of the OpenTelemetry Collector. */
export const COLLECTOR_BOUNDS_MILLISECONDS: readonly number[] = [
  2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1_000, 1_400, 2_000, 5_000, 10_000,
  15_000,
];
