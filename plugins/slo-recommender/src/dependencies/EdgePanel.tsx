import type { DependencyEdge } from 'backstage-plugin-slo-recommender-common';
import { DetailPanel } from './DetailPanel';
import { EdgeFacts } from './EdgeFacts';

/** What is known of a call in the graph. */
export function EdgePanel(props: {
  edge: DependencyEdge;
  names: ReadonlyMap<string, string>;
  takesFocus: boolean;
  onClose: () => void;
}) {
  const { edge, names, takesFocus, onClose } = props;
  const title = `${names.get(edge.source)} calls ${names.get(edge.target)}`;
  return (
    <DetailPanel
      title={title}
      label={title}
      takesFocus={takesFocus}
      onClose={onClose}
    >
      <EdgeFacts edge={edge} />
    </DetailPanel>
  );
}
