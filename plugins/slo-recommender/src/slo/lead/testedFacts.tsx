import {
  RiGroupLine,
  RiQuestionLine,
  RiScales3Line,
  RiShieldCheckLine,
} from '@remixicon/react';
import {
  type EvidenceLevel,
  type Recommendation,
  TIER_ATTAINMENT,
} from 'backstage-plugin-slo-recommender-common';
import type { ReactElement } from 'react';
import { Fact, stateIcon, type Tone } from '../../ui';
import {
  coverageState,
  formatProbabilityInWords,
  formatQuantity,
  formatRatio,
} from '../../words';

/** At which the coverage of the fleet is given. */
const BALANCED = TIER_ATTAINMENT.balanced;

const levels: Record<
  EvidenceLevel,
  { tone: Tone; icon: ReactElement; words: string }
> = {
  conjecture: {
    tone: 'warning',
    icon: <RiQuestionLine />,
    words: 'conjecture: no test bears it out',
  },
  inference: {
    tone: 'info',
    icon: <RiScales3Line />,
    words: 'inference: tested on other services',
  },
  validated: {
    tone: 'positive',
    icon: <RiShieldCheckLine />,
    words: 'validated on its own past',
  },
};

function backtestFact({ backtest }: Recommendation) {
  if (!backtest || backtest.judged === 0) return null;
  const { judged, kept } = backtest;
  const tone: Tone = kept >= judged * BALANCED ? 'positive' : 'warning';
  return (
    <Fact key="backtest" tone={tone} icon={stateIcon(tone)}>
      held in {kept} of {judged} past windows, which overlap
    </Fact>
  );
}

function calibrationFact({ calibration, borrowed }: Recommendation) {
  // nothing of the kind was tested where peers stand in
  if (!calibration || borrowed) return null;
  const level = calibration.coverage.find(
    ({ nominal }) => Math.abs(nominal - BALANCED) < 1e-9,
  );
  const held =
    level &&
    `${formatRatio(level.observed)} of predictions at 90\u00a0% held across the fleet`;
  const fact = (tone: Tone, words: string) => (
    <Fact key="calibration" tone={tone} icon={stateIcon(tone)}>
      {words}
    </Fact>
  );
  if (calibration.state === 'uncalibrated') {
    return fact(
      'warning',
      `uncalibrated: ${held ?? 'too few past windows to test such predictions'}`,
    );
  }
  if (level && coverageState(level, calibration.windows) !== 'within') {
    return fact('neutral', `calibrated, hardly tested: ${held}`);
  }
  return fact(
    'positive',
    held ? `calibrated: ${held}` : 'calibrated on the fleet',
  );
}

/** How a recommendation was tested, and how far that goes: a fact for each thing that is known. */
export function testedFacts(recommendation: Recommendation): ReactElement[] {
  const { borrowed, level, confidence } = recommendation;
  return [
    borrowed && (
      <Fact key="borrowed" tone="warning" icon={<RiGroupLine />}>
        borrowed from {formatQuantity(borrowed.peers, 'peer')}
      </Fact>
    ),
    level && (
      <Fact key="level" tone={levels[level].tone} icon={levels[level].icon}>
        {levels[level].words}
      </Fact>
    ),
    backtestFact(recommendation),
    calibrationFact(recommendation),
    confidence !== null && (
      <Fact key="confidence" icon={<RiScales3Line />}>
        confidence {formatProbabilityInWords(confidence)}
      </Fact>
    ),
  ].filter(fact => fact !== null && fact !== false);
}
