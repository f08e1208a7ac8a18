import { Text, Alert } from '@backstage/ui';
import type {
  StatusResponse,
  DatasourceStatus,
} from 'backstage-plugin-slo-recommender-common';
import { AnalyseButton, AnalysisProgress } from '../analysis';
import type { Resource } from '../data';
import { AsOfFact, Fact, FactList, SimulatedFact } from '../pieces';
import { DatasourceNotice } from '../service';
import { formatQuantity, formatWindow } from '../words';
import styles from './FleetHeader.module.css';

/** The datasources that do not answer as they should. */
function DatasourceAlerts(props: { datasources: DatasourceStatus[] }) {
  return (
    <>
      {props.datasources.map(datasource => (
        <DatasourceNotice
          key={datasource.id}
          datasource={datasource}
          asOf={null}
        />
      ))}
    </>
  );
}

/** What of the configuration could not be used. Its defaults stand in. */
function ConfigurationIssues(props: { issues: string[] }) {
  return (
    <>
      {props.issues.map(issue => (
        <Alert
          key={issue}
          role="status"
          status="warning"
          icon
          title="The configuration cannot be used as it is; the default stands in"
          description={issue}
        />
      ))}
    </>
  );
}

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
      {data && <ConfigurationIssues issues={data.configurationIssues} />}
      {data && <DatasourceAlerts datasources={data.datasources} />}
    </div>
  );
}
