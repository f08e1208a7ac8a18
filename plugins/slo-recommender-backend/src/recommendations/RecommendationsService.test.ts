import { deflateRawSync } from 'zlib';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  createTestDatabases,
  openTestDatabase,
} from '../__testUtils__/databases';
import { aService } from '../__testUtils__/entities';
import { readSloRecommenderConfig } from '../kernel/config/readSloRecommenderConfig';
import { AnalysisStore } from '../analyses';
import {
  AVAILABILITY_COUNTS,
  DatasourceStatusStore,
  HourlyHistoryStore,
  TelemetrySources,
} from '../telemetry';
import { ResultStore } from './ResultStore';
import { type StoredRecommendation } from './storedResults';
import { DatasourceStatuses } from '../telemetry/DatasourceStatuses';
import { CalibrationStore } from './CalibrationStore';
import { notAnalysedRecommendation } from './notAnalysed';
import { RecommendationsService } from './RecommendationsService';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const service = aService('a');
/** An instant whose last hour has just ended, so that its telemetry may not be there yet. */
const AS_OF = new Date('2026-03-01T12:01:00Z');

const recommendation = notAnalysedRecommendation({
  reason: { code: 'x', message: 'X.' },
  promisedObjective: null,
  datasource: null,
});

describe.each(databases.eachSupportedId())(
  'RecommendationsService on %s',
  databaseId => {
    async function createReader() {
      const database = await openTestDatabase(databases, databaseId);
      const sources = new TelemetrySources({
        datasources: [],
        factories: [],
        logger: mockServices.logger.mock(),
      });
      const results = new ResultStore(database);
      const history = new HourlyHistoryStore(database);
      const reader = new RecommendationsService({
        config: readSloRecommenderConfig(new ConfigReader({})),
        results,
        calibrations: new CalibrationStore(database),
        history,
        statuses: new DatasourceStatuses(
          sources,
          new DatasourceStatusStore(database),
        ),
        now: () => new Date('2026-03-01T12:30:00Z'),
      });
      await new AnalysisStore(database).enqueue({
        id: 'analysis',
        trigger: 'request',
        asOf: AS_OF,
        entityRefs: null,
        requestedAt: AS_OF,
      });
      const publish = (
        published: StoredRecommendation,
        dataUntil: string | null,
      ) =>
        database.transaction(tx =>
          results.publish(
            'analysis',
            [
              {
                entityRef: service.entityRef,
                asOf: AS_OF.toISOString(),
                dataUntil,
                verdict: 'ok',
                achieved: 1,
                requests: 1,
                recommendedObjective: null,
                budgetRemaining: null,
                windowMs: 28 * 86_400_000,
                datasourceId: null,
                simulated: false,
                inputsKey: 'inputs',
                recommendations: [published],
              },
            ],
            undefined,
            tx,
          ),
        );
      await history.write(
        AVAILABILITY_COUNTS,
        {
          from: new Date('2026-03-01T10:00:00Z'),
          to: new Date('2026-03-01T12:00:00Z'),
        },
        [
          {
            entityRef: service.entityRef,
            sourceKey: 'key',
            values: {
              total: Float64Array.of(100, 100),
              bad: Float64Array.of(0, 0),
              evidence: 'span-metrics',
            },
          },
        ],
        AS_OF,
      );
      return { database, publish, reader };
    }

    it.each([
      ['ends the history where the result does', '2026-03-01T11:00:00.000Z', 1],
      ['ends it at the settled hour if the result does not say', null, 2],
    ])('%s', async (_name, dataUntil, hours) => {
      const { publish, reader } = await createReader();
      await publish(recommendation, dataUntil);
      const { recommendations } = await reader.get(service, {});
      expect(recommendations[0].history).toMatchObject([
        { day: '2026-03-01', requests: hours * 100 },
      ]);
    });

    it('reads what version 3 compressed, and the history from the counts', async () => {
      const { database, publish, reader } = await createReader();
      await publish(recommendation, '2026-03-01T12:00:00.000Z');
      const points = [{ day: '2026-02-28', requests: 7 }];
      await database('analysis_results').update({
        version: 3,
        recommendations: deflateRawSync(
          JSON.stringify([{ ...recommendation, history: points }]),
        ).toString('base64'),
      });
      const { recommendations } = await reader.get(service, {});
      expect(recommendations).toEqual([
        {
          ...recommendation,
          history: [
            {
              day: '2026-03-01',
              requests: 200,
              badRequests: 0,
              rollingRatio: null,
            },
          ],
        },
      ]);
    });

    it('answers with the history that was published, and reads no counts', async () => {
      const { database, publish, reader } = await createReader();
      const days = {
        firstDayMs: Date.UTC(2026, 1, 28),
        requests: Float64Array.of(7, NaN),
        badRequests: Float64Array.of(1, NaN),
        rollingRatio: Float64Array.of(NaN, 0.75),
      };
      const unknown = { requests: null, badRequests: null, rollingRatio: null };
      const history = [
        { ...unknown, day: '2026-02-28', requests: 7, badRequests: 1 },
        { ...unknown, day: '2026-03-01', rollingRatio: 0.75 },
      ];
      await publish({ ...recommendation, days }, AS_OF.toISOString());
      const asked: string[] = [];
      database.on('query', ({ sql }) => asked.push(sql));
      const { json } = await reader.answer(service, {});
      const { recommendations } = JSON.parse((await json()).toString());
      expect(recommendations).toEqual([{ ...recommendation, history }]);
      expect(asked.filter(sql => sql.includes('hourly_history'))).toEqual([]);
    });
  },
);
