import type { DatasourceStatus } from 'backstage-plugin-slo-recommender-common';
import { DatasourceNotice } from '../service';

/** The datasources that do not answer as they should. */
export function DatasourceAlerts(props: { datasources: DatasourceStatus[] }) {
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
