import { RiCalendarLine, RiDatabase2Line } from '@remixicon/react';
import type { DataQuality } from 'backstage-plugin-slo-recommender-common';
import type { ReactNode } from 'react';
import {
  AsOfFact,
  CompletenessFact,
  Fact,
  FactList,
  SimulatedFact,
} from '../../ui';
import { formatQuantity } from '../../words';

function historyWords(days: number): string {
  return days < 1
    ? 'less than a day of data'
    : `${formatQuantity(Math.floor(days), 'day')} of data`;
}

/** The evidence behind the numbers of a page, and how old it is. */
export function EvidenceFacts(props: {
  quality: DataQuality;
  asOf: string;
  /** Facts about how the numbers were tested, which stand first. */
  children?: ReactNode;
}) {
  const { quality, asOf, children } = props;
  return (
    <FactList label="Evidence">
      {quality.simulated && <SimulatedFact />}
      {children}
      <Fact icon={<RiCalendarLine />}>{historyWords(quality.historyDays)}</Fact>
      <CompletenessFact completeness={quality.completeness} />
      {quality.source && (
        <Fact icon={<RiDatabase2Line />}>from {quality.source}</Fact>
      )}
      <AsOfFact asOf={asOf} />
    </FactList>
  );
}
