import {
  RiFlaskLine,
  RiHistoryLine,
  RiPieChartLine,
  RiTimeLine,
} from '@remixicon/react';
import { formatAge, formatInstant, formatRatio, isLongAgo } from '../words';
import { Fact } from './Fact';

/** Share of hours known from which on gaps are not worth a warning. */
export const ENOUGH_COMPLETENESS = 0.95;

/** Stands wherever numbers are shown that come from a simulation. */
export function SimulatedFact() {
  return (
    <Fact tone="info" icon={<RiFlaskLine />}>
      simulated, not measured
    </Fact>
  );
}

/** The instant up to which telemetry was used, and how long ago that is. */
export function AsOfFact(props: { asOf: string }) {
  const { asOf } = props;
  const words = `as of ${formatInstant(asOf)}, ${formatAge(asOf)}`;
  return isLongAgo(asOf) ? (
    <Fact tone="warning" icon={<RiHistoryLine />}>
      {words}: not the present
    </Fact>
  ) : (
    <Fact icon={<RiTimeLine />}>{words}</Fact>
  );
}

/** How much of the time is known at all. */
export function CompletenessFact(props: {
  /** A fraction in [0, 1]. */
  completeness: number;
}) {
  const { completeness } = props;
  return (
    <Fact
      tone={completeness >= ENOUGH_COMPLETENESS ? 'neutral' : 'warning'}
      icon={<RiPieChartLine />}
    >
      {formatRatio(completeness)} of the hours known
    </Fact>
  );
}
