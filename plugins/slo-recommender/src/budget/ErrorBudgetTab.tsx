import {
  RiFocus2Line,
  RiCheckLine,
  RiCloseLine,
  RiQuestionLine,
} from '@remixicon/react';
import type {
  SloRecommenderApi,
  ErrorBudgetResponse,
} from 'backstage-plugin-slo-recommender-common';
import { lazy } from 'react';
import { LazyChart } from '../charts/LazyChart';
import {
  Lead,
  Panel,
  AsOfFact,
  CompletenessFact,
  Fact,
  FactList,
  SimulatedFact,
  Figure,
  Quantity,
} from '../ui';
import { type Analysed, DataCaveat, ServiceBoundary } from '../service';
import {
  formatRatio,
  formatWindow,
  formatDay,
  formatCount,
  formatMinutes,
  formatNearInstant,
  formatQuantity,
  formatRemaining,
  formatShare,
  wholeRequests,
} from '../words';
import { BurnRateTiles } from './BurnRateTiles';
import styles from './ErrorBudgetTab.module.css';
import {
  BudgetStateFact,
  isKnownBudget,
  type KnownBudget,
} from './knownBudget';
import { UnknownBudget } from './UnknownBudget';

function Outlook(props: { budget: KnownBudget }) {
  const { budget } = props;
  if (budget.remaining <= 0) {
    const allowed = wholeRequests(budget.budgetRequests);
    return (
      <>
        {' '}
        {formatQuantity(budget.badRequests, 'request')} failed where{' '}
        {allowed === 0 ? 'not even one' : formatCount(allowed)} may.
      </>
    );
  }
  const lastDay = budget.burnRates.find(({ window }) =>
    ['P1D', 'PT24H'].includes(window),
  );
  if (lastDay?.rate === null) {
    return <> How fast it goes is unknown: the last day has no requests.</>;
  }
  if (budget.exhaustedAt === null) {
    return <> At the pace of the last day it outlasts the window.</>;
  }
  return (
    <>
      {' '}
      At the pace of the last day it lasts until{' '}
      <Figure>{formatNearInstant(budget.exhaustedAt)}</Figure>.
    </>
  );
}

/** What is left of the budget, and until when it lasts. */
function BudgetSentence(props: { budget: KnownBudget }) {
  const { budget } = props;
  const { remaining, budgetMinutes, budgetRequests } = budget;
  if (remaining < 0) {
    return (
      <>
        <Figure>The budget is {formatRemaining(remaining)}</Figure> in{' '}
        {formatWindow(budget.window)}.
        <Outlook budget={budget} />
      </>
    );
  }
  return (
    <>
      <Figure>{formatShare(remaining)} of the budget is left</Figure>:{' '}
      <Quantity>{formatMinutes(budgetMinutes * remaining)}</Quantity> of{' '}
      <Quantity>{formatMinutes(budgetMinutes)}</Quantity>, or{' '}
      <Quantity>
        {formatCount(wholeRequests(budgetRequests * remaining))} of{' '}
        {formatQuantity(wholeRequests(budgetRequests), 'failed request')}
      </Quantity>{' '}
      over {formatWindow(budget.window)}.
      <Outlook budget={budget} />
    </>
  );
}

type PastWindow = ErrorBudgetResponse['pastWindows'][number];

const outcomes = {
  true: { words: 'kept', icon: <RiCheckLine />, style: styles.kept },
  false: { words: 'broken', icon: <RiCloseLine />, style: styles.broken },
  null: { words: 'unknown', icon: <RiQuestionLine />, style: styles.unknown },
};

/** Earlier whole windows, oldest first: whether each kept the objective. */
function PastWindows(props: { windows: PastWindow[] }) {
  const oldestFirst = [...props.windows].reverse();
  return (
    <ul className={styles.windows}>
      {oldestFirst.map(past => {
        const { words, icon, style } = outcomes[`${past.kept}`];
        return (
          <li key={past.from} className={`${styles.window} ${style}`}>
            <span className={styles.outcome}>
              <span aria-hidden="true" className={styles.icon}>
                {icon}
              </span>
              {words}
            </span>
            <span className={styles.ratio}>
              {past.ratio === null ? '–' : formatRatio(past.ratio)}
            </span>
            <span className={styles.span}>
              {formatDay(past.from)} – {formatDay(past.to)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const sources = {
  promised: 'promised today',
  recommended: 'recommended, nothing is promised',
  requested: 'as asked for',
};

/** State, objective and evidence of a budget. */
function BudgetFacts(props: { budget: Analysed<KnownBudget> }) {
  const { budget } = props;
  return (
    <FactList label="Objective and evidence">
      <BudgetStateFact budget={budget} />
      {budget.datasource?.simulated && <SimulatedFact />}
      <Fact icon={<RiFocus2Line />}>
        objective {formatRatio(budget.objective)} over rolling{' '}
        {formatWindow(budget.window)}
        {budget.objectiveSource && `, ${sources[budget.objectiveSource]}`}
      </Fact>
      <CompletenessFact completeness={budget.completeness} />
      <AsOfFact asOf={budget.asOf} />
    </FactList>
  );
}

const BurnDownChart = lazy(() => import('./BurnDownChart'));

/** A budget whose numbers are known. */
function BudgetView(props: { budget: Analysed<KnownBudget> }) {
  const { budget } = props;
  const span = formatWindow(budget.window);
  return (
    <>
      <DataCaveat {...budget} />
      <Lead sentence={<BudgetSentence budget={budget} />}>
        <BudgetFacts budget={budget} />
      </Lead>
      <BurnRateTiles burnRates={budget.burnRates} />
      <Panel
        title="Budget over the window"
        description={`Share of the budget for ${span} left, as the window went on`}
      >
        <LazyChart height={300}>
          <BurnDownChart burnDown={budget.burnDown} />
        </LazyChart>
      </Panel>
      <Panel
        title="Past windows"
        description={`Whether ${formatRatio(
          budget.objective,
        )} was kept over earlier windows of ${span}`}
      >
        {budget.pastWindows.length > 0 ? (
          <PastWindows windows={budget.pastWindows} />
        ) : (
          <span>No earlier whole window is known yet.</span>
        )}
      </Panel>
    </>
  );
}

const load = (api: SloRecommenderApi, entityRef: string) =>
  api.getErrorBudget(entityRef);

/** The Error budget tab of an entity: how much is left, how fast it goes, and how it went before. */
export function ErrorBudgetTab() {
  return (
    <ServiceBoundary awaited="the error budget" load={load}>
      {budget =>
        isKnownBudget(budget) ? (
          <BudgetView budget={budget} />
        ) : (
          <UnknownBudget budget={budget} />
        )
      }
    </ServiceBoundary>
  );
}
