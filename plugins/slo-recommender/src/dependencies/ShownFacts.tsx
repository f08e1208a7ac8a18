import { RiEyeOffLine } from '@remixicon/react';
import { Link } from '@backstage/ui';
import type {
  DependenciesResponse,
  DependencyNode,
} from 'backstage-plugin-slo-recommender-common';
import { CYCLE_ICON, Fact, FactList, STALE_ICON } from '../pieces';
import { cyclePath } from '../routes';
import { formatQuantity } from '../words';
import type { Graph } from './narrow';

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
