import type { SliType } from 'backstage-plugin-slo-recommender-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  CalibrationStore,
  type FleetCalibrationReport,
} from './CalibrationStore';
import { AS_OF, describeOnDatabases } from '../__testUtils__/shop';

jest.setTimeout(120_000);

const REPORT: FleetCalibrationReport = {
  state: 'calibrated',
  message: 'Of 400 past windows 90 % kept what was predicted with 90 %.',
  windows: 400,
  services: 100,
  reliability: [],
  pitHistogram: Array(10).fill(0.1),
  brierScore: 0.1,
  pinballLoss: 0.0001,
  vacuousShare: 0,
  brokenShare: 0.1,
  coverage: [
    {
      label: 'All services',
      windows: 400,
      services: 100,
      levels: [
        { nominal: 0.9, observed: 0.91, interval: { from: 0.88, to: 0.93 } },
      ],
    },
  ],
  monthly: [
    {
      month: '2023-06',
      windows: 10,
      recommended: 0.999,
      achieved: 0.9995,
      keptShare: 0.9,
    },
  ],
};

describeOnDatabases('the calibration of the fleet', ({ start }) => {
  it('says what to do before there is one', async () => {
    const { client } = await start();
    for (const sliType of [undefined, 'latency'] as const) {
      await expect(
        client().getFleetCalibration({ sliType }),
      ).resolves.toMatchObject({
        sliType: sliType ?? 'availability',
        asOf: null,
        state: 'uncalibrated',
        message: expect.stringContaining('GET /v1/status'),
        windows: 0,
        services: 0,
        coverage: [],
      });
    }
  });

  it('is that of the analysis which readers see, of each type of SLI', async () => {
    const { analyse, client, knex } = await start();
    const { id } = await analyse({ asOf: AS_OF });
    const write = (sliType: SliType, report: FleetCalibrationReport) =>
      knex.transaction(tx =>
        new CalibrationStore(knex).write(tx, id, {
          sliType,
          asOf: AS_OF,
          report,
          calibration: {},
        }),
      );
    const ofLatency: FleetCalibrationReport = {
      ...REPORT,
      state: 'uncalibrated',
    };
    await write('availability', REPORT);
    await write('latency', ofLatency);
    await expect(client().getFleetCalibration()).resolves.toEqual({
      sliType: 'availability',
      asOf: AS_OF,
      ...REPORT,
    });
    await expect(
      client().getFleetCalibration({ sliType: 'latency' }),
    ).resolves.toEqual({ sliType: 'latency', asOf: AS_OF, ...ofLatency });
  });

  it('answers 400 to another type, and 401 to nobody', async () => {
    const { get } = await start();
    const { body } = await get('/fleet/calibration?sliType=colour').expect(400);
    expect(body.error.message).toContain('sliType');
    await get('/fleet/calibration')
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
  });
});
