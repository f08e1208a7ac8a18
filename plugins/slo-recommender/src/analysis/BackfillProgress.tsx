import { RiTimer2Line } from '@remixicon/react';
import type { BackfillProgress as Backfill } from 'backstage-plugin-slo-recommender-common';
import { Fact, FactList } from '../pieces';
import { formatCompactCount, formatCount, formatMinutes } from '../words';

/** How much of the history is fetched already, and how long the rest takes. */
export function BackfillProgress(props: { backfill: Backfill }) {
  const {
    services,
    servicesDone,
    serviceHours,
    serviceHoursDone,
    secondsLeft,
  } = props.backfill;
  return (
    <FactList label="Fetching of the history">
      <Fact>
        {formatCount(servicesDone)} of {formatCount(services)} services done
      </Fact>
      <Fact>
        {formatCompactCount(serviceHoursDone)} of{' '}
        {formatCompactCount(serviceHours)} service hours fetched
      </Fact>
      <Fact icon={<RiTimer2Line />}>
        {secondsLeft === null
          ? 'time left unknown yet'
          : `about ${formatMinutes(secondsLeft / 60)} left`}
      </Fact>
    </FactList>
  );
}
