import type { LabelMatcher } from 'backstage-plugin-slo-recommender-node';
import type { EdgeDialect } from './edges';
import { type Dialect, isTemplate } from './types';

const PLAIN_LABEL = /^\w+$/;

/** Labels by metric; a metric that is missing may have any. */
type LabelsByMetric = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * A dialect that counts only what is selected; undefined if none of its series can be. A label that the metric does not have
 * is as good as an empty one. What a template counts cannot be selected from.
 */
export function selectIn(
  dialect: Dialect,
  matchers: readonly LabelMatcher[],
  labels: LabelsByMetric,
): Dialect | undefined {
  if (matchers.length === 0) return dialect;
  const { source } = dialect;
  if (isTemplate(source)) return undefined;
  const spelled = spellMatchers(matchers, source.metric, labels);
  if (spelled.some(({ isKnown, accepts }) => !isKnown && !accepts)) {
    return undefined;
  }
  const selection = knownOf(spelled);
  return selection.length === 0
    ? dialect
    : { ...dialect, source: { ...source, selection } };
}

/** Edges of what is selected, as far as they have the labels. */
export function selectEdges(
  edges: EdgeDialect,
  matchers: readonly LabelMatcher[],
  labels: LabelsByMetric,
): EdgeDialect {
  const { counter } = edges;
  const selection = knownOf(spellMatchers(matchers, counter.metric, labels));
  return selection.length === 0
    ? edges
    : { ...edges, counter: { ...counter, selection } };
}

interface SpelledMatcher {
  matcher: LabelMatcher;
  /** Whether the metric has, or may have, the label. */
  isKnown: boolean;
  /** Whether it accepts series without the label. */
  accepts: boolean;
}

function spellMatchers(
  matchers: readonly LabelMatcher[],
  metric: string,
  labels: LabelsByMetric,
): SpelledMatcher[] {
  return matchers.map(matcher => {
    const label = spell(matcher.label, metric, labels.get(metric));
    return {
      matcher: { ...matcher, label: label ?? matcher.label },
      isKnown: label !== undefined,
      accepts: acceptsNothing(matcher),
    };
  });
}

/** The label as the metric spells it: `deployment.environment` and `deployment_environment` are one. */
function spell(
  label: string,
  metric: string,
  known: ReadonlySet<string> | undefined,
): string | undefined {
  const plain = (name: string) => name.replaceAll('.', '_');
  if (!known) {
    // a server that cannot say what there is may refuse names that need quotes
    if (metric.includes('.')) return label;
    return PLAIN_LABEL.test(plain(label)) ? plain(label) : undefined;
  }
  return known.has(label)
    ? label
    : [...known].find(other => plain(other) === plain(label));
}

function knownOf(spelled: readonly SpelledMatcher[]): LabelMatcher[] {
  return spelled.flatMap(({ isKnown, matcher }) => (isKnown ? matcher : []));
}

function acceptsNothing({ operator, value }: LabelMatcher): boolean {
  const matches = operator.endsWith('~')
    ? new RegExp(`^(?:${value})$`, 'su').test('')
    : value === '';
  return matches !== operator.startsWith('!');
}
