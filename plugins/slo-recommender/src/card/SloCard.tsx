import { useEntity, useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  ButtonLink,
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Text,
} from '@backstage/ui';
import type {
  SloRecommenderApi,
  ErrorBudgetResponse,
} from 'backstage-plugin-slo-recommender-common';
import {
  BudgetStateFact,
  isKnownBudget,
  type KnownBudget,
  UnknownBudgetFacts,
} from '../budget';
import { failureMessage, isNotFound } from '../data';
import { FactList, SimulatedFact } from '../ui';
import { ERROR_BUDGET_TAB_PATH, SLO_TAB_PATH } from '../routes';
import { useServiceAnswer } from '../service';
import {
  formatAdjoiningWindow,
  formatMinutes,
  formatNearInstant,
  formatRatio,
  formatRemaining,
  formatWindow,
} from '../words';
import styles from './SloCard.module.css';

const WIDTH = 160;
const HEIGHT = 40;
const PADDING = 3;

/** Points of an SVG polyline for the values known, oldest first; values outside [low, high] are held at the edge. */
export function sparklinePoints(values: (number | null)[]): string {
  const known = values.filter(value => value !== null);
  const low = Math.min(0, ...known);
  const high = Math.max(1, ...known);
  const step = (WIDTH - 2 * PADDING) / Math.max(1, values.length - 1);
  return values
    .flatMap((value, index) => {
      if (value === null) return [];
      const x = PADDING + index * step;
      const y =
        PADDING + ((high - value) / (high - low)) * (HEIGHT - 2 * PADDING);
      return [`${x.toFixed(1)},${y.toFixed(1)}`];
    })
    .join(' ');
}

/** The course of a share in a glance; the label says it in words. */
function Sparkline(props: { values: (number | null)[]; label: string }) {
  const points = sparklinePoints(props.values);
  const end = points.slice(points.lastIndexOf(' ') + 1).split(',');
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className={styles.sparkline}
    >
      <polyline points={points} className={styles.line} />
      {points && (
        <circle cx={end[0]} cy={end[1]} r="3" className={styles.end} />
      )}
    </svg>
  );
}

function outlook(budget: KnownBudget): string {
  if (budget.remaining <= 0) {
    return `More requests failed over the last ${formatAdjoiningWindow(
      budget.window,
    )} than the objective allows.`;
  }
  return budget.exhaustedAt
    ? `At the pace of the last day the budget lasts until ${formatNearInstant(
        budget.exhaustedAt,
      )}.`
    : `${formatMinutes(
        budget.remaining * budget.budgetMinutes,
      )} of ${formatMinutes(
        budget.budgetMinutes,
      )} are left; at the pace of the last day that outlasts the window.`;
}

function unknownWords(response: ErrorBudgetResponse): string {
  const [reason] = response.reasons;
  if (reason) return reason.message;
  if (response.asOf === null) return 'Waits for its first analysis.';
  return response.objective === null
    ? 'Nothing is promised and nothing can be recommended yet.'
    : 'How much of the budget is spent is unknown.';
}

/** Objective, what is left of its budget, how it got there, and one sentence. */
function CardSummary(props: { budget: ErrorBudgetResponse }) {
  const { budget } = props;
  if (!isKnownBudget(budget)) {
    return (
      <div className={styles.summary}>
        <p className={styles.plain}>{unknownWords(budget)}</p>
        <UnknownBudgetFacts budget={budget} />
      </div>
    );
  }
  const span = formatWindow(budget.window);
  return (
    <div className={styles.summary}>
      <div className={styles.figures}>
        <div>
          <p className={styles.figure}>{formatRatio(budget.objective)}</p>
          <p className={styles.caption}>
            {budget.objectiveSource === 'recommended'
              ? 'recommended'
              : 'promised'}{' '}
            over {span}
          </p>
        </div>
        <div>
          <p className={styles.figure}>{formatRemaining(budget.remaining)}</p>
          <p className={styles.caption}>
            {budget.remaining < 0 ? 'error budget' : 'of the error budget'}
          </p>
        </div>
        <Sparkline
          values={budget.burnDown.map(point => point.remaining)}
          label={`Budget over the last ${formatAdjoiningWindow(budget.window)}: ${formatRemaining(
            budget.remaining,
          )} at the end`}
        />
      </div>
      <p className={styles.plain}>{outlook(budget)}</p>
      <FactList label="State">
        <BudgetStateFact budget={budget} />
        {budget.datasource?.simulated && <SimulatedFact />}
      </FactList>
    </div>
  );
}

const load = (api: SloRecommenderApi, entityRef: string) =>
  api.getErrorBudget(entityRef);

/** The overview card of an entity that takes part; nothing on others. */
export function SloCard() {
  const { entity } = useEntity();
  const entityLink = useEntityRefLink();
  const { optedIn, answer } = useServiceAnswer(
    entity,
    'the error budget',
    load,
  );
  if (!optedIn) return null;

  const path = entityLink(entity);
  const { data, error } = answer;
  const content = () => {
    if (data) return <CardSummary budget={data} />;
    if (isNotFound(error)) {
      return <p className={styles.plain}>Waits for its first analysis.</p>;
    }
    return (
      <p className={styles.plain} role={error ? 'alert' : 'status'}>
        {error
          ? `The error budget could not be loaded: ${failureMessage(error)}`
          : 'Loading the error budget…'}
      </p>
    );
  };

  return (
    <Card>
      <CardHeader>
        <Text
          as="h2"
          variant="title-x-small"
          weight="bold"
          className={styles.title}
        >
          SLO
        </Text>
      </CardHeader>
      <CardBody>{content()}</CardBody>
      <CardFooter>
        <div className={styles.links}>
          <ButtonLink
            size="small"
            variant="secondary"
            href={`${path}${SLO_TAB_PATH}`}
          >
            Recommendation
          </ButtonLink>
          <ButtonLink
            size="small"
            variant="tertiary"
            href={`${path}${ERROR_BUDGET_TAB_PATH}`}
          >
            Error budget
          </ButtonLink>
        </div>
      </CardFooter>
    </Card>
  );
}
