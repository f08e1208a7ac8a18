import { ResponseError } from '@backstage/errors';
import type { SloRecommenderApi } from 'backstage-plugin-slo-recommender-common';
import { dependencies, divergence } from './dependencies';
import { recommendationsWith } from './recommendations';
import {
  budget,
  checkout,
  runningAnalysis,
  status,
  summary,
  verdictCounts,
} from './responses';

const notAsked = async (): Promise<never> => {
  throw new Error('This question was not expected');
};

/** A backend that knows one service; single answers can be replaced. */
export function backendWith(
  answers: Partial<SloRecommenderApi> = {},
): jest.Mocked<SloRecommenderApi> {
  const backend: SloRecommenderApi = {
    getStatus: async () => status,
    getServices: async () => ({
      items: [checkout],
      nextCursor: null,
      totalItems: 1,
      counts: verdictCounts,
    }),
    getService: async () => summary,
    getRecommendations: async () => recommendationsWith(),
    getErrorBudget: async () => budget,
    getDependencies: async () => dependencies,
    reportDependencies: notAsked,
    getDivergence: async () => divergence,
    getFleetDivergence: notAsked,
    getUndeclaredServices: notAsked,
    getAliasCandidates: async () => ({
      items: [],
      nextCursor: null,
      totalItems: 0,
    }),
    getDanglingReferences: notAsked,
    getObservedDependencies: notAsked,
    getFleetCalibration: notAsked,
    getEvents: async entityRef => ({ entityRef, events: [] }),
    reportEvent: notAsked,
    getExclusions: async entityRef => ({
      entityRef,
      exclusions: [],
      cap: 0.1,
    }),
    exclude: notAsked,
    withdrawExclusion: notAsked,
    getCycles: notAsked,
    getCycle: notAsked,
    acknowledgeCycle: notAsked,
    analyze: async () => ({ id: 'next' }),
    getAnalysis: async () => runningAnalysis,
    ...answers,
  };
  return {
    getStatus: jest.fn(backend.getStatus),
    getServices: jest.fn(backend.getServices),
    getService: jest.fn(backend.getService),
    getRecommendations: jest.fn(backend.getRecommendations),
    getErrorBudget: jest.fn(backend.getErrorBudget),
    getDependencies: jest.fn(backend.getDependencies),
    reportDependencies: jest.fn(backend.reportDependencies),
    getDivergence: jest.fn(backend.getDivergence),
    getFleetDivergence: jest.fn(backend.getFleetDivergence),
    getUndeclaredServices: jest.fn(backend.getUndeclaredServices),
    getAliasCandidates: jest.fn(backend.getAliasCandidates),
    getDanglingReferences: jest.fn(backend.getDanglingReferences),
    getObservedDependencies: jest.fn(backend.getObservedDependencies),
    getFleetCalibration: jest.fn(backend.getFleetCalibration),
    getEvents: jest.fn(backend.getEvents),
    reportEvent: jest.fn(backend.reportEvent),
    getExclusions: jest.fn(backend.getExclusions),
    exclude: jest.fn(backend.exclude),
    withdrawExclusion: jest.fn(backend.withdrawExclusion),
    getCycles: jest.fn(backend.getCycles),
    getCycle: jest.fn(backend.getCycle),
    acknowledgeCycle: jest.fn(backend.acknowledgeCycle),
    analyze: jest.fn(backend.analyze),
    getAnalysis: jest.fn(backend.getAnalysis),
  };
}

/** What the client rejects with when the backend answers with an error. */
export function refusal(
  statusCode: number,
  message: string,
): Promise<ResponseError> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name: 'Error', message },
        response: { statusCode },
      }),
      {
        status: statusCode,
        headers: { 'content-type': 'application/json' },
      },
    ),
  );
}
