import { Link } from '@backstage/ui';
import { RiEyeOffLine } from '@remixicon/react';
import type {
  DependencyNode,
  DivergenceResponse,
  DependenciesResponse,
} from 'backstage-plugin-slo-recommender-common';
import { Figure, CYCLE_ICON, Fact, FactList, STALE_ICON } from '../ui';
import { cyclePath } from '../routes';
import { formatCount, formatQuantity, joinWords } from '../words';
import type { Graph } from './narrow';

const services = (count: number) =>
  count === 0 ? 'no service' : formatQuantity(count, 'service');

function Compared(props: {
  divergence: DivergenceResponse;
  /** Whether it calls anything at all. */
  calls: boolean;
}) {
  const { undeclared, unseen, agreeing, unobserved, hidden } = props.divergence;
  if (unobserved) {
    return props.calls ? (
      <>
        No source sees its calls, so what the catalog declares can neither be
        confirmed nor doubted.
      </>
    ) : (
      <>No source sees its calls, and the catalog declares none.</>
    );
  }
  const differing = undeclared.length + unseen.length + hidden;
  if (differing === 0) {
    return agreeing === 0 ? null : (
      <>Catalog and telemetry agree on what it calls.</>
    );
  }
  const parts = [
    undeclared.length > 0 &&
      `${formatCount(undeclared.length)} observed and not declared`,
    unseen.length > 0 &&
      `${formatCount(unseen.length)} declared and not observed`,
    hidden > 0 && `${formatCount(hidden)} that you may not see`,
  ].filter(part => part !== false);
  return (
    <>
      Catalog and telemetry disagree on{' '}
      <Figure>{formatQuantity(differing, 'call')}</Figure>: {joinWords(parts)}.
    </>
  );
}

/** What the service calls, what calls it, and whether catalog and telemetry agree. */
export function DependencySentence(props: {
  root: DependencyNode;
  divergence: DivergenceResponse | undefined;
}) {
  const { root, divergence } = props;
  return (
    <>
      {root.name} calls <Figure>{services(root.fanOut)}</Figure> and is called
      by <Figure>{services(root.fanIn)}</Figure>.{' '}
      {root.cycleId && 'It calls itself through others, in a cycle. '}
      {divergence && (
        <Compared divergence={divergence} calls={root.fanOut > 0} />
      )}
    </>
  );
}

function hiddenWords(nodes: number, edges: number): string {
  const calls = formatQuantity(edges, 'call');
  return nodes > 0
    ? `${formatQuantity(nodes, 'service')} and ${calls} that you may not see`
    : `${calls} that you may not see`;
}

/** How much is shown, and what is left out and why. */
export function ShownFacts(props: {
  root: DependencyNode;
  response: DependenciesResponse;
  /** What the table has. */
  graph: Graph;
  /** What is in sight: all of that, or as much of it as is drawn. */
  shown: Graph;
}) {
  const { root, response, graph, shown } = props;
  const leftOut = response.edges.length - graph.edges.length;
  const { hiddenNodes, hiddenEdges, staleEdges, omittedNodes } = response;
  return (
    <FactList label="What is shown">
      <Fact>
        {formatQuantity(shown.nodes.length, 'service')} and{' '}
        {formatQuantity(shown.edges.length, 'call')} shown
      </Fact>
      {shown.nodes.length < graph.nodes.length && (
        <Fact>
          {formatQuantity(graph.nodes.length - shown.nodes.length, 'service')}{' '}
          and {formatQuantity(graph.edges.length - shown.edges.length, 'call')}{' '}
          in the table only
        </Fact>
      )}
      {root.cycleId && (
        <Fact tone="info" icon={CYCLE_ICON}>
          <Link variant="body-small" href={cyclePath(root.cycleId)}>
            part of a cycle
          </Link>
        </Fact>
      )}
      {hiddenNodes + hiddenEdges > 0 && (
        <Fact icon={<RiEyeOffLine />}>
          {hiddenWords(hiddenNodes, hiddenEdges)}
        </Fact>
      )}
      {staleEdges > 0 && (
        <Fact icon={STALE_ICON}>
          {formatQuantity(staleEdges, 'call')} not seen for long, left out
        </Fact>
      )}
      {omittedNodes > 0 && (
        <Fact>
          {formatQuantity(omittedNodes, 'service')} farther away, in neither
          graph nor table
        </Fact>
      )}
      {leftOut > 0 && (
        <Fact>{formatQuantity(leftOut, 'call')} left out by the filter</Fact>
      )}
    </FactList>
  );
}
