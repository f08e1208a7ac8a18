import type {
  Coverage,
  FleetCalibrationResponse,
} from 'backstage-plugin-slo-recommender-common';
import { AS_OF } from './responses';

/** Observed shares at 75, 90 and 99 %, each with an interval as wide as a number of windows makes it. */
export function coverageOf(
  label: string,
  windows: number,
  services: number,
  observed: [number, number, number],
): Coverage {
  return {
    label,
    windows,
    services,
    levels: [0.75, 0.9, 0.99].map((nominal, index) => {
      const share = observed[index];
      const reach = 1.645 * Math.sqrt((share * (1 - share)) / windows);
      return {
        nominal,
        observed: share,
        interval: {
          from: Math.max(0, share - reach),
          to: Math.min(1, share + reach),
        },
      };
    }),
  };
}

const reliability = [
  { predicted: 0.031, observed: 0.04, predictions: 4_120 },
  { predicted: 0.148, observed: 0.17, predictions: 1_310 },
  { predicted: 0.252, observed: 0.24, predictions: 980 },
  { predicted: 0.347, observed: 0.38, predictions: 760 },
  { predicted: 0.451, observed: 0.47, predictions: 720 },
  { predicted: 0.55, observed: 0.53, predictions: 690 },
  { predicted: 0.652, observed: 0.68, predictions: 810 },
  { predicted: 0.749, observed: 0.76, predictions: 1_020 },
  { predicted: 0.853, observed: 0.87, predictions: 1_640 },
  { predicted: 0.972, observed: 0.968, predictions: 9_860 },
].map((bin, index) => {
  const reach =
    1.645 *
    Math.sqrt((bin.observed * (1 - bin.observed) * 6) / bin.predictions);
  return {
    ...bin,
    from: index / 10,
    to: (index + 1) / 10,
    interval: {
      from: Math.max(0, bin.observed - reach),
      to: Math.min(1, bin.observed + reach),
    },
  };
});

/** A fleet whose probabilities hold, but for services with little traffic. */
export const calibration: FleetCalibrationResponse = {
  sliType: 'availability',
  asOf: AS_OF,
  state: 'calibrated',
  message: 'Predictions are corrected by 7,412 replayed windows.',
  windows: 7_412,
  services: 412,
  reliability,
  pitHistogram: [
    0.104, 0.097, 0.101, 0.095, 0.099, 0.102, 0.098, 0.1, 0.096, 0.108,
  ],
  brierScore: 0.0713,
  pinballLoss: 0.00042,
  vacuousShare: 0.064,
  brokenShare: 0.096,
  coverage: [
    coverageOf('All services', 7_412, 412, [0.758, 0.904, 0.9912]),
    coverageOf(
      'More than 1M requests a window',
      3_104,
      170,
      [0.762, 0.911, 0.9921],
    ),
    coverageOf(
      'Fewer than 10K requests a window',
      1_208,
      71,
      [0.71, 0.832, 0.961],
    ),
    coverageOf('Less than two windows of history', 24, 12, [0.67, 0.83, 0.96]),
  ],
  monthly: [
    {
      month: '2026-08',
      windows: 1_602,
      recommended: 0.9972,
      achieved: 0.9991,
      keptShare: 0.911,
    },
    {
      month: '2026-09',
      windows: 1_731,
      recommended: 0.998,
      achieved: 0.99924,
      keptShare: 0.902,
    },
    {
      month: '2026-10',
      windows: 1_790,
      recommended: 0.998,
      achieved: 0.9988,
      keptShare: 0.884,
    },
    {
      month: '2026-11',
      windows: 1_204,
      recommended: 0.9978,
      achieved: 0.9993,
      keptShare: 0.921,
    },
  ],
};

/** The answer before anything has been analysed. */
export const noCalibration: FleetCalibrationResponse = {
  sliType: 'availability',
  asOf: null,
  state: 'uncalibrated',
  message: 'The fleet has not been analysed yet.',
  windows: 0,
  services: 0,
  reliability: [],
  pitHistogram: [],
  brierScore: null,
  pinballLoss: null,
  vacuousShare: null,
  brokenShare: null,
  coverage: [],
  monthly: [],
};
