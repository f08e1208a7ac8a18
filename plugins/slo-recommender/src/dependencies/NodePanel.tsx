import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Link,
} from '@backstage/ui';
import {
  type Alias,
  type DependencyEdge,
  type DependencyNode,
  ENABLED_ANNOTATION,
} from 'backstage-plugin-slo-recommender-common';
import {
  CYCLE_ICON,
  Definition,
  Definitions,
  EntityName,
  Fact,
  FactList,
  stateIcon,
  UNDECLARED_ICON,
} from '../ui';
import { cyclePath, DEPENDENCIES_TAB_PATH, SLO_TAB_PATH } from '../routes';
import { formatQuantity, formatRatio, trafficWords } from '../words';
import { DetailPanel } from './DetailPanel';
import { EdgeFacts } from './EdgeFacts';
import { type Graph, edgeId } from './narrow';
import styles from './NodePanel.module.css';
import { nodeState, ownerName } from './nodeState';
/** Calls listed in the panel; the table has them all. */
const MOST_CALLS = 20;

function distanceWords(node: DependencyNode, rootName: string): string[] {
  const { downstreamDistance, upstreamDistance } = node;
  return [
    downstreamDistance
      ? `${formatQuantity(downstreamDistance, 'call')} from ${rootName}`
      : null,
    upstreamDistance
      ? `${formatQuantity(upstreamDistance, 'call')} to ${rootName}`
      : null,
  ].filter(words => words !== null);
}

function Objective(props: { node: DependencyNode }) {
  const { achieved, promisedObjective, recommendedObjective } = props.node;
  const parts = [
    achieved !== null && `${formatRatio(achieved)} achieved`,
    promisedObjective !== null && `${formatRatio(promisedObjective)} promised`,
    recommendedObjective !== null &&
      `${formatRatio(recommendedObjective)} recommended`,
  ].filter(part => part !== false);
  if (parts.length === 0) return <>nothing known</>;
  return (
    <>
      {parts.map(part => (
        <div key={part}>{part}</div>
      ))}
    </>
  );
}

function CallItem(props: {
  edge: DependencyEdge;
  nodeId: string;
  names: ReadonlyMap<string, string>;
}) {
  const { edge, nodeId, names } = props;
  const title =
    edge.source === nodeId
      ? `calls ${names.get(edge.target)}`
      : `called by ${names.get(edge.source)}`;
  return (
    <Accordion>
      <AccordionTrigger level={4}>
        <span className={styles.callTitle}>
          {title}
          <span className={styles.quiet}>{trafficWords(edge)}</span>
        </span>
      </AccordionTrigger>
      <AccordionPanel>
        <div className={styles.call}>
          <EdgeFacts edge={edge} />
        </div>
      </AccordionPanel>
    </Accordion>
  );
}

const joinedBy: Record<Alias['joinedBy'], string> = {
  annotation: 'by annotation',
  'entity-name': 'the entity’s own name',
  rule: 'by a configured rule',
  evidence: 'by evidence',
};

/** The names under which telemetry knows a service, and why they were joined. */
function Aliases(props: { aliases: Alias[] }) {
  const { aliases } = props;
  if (aliases.length === 0) return null;
  return (
    <div>
      <h4 className={styles.title}>Names in telemetry</h4>
      <ul className={styles.aliases}>
        {aliases.map(alias => (
          <li key={alias.name}>
            <code className={styles.name}>{alias.name}</code>{' '}
            <span className={styles.reason}>
              {joinedBy[alias.joinedBy]}: {alias.reason}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What is known of a service in the graph, and of the calls from and to it. */
export function NodePanel(props: {
  node: DependencyNode;
  graph: Graph;
  names: ReadonlyMap<string, string>;
  takesFocus: boolean;
  onClose: () => void;
}) {
  const { node, graph, names, takesFocus, onClose } = props;
  const entityLink = useEntityRefLink();
  const state = nodeState(node);
  const calls = graph.edges.filter(
    ({ source, target }) => source === node.id || target === node.id,
  );
  const isRoot = node.id === graph.root;
  const distances = distanceWords(node, names.get(graph.root) ?? '');
  return (
    <DetailPanel
      title={node.name}
      label={`About ${node.name}`}
      takesFocus={takesFocus}
      onClose={onClose}
    >
      <FactList label="State">
        <Fact
          tone={state.tone}
          icon={node.inCatalog ? stateIcon(state.tone) : UNDECLARED_ICON}
        >
          {state.words}
        </Fact>
        {node.cycleId && (
          <Fact tone="info" icon={CYCLE_ICON}>
            <Link variant="body-small" href={cyclePath(node.cycleId)}>
              in a cycle
            </Link>
          </Fact>
        )}
      </FactList>
      {node.entityRef && node.inCatalog && (
        <div className={styles.links}>
          <Link href={`${entityLink(node.entityRef)}${SLO_TAB_PATH}`}>SLO</Link>
          {!isRoot && (
            <Link
              href={`${entityLink(node.entityRef)}${DEPENDENCIES_TAB_PATH}`}
            >
              Its dependencies
            </Link>
          )}
          <Link href={entityLink(node.entityRef)}>Catalog page</Link>
        </div>
      )}
      <Definitions>
        <Definition term="What">
          {[node.kind, node.type].filter(Boolean).join(', ')}
        </Definition>
        <Definition term="Owner">
          {node.owner ? ownerName(node.owner) : 'unknown'}
        </Definition>
        {node.system && (
          <Definition term="System">
            <EntityName entityRef={node.system} />
          </Definition>
        )}
        {node.analysed && (
          <Definition term="Availability">
            <Objective node={node} />
          </Definition>
        )}
        <Definition term="In all">
          called by {formatQuantity(node.fanIn, 'service')}, calls{' '}
          {formatQuantity(node.fanOut, 'service')}
        </Definition>
        {distances.length > 0 && (
          <Definition term="Distance">{distances.join(', ')}</Definition>
        )}
      </Definitions>
      {node.inCatalog && !node.analysed && (
        <p className={styles.more}>
          It has no objectives here. Set {ENABLED_ANNOTATION}: &#39;true&#39; on
          the entity to have it analysed.
        </p>
      )}
      <Aliases aliases={node.aliases} />
      {calls.length > 0 && (
        <div className={styles.calls}>
          {calls.slice(0, MOST_CALLS).map(edge => (
            <CallItem
              key={edgeId(edge)}
              edge={edge}
              nodeId={node.id}
              names={names}
            />
          ))}
          {calls.length > MOST_CALLS && (
            <p className={styles.more}>
              and {formatQuantity(calls.length - MOST_CALLS, 'call')} more,
              which the table has
            </p>
          )}
        </div>
      )}
    </DetailPanel>
  );
}
