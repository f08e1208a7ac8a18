import { Text, Alert } from '@backstage/ui';
import type { StatusResponse } from 'backstage-plugin-slo-recommender-common';
import { AnalyseButton, AnalysisProgress } from '../analysis';
import type { Resource } from '../data';
import { AsOfFact, Fact, FactList, SimulatedFact } from '../ui';
import { DatasourceNotice } from '../service';
import { formatQuantity, formatWindow } from '../words';
import styles from './FleetHeader.module.css';

/** How the fleet stands, as of when, and the button that asks anew. */
export function FleetHeader(props: { status: Resource<StatusResponse> }) {
  const { status } = props;
  const { data } = status;
  const current = data?.currentAnalysis;
  return (
    <div className={styles.header}>
      <div className={styles.top}>
        <Text as="h2" variant="title-small" className={styles.title}>
          What each service promises, and what it can keep
        </Text>
        <AnalyseButton status={status} />
      </div>
      <FactList label="Basis of the page">
        {data && <Fact>{formatQuantity(data.services, 'service')}</Fact>}
        {data && (
          <Fact>objective window {formatWindow(data.objectiveWindow)}</Fact>
        )}
        {data?.datasources.some(({ simulated }) => simulated) && (
          <SimulatedFact />
        )}
        {current && <AsOfFact asOf={current.asOf} />}
      </FactList>
      {data?.activeAnalysis && (
        <AnalysisProgress analysis={data.activeAnalysis} />
      )}
      {data?.configurationIssues.map(issue => (
        <Alert
          key={issue}
          role="status"
          status="warning"
          icon
          title="The configuration cannot be used as it is; the default stands in"
          description={issue}
        />
      ))}
      {data?.datasources.map(source => (
        <DatasourceNotice key={source.id} datasource={source} asOf={null} />
      ))}
    </div>
  );
}
