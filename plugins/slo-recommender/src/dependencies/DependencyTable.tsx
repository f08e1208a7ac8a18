import { Button, type ColumnConfig } from '@backstage/ui';
import type {
  DependencyEdge,
  DependencyNode,
} from 'backstage-plugin-slo-recommender-common';
import { type ReactNode, useMemo } from 'react';
import type { Selection } from '../graph';
import {
  column,
  CYCLE_ICON,
  Fact,
  failureTone,
  STALE_ICON,
  stateIcon,
} from '../ui';
import {
  claimWords,
  formatAge,
  formatCallRate,
  formatCallsPerRequest,
  formatCount,
  formatFailureRatio,
  formatLatencyInterval,
  formatProbabilityInWords,
} from '../words';
import styles from './DependencyTable.module.css';
import { type Graph, edgeId } from './narrow';
import { nodeState, ownerName } from './nodeState';
import { PagedTable } from './PagedTable';

type Select = (selection: Selection) => void;

function Open(props: {
  label: string;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <Button
      size="small"
      variant="tertiary"
      className={styles.open}
      aria-label={props.label}
      onPress={props.onPress}
    >
      {props.children}
    </Button>
  );
}

function callColumns(
  names: ReadonlyMap<string, string>,
  onSelect: Select,
): ColumnConfig<DependencyEdge & { id: string }>[] {
  const figure = { className: styles.amount };
  return [
    column(
      'Call',
      edge => {
        const words = `${names.get(edge.source)} → ${names.get(edge.target)}`;
        return (
          <Open
            label={`About the call ${words}`}
            onPress={() => onSelect({ kind: 'edge', id: edge.id })}
          >
            {words}
          </Open>
        );
      },
      { isRowHeader: true },
    ),
    column(
      'Traffic',
      ({ callsPerSecond, callsPerRequest }) => (
        <>
          {callsPerSecond === null ? 'unknown' : formatCallRate(callsPerSecond)}
          {callsPerRequest !== null && (
            <div className={styles.secondary}>
              {formatCallsPerRequest(callsPerRequest)} per request
            </div>
          )}
        </>
      ),
      figure,
    ),
    column(
      'Failing',
      ({ failureRatio }) => {
        if (failureRatio === null) return 'unknown';
        const tone = failureTone(failureRatio);
        const words = formatFailureRatio(failureRatio);
        return tone === 'neutral' ? (
          words
        ) : (
          <Fact tone={tone} icon={stateIcon(tone)}>
            {words}
          </Fact>
        );
      },
      figure,
    ),
    column(
      'Latency, 95 %',
      ({ latency }) =>
        latency ? formatLatencyInterval(latency.p95) : 'unknown',
      figure,
    ),
    column('Known', edge => (
      <>
        {claimWords(edge)}
        {edge.stale && (
          <Fact tone="warning" icon={STALE_ICON}>
            not seen for long
          </Fact>
        )}
        {edge.cycleId && (
          <Fact tone="info" icon={CYCLE_ICON}>
            in a cycle
          </Fact>
        )}
      </>
    )),
    column('Kind', ({ kind, strength }) => `${kind}, ${strength}`),
    column('Last seen', ({ lastSeenAt, confidence }) => (
      <>
        {lastSeenAt ? formatAge(lastSeenAt) : 'unknown'}
        <div className={styles.secondary}>
          confidence {formatProbabilityInWords(confidence)}
        </div>
      </>
    )),
  ];
}

function serviceColumns(onSelect: Select): ColumnConfig<DependencyNode>[] {
  return [
    column(
      'Service',
      node => (
        <Open
          label={`About ${node.name}`}
          onPress={() => onSelect({ kind: 'node', id: node.id })}
        >
          {node.name}
        </Open>
      ),
      { isRowHeader: true },
    ),
    column('Owner', ({ owner }) => (owner ? ownerName(owner) : 'unknown')),
    column('State', node => {
      const { tone, words } = nodeState(node);
      return (
        <>
          <Fact tone={tone} icon={stateIcon(tone)}>
            {words}
          </Fact>
          {node.cycleId && (
            <Fact tone="info" icon={CYCLE_ICON}>
              in a cycle
            </Fact>
          )}
        </>
      );
    }),
    column('Distance downstream', node => node.downstreamDistance || '–'),
    column('Distance upstream', node => node.upstreamDistance || '–'),
    column(
      'Callers, callees in all',
      ({ fanIn, fanOut }) => `${formatCount(fanIn)}, ${formatCount(fanOut)}`,
    ),
  ];
}

/** The same content as the graph. */
export function DependencyTable(props: {
  graph: Graph;
  names: ReadonlyMap<string, string>;
  onSelect: Select;
}) {
  const { graph, names, onSelect } = props;
  const calls = useMemo(
    () => graph.edges.map(edge => ({ ...edge, id: edgeId(edge) })),
    [graph],
  );
  const ofCalls = useMemo(
    () => callColumns(names, onSelect),
    [names, onSelect],
  );
  const ofServices = useMemo(() => serviceColumns(onSelect), [onSelect]);
  return (
    <div className={styles.tables}>
      <PagedTable label="Calls" noun="calls" items={calls} columns={ofCalls} />
      <PagedTable
        label="Services"
        noun="services"
        items={graph.nodes}
        columns={ofServices}
      />
    </div>
  );
}
