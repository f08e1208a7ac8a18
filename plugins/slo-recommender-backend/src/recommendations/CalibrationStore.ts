import {
  type FleetCalibrationResponse,
  fleetCalibrationResponseSchema,
  type SliType,
} from 'backstage-plugin-slo-recommender-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { ResultFormat } from './storedResults';

/** What people see of a calibration. */
export type FleetCalibrationReport = Omit<
  FleetCalibrationResponse,
  'sliType' | 'asOf'
>;

/** The calibration of one type of SLI, fitted on the whole fleet. */
export interface FleetCalibration {
  sliType: SliType;
  asOf: string;
  report: FleetCalibrationReport;
  /** What the engine corrects predictions with: plain JSON, to be parsed by who uses it. */
  calibration: unknown;
}

interface RawDbFleetCalibrationRow {
  analysis_id: string;
  sli_type: SliType;
  as_of: string;
  version: number;
  report: string;
  calibration: string;
}

/** Version 1 of the calibration named strata in words. Reports are the same in both. */
export const CALIBRATION_VERSION = 2;

const reportFormat = new ResultFormat<FleetCalibrationReport>(
  CALIBRATION_VERSION,
  {
    schema: fleetCalibrationResponseSchema.omit({ sliType: true, asOf: true }),
    upgrades: { 1: report => report },
  },
);

const calibrationFormat = new ResultFormat<unknown>(CALIBRATION_VERSION, {
  schema: z.unknown(),
});

/** What past windows of the fleet say of its predictions, kept with the analysis that found it. */
export class CalibrationStore {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  /** Writes the calibration of an analysis in the caller's transaction, the one that publishes the results. */
  async write(
    tx: Knex,
    analysisId: string,
    { sliType, asOf, report, calibration }: FleetCalibration,
  ): Promise<void> {
    await tx<RawDbFleetCalibrationRow>('fleet_calibrations')
      .insert({
        analysis_id: analysisId,
        sli_type: sliType,
        as_of: asOf,
        version: CALIBRATION_VERSION,
        report: JSON.stringify(report),
        calibration: JSON.stringify(calibration),
      })
      .onConflict(['analysis_id', 'sli_type'])
      .merge();
  }

  /**
   * The calibration of the analysis that readers see. Where that was of some services only and has none, that of the
   * analysis which finished last and has one. Undefined before the first analysis of the fleet, and if another version of
   * the program wrote it.
   */
  async getCurrent(sliType: SliType): Promise<FleetCalibration | undefined> {
    const row: RawDbFleetCalibrationRow | undefined = await this.#current(
      sliType,
    ).first('fleet_calibrations.*');
    const report = row && reportFormat.read(row.version, row.report);
    return (
      report && {
        sliType,
        asOf: row.as_of,
        report,
        calibration: calibrationFormat.read(row.version, row.calibration),
      }
    );
  }

  /** What people see of the current calibration. */
  async getCurrentReport(
    sliType: SliType,
  ): Promise<Pick<FleetCalibration, 'asOf' | 'report'> | undefined> {
    const row:
      | Pick<RawDbFleetCalibrationRow, 'as_of' | 'version' | 'report'>
      | undefined = await this.#current(sliType).first(
      'fleet_calibrations.as_of',
      'version',
      'report',
    );
    const report = row && reportFormat.read(row.version, row.report);
    return report && { asOf: row.as_of, report };
  }

  #current(sliType: SliType) {
    return this.#db('fleet_calibrations')
      .join('analyses', 'analyses.id', 'fleet_calibrations.analysis_id')
      .leftJoin('snapshots', 'snapshots.analysis_id', 'analyses.id')
      .where('fleet_calibrations.sli_type', sliType)
      .orderByRaw(
        'case when snapshots.analysis_id is null then 1 else 0 end, analyses.finished_at desc, analyses.id',
      );
  }
}
