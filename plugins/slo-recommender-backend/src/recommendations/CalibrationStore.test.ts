import type { Knex } from 'knex';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { AnalysisStore } from '../analyses/AnalysisStore';
import {
  CalibrationStore,
  type FleetCalibration,
  type FleetCalibrationReport,
} from './CalibrationStore';
import { ResultStore } from './ResultStore';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const CART = 'component:default/cart';
const AS_OF = '2026-03-10T12:00:00.000Z';

const report = (services: number): FleetCalibrationReport => ({
  state: 'calibrated',
  message: 'Of 400 past windows 90 % kept what was predicted with 90 %.',
  windows: 400,
  services,
  reliability: [
    {
      from: 0.5,
      to: 0.6,
      predicted: 0.55,
      observed: 0.5,
      interval: { from: 0.4, to: 0.7 },
      predictions: 40,
    },
  ],
  pitHistogram: Array(10).fill(0.1),
  brierScore: 0.1,
  pinballLoss: 0.0001,
  vacuousShare: null,
  brokenShare: 0.1,
  coverage: [],
  monthly: [],
});

const calibration = (services: number): FleetCalibration => ({
  sliType: 'availability',
  asOf: AS_OF,
  report: report(services),
  calibration: { strata: [{ scores: [0.1, services] }] },
});

describe.each(databases.eachSupportedId())(
  'CalibrationStore on %s',
  databaseId => {
    async function create() {
      const database: Knex = await openTestDatabase(databases, databaseId);
      const analyses = new AnalysisStore(database);
      const results = new ResultStore(database);
      const store = new CalibrationStore(database);
      let minute = 0;
      const instant = () => new Date(Date.parse(AS_OF) + minute++ * 60_000);
      /** Publishes an analysis, with the calibration where there is one. */
      const publish = async (
        id: string,
        entityRefs: string[] | null,
        ...calibrations: FleetCalibration[]
      ) => {
        await analyses.enqueue({
          id,
          trigger: entityRefs ? 'catalog' : 'request',
          asOf: new Date(AS_OF),
          entityRefs,
          requestedAt: instant(),
        });
        await database.transaction(async tx => {
          for (const one of calibrations) await store.write(tx, id, one);
          await results.publish(id, [], undefined, tx);
          await analyses.complete(id, 0, instant(), tx);
        });
      };
      return { analyses, database, publish, store };
    }

    it('has none before the first analysis of the fleet', async () => {
      const { publish, store } = await create();
      await publish('some', [CART]);
      await expect(store.getCurrent('availability')).resolves.toBeUndefined();
      await expect(
        store.getCurrentReport('availability'),
      ).resolves.toBeUndefined();
    });

    it('gives back that of the analysis which readers see, each type of SLI for itself', async () => {
      const { publish, store } = await create();
      const latency: FleetCalibration = {
        ...calibration(7),
        sliType: 'latency',
      };
      await publish('first', null, calibration(1));
      await publish('second', null, calibration(2), latency);
      await expect(store.getCurrent('availability')).resolves.toEqual(
        calibration(2),
      );
      await expect(store.getCurrent('latency')).resolves.toEqual(latency);
      await expect(store.getCurrentReport('availability')).resolves.toEqual({
        asOf: AS_OF,
        report: report(2),
      });
    });

    it('shows the report of an older version, but corrects no prediction by it', async () => {
      const { database, publish, store } = await create();
      await publish('first', null, calibration(1));
      await database('fleet_calibrations').update({ version: 1 });
      await expect(store.getCurrent('availability')).resolves.toEqual({
        ...calibration(1),
        calibration: undefined,
      });
    });

    it('goes on with the newest one after analyses of some services', async () => {
      const { publish, store } = await create();
      await publish('first', null, calibration(1));
      await publish('second', null, calibration(2));
      await publish('some', [CART]);
      await publish('others', ['component:default/search']);
      await expect(store.getCurrent('availability')).resolves.toEqual(
        calibration(2),
      );
    });

    it('overwrites what a run that was cut off had left', async () => {
      const { database, publish, store } = await create();
      await publish('first', null, calibration(1));
      await database.transaction(tx =>
        store.write(tx, 'first', calibration(3)),
      );
      await expect(store.getCurrent('availability')).resolves.toEqual(
        calibration(3),
      );
    });

    it('outlives any number of analyses of some services, and goes with an old one of the fleet', async () => {
      const { analyses, database, publish, store } = await create();
      await publish('old', null, calibration(1));
      await publish('fleet', null, calibration(2));
      for (const id of ['a', 'b', 'c', 'd']) await publish(id, [CART]);
      await analyses.prune(1, 'd');
      await expect(store.getCurrent('availability')).resolves.toEqual(
        calibration(2),
      );
      await expect(
        database('fleet_calibrations').pluck('analysis_id'),
      ).resolves.toEqual(['fleet']);
      await expect(
        database('analyses').orderBy('id').pluck('id'),
      ).resolves.toEqual(['d', 'fleet']);
    });
  },
);
