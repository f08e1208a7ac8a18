import { useApi } from '@backstage/core-plugin-api';
import { sloRecommenderApiRef } from '../api';
import { AliasList } from '../aliases';
import { useResource } from '../data';
import { Panel } from '../pieces';

const MOST = 20;

/** Names in telemetry that may be this service too. */
export function JoinableNames(props: { entityRef: string; name: string }) {
  const { entityRef, name } = props;
  const api = useApi(sloRecommenderApiRef);
  const { data } = useResource(`aliases ${entityRef}`, () =>
    api.getAliasCandidates({ text: name, limit: MOST }),
  );
  const candidates = data?.items.filter(item => item.entityRef === entityRef);
  if (!candidates?.length) return null;
  return (
    <Panel
      title="Names that may be this service too"
      description="Not joined yet: look at the evidence, and join them by annotation"
    >
      <AliasList candidates={candidates} />
    </Panel>
  );
}
