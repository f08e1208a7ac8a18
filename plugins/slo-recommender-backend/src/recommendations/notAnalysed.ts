import type {
  DatasourceStatus,
  Reason,
} from 'backstage-plugin-slo-recommender-common';

/** Why a service has no result yet. */
export function notAnalysedReason(datasource: DatasourceStatus | null): Reason {
  if (datasource?.message && datasource.state !== 'ok') {
    return { code: 'telemetry_unavailable', message: datasource.message };
  }
  return {
    code: 'not_analysed',
    message: 'Not analysed yet. The first analysis follows within a minute.',
  };
}
