import {
  RiArrowUpLine,
  RiCheckLine,
  RiCloseCircleLine,
  RiErrorWarningLine,
  RiSubtractLine,
  RiEyeLine,
  RiFileTextLine,
  RiHistoryLine,
  RiLoopRightLine,
  RiQuestionLine,
} from '@remixicon/react';
import type { ReactElement } from 'react';
import type { Tone } from './Fact';

const icons: Record<Tone, ReactElement> = {
  positive: <RiCheckLine />,
  info: <RiArrowUpLine />,
  neutral: <RiSubtractLine />,
  warning: <RiErrorWarningLine />,
  negative: <RiCloseCircleLine />,
};

/** The sign that says the same as a tone without its colour. */
export const stateIcon = (tone: Tone) => icons[tone];

/** Shares of failed calls from which on they are worth a look, and are grave. */
const SOME_FAIL = 0.001;
const MANY_FAIL = 0.01;

/** How grave a share of failed calls is. */
export function failureTone(failureRatio: number | null): Tone {
  if (failureRatio === null || failureRatio < SOME_FAIL) return 'neutral';
  return failureRatio < MANY_FAIL ? 'warning' : 'negative';
}

/** What stands for the states of services and calls wherever dependencies are shown. */
export const UNDECLARED_ICON = <RiQuestionLine />;
export const CYCLE_ICON = <RiLoopRightLine />;
export const OBSERVED_ONLY_ICON = <RiEyeLine />;
export const DECLARED_ONLY_ICON = <RiFileTextLine />;
export const STALE_ICON = <RiHistoryLine />;
