import type {
  DependencyNode,
  DivergenceResponse,
} from 'backstage-plugin-slo-recommender-common';
import { Figure } from '../pieces';
import { formatCount, formatQuantity, joinWords } from '../words';

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
    ...(undeclared.length > 0
      ? [`${formatCount(undeclared.length)} observed and not declared`]
      : []),
    ...(unseen.length > 0
      ? [`${formatCount(unseen.length)} declared and not observed`]
      : []),
    ...(hidden > 0 ? [`${formatCount(hidden)} that you may not see`] : []),
  ];
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
