import { Alert } from '@backstage/ui';
import type {
  DatasourceStatus,
  Recommendation,
} from 'backstage-plugin-slo-recommender-common';
import { formatAge, formatInstant } from '../words';

const typeNames = new Map([['prometheus', 'Prometheus']]);

function describe(datasource: DatasourceStatus): string {
  const { id, type, state, lastSuccessAt } = datasource;
  const name = `${typeNames.get(type) ?? 'Datasource'} '${id}'`;
  if (state === 'partial') return `${name} answered only in part`;
  if (state === 'empty') return `${name} answers but has no data of this kind`;
  return lastSuccessAt
    ? `${name} has not answered since ${formatInstant(lastSuccessAt)}`
    : `${name} has not answered yet`;
}

/** Says where a datasource does not answer as it should, and how old the numbers are that are shown all the same. */
export function DatasourceNotice(props: {
  datasource: DatasourceStatus | null;
  asOf: string | null;
}) {
  const { datasource, asOf } = props;
  if (
    !datasource ||
    datasource.state === 'ok' ||
    datasource.state === 'unknown'
  ) {
    return null;
  }
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={describe(datasource)}
      description={
        <>
          {datasource.message}
          {asOf &&
            ` Shown is the analysis as of ${formatInstant(asOf)} (${formatAge(
              asOf,
            )}).`}
        </>
      }
    />
  );
}

/** Says first that the data behind the numbers are flawed, or too few to stand alone; nothing if they are fine. */
export function DataCaveat(props: Pick<Recommendation, 'verdict' | 'reasons'>) {
  const { verdict, reasons } = props;
  if (verdict === 'ok') return null;
  return (
    <Alert
      status="warning"
      icon
      title={
        verdict === 'insufficient'
          ? 'Not enough data of its own yet'
          : 'The data behind these numbers has flaws'
      }
      description={reasons.map(reason => reason.message).join(' ')}
    />
  );
}
