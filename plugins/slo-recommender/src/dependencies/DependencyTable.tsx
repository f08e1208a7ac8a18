import { Button, Cell, type ColumnConfig } from '@backstage/ui';
import type {
  DependencyEdge,
  DependencyNode,
} from 'backstage-plugin-slo-recommender-common';
import { type ReactNode, useMemo } from 'react';
import type { Selection } from '../graph';
import {
  CYCLE_ICON,
  Fact,
  failureTone,
  STALE_ICON,
  stateIcon,
} from '../pieces';
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
  return [
    {
      id: 'call',
      label: 'Call',
      isRowHeader: true,
      cell: edge => {
        const words = `${names.get(edge.source)} → ${names.get(edge.target)}`;
        return (
          <Cell>
            <Open
              label={`About the call ${words}`}
              onPress={() => onSelect({ kind: 'edge', id: edge.id })}
            >
              {words}
            </Open>
          </Cell>
        );
      },
    },
    {
      id: 'traffic',
      label: 'Traffic',
      cell: ({ callsPerSecond, callsPerRequest }) => (
        <Cell className={styles.amount}>
          {callsPerSecond === null ? 'unknown' : formatCallRate(callsPerSecond)}
          {callsPerRequest !== null && (
            <div className={styles.secondary}>
              {formatCallsPerRequest(callsPerRequest)} per request
            </div>
          )}
        </Cell>
      ),
    },
    {
      id: 'failing',
      label: 'Failing',
      cell: ({ failureRatio }) => {
        const tone = failureTone(failureRatio);
        if (failureRatio === null) return <Cell>unknown</Cell>;
        const words = formatFailureRatio(failureRatio);
        return (
          <Cell className={styles.amount}>
            {tone === 'neutral' ? (
              words
            ) : (
              <Fact tone={tone} icon={stateIcon(tone)}>
                {words}
              </Fact>
            )}
          </Cell>
        );
      },
    },
    {
      id: 'latency',
      label: 'Latency, 95 %',
      cell: ({ latency }) => (
        <Cell className={styles.amount}>
          {latency ? formatLatencyInterval(latency.p95) : 'unknown'}
        </Cell>
      ),
    },
    {
      id: 'known',
      label: 'Known',
      cell: edge => (
        <Cell>
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
        </Cell>
      ),
    },
    {
      id: 'kind',
      label: 'Kind',
      cell: ({ kind, strength }) => (
        <Cell>
          {kind}, {strength}
        </Cell>
      ),
    },
    {
      id: 'seen',
      label: 'Last seen',
      cell: ({ lastSeenAt, confidence }) => (
        <Cell>
          {lastSeenAt ? formatAge(lastSeenAt) : 'unknown'}
          <div className={styles.secondary}>
            confidence {formatProbabilityInWords(confidence)}
          </div>
        </Cell>
      ),
    },
  ];
}

function serviceColumns(onSelect: Select): ColumnConfig<DependencyNode>[] {
  return [
    {
      id: 'service',
      label: 'Service',
      isRowHeader: true,
      cell: node => (
        <Cell>
          <Open
            label={`About ${node.name}`}
            onPress={() => onSelect({ kind: 'node', id: node.id })}
          >
            {node.name}
          </Open>
        </Cell>
      ),
    },
    {
      id: 'owner',
      label: 'Owner',
      cell: ({ owner }) => <Cell>{owner ? ownerName(owner) : 'unknown'}</Cell>,
    },
    {
      id: 'state',
      label: 'State',
      cell: node => {
        const state = nodeState(node);
        return (
          <Cell>
            <Fact tone={state.tone} icon={stateIcon(state.tone)}>
              {state.words}
            </Fact>
            {node.cycleId && (
              <Fact tone="info" icon={CYCLE_ICON}>
                in a cycle
              </Fact>
            )}
          </Cell>
        );
      },
    },
    {
      id: 'downstream',
      label: 'Distance downstream',
      cell: ({ downstreamDistance }) => (
        <Cell>{downstreamDistance || '–'}</Cell>
      ),
    },
    {
      id: 'upstream',
      label: 'Distance upstream',
      cell: ({ upstreamDistance }) => <Cell>{upstreamDistance || '–'}</Cell>,
    },
    {
      id: 'fan',
      label: 'Callers, callees in all',
      cell: ({ fanIn, fanOut }) => (
        <Cell>
          {formatCount(fanIn)}, {formatCount(fanOut)}
        </Cell>
      ),
    },
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
