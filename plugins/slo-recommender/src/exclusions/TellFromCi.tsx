import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { eventCreatePermission } from 'backstage-plugin-slo-recommender-common';
import { useResource } from '../data';
import { Failure, Snippet } from '../pieces';
import { eventCommand } from './eventCommand';
import styles from './Exclusions.module.css';

/** The command with which CI tells of a deploy. */
export function TellFromCi(props: { entityRef: string }) {
  const { entityRef } = props;
  const discovery = useApi(discoveryApiRef);
  const { data, error, reload } = useResource('address of the backend', () =>
    discovery.getBaseUrl('slo-recommender'),
  );
  return (
    <div className={styles.stack}>
      <p className={styles.flat}>
        After each deploy, with a token of Backstage’s{' '}
        <code>backend.auth.externalAccess</code> in{' '}
        <code>SLO_RECOMMENDER_TOKEN</code>. Whom it stands for needs the
        permission <code>{eventCreatePermission.name}</code>. Telling the same{' '}
        <code>id</code> again replaces it, so retries are harmless.
      </p>
      <p className={styles.flat}>
        It runs as it stands in GitHub Actions, GitLab CI and Jenkins, in a
        clone of the repository. Elsewhere set <code>VERSION</code> to what was
        deployed, <code>RUN_ID</code> to what names the run and, where it has a
        page, <code>RUN_URL</code> to that.
      </p>
      {error && (
        <Failure
          title="The address of the backend is not known"
          error={error}
          onRetry={reload}
        />
      )}
      {data && <Snippet label="command" code={eventCommand(data, entityRef)} />}
    </div>
  );
}
