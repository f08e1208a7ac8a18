import type {
  FleetCalibrationResponse,
  SliType,
} from 'backstage-plugin-slo-recommender-common';
import type { CalibrationStore } from './CalibrationStore';

/** What past windows of the fleet say of its predictions. It counts services and names none. */
export class FleetCalibrationReader {
  readonly #calibrations: CalibrationStore;

  constructor(calibrations: CalibrationStore) {
    this.#calibrations = calibrations;
  }

  async get(sliType: SliType): Promise<FleetCalibrationResponse> {
    const current = await this.#calibrations.getCurrentReport(sliType);
    if (current) return { sliType, asOf: current.asOf, ...current.report };
    return {
      sliType,
      asOf: null,
      state: 'uncalibrated',
      message: `No analysis of the whole fleet has judged predictions of ${sliType} yet. One follows within a minute after the first service is opted in, and every hour; if it fails, GET /v1/status names the datasource and the remedy.`,
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
  }
}
