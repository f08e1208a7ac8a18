import {
  RiArrowUpLine,
  RiCheckLine,
  RiCloseCircleLine,
  RiErrorWarningLine,
  RiSubtractLine,
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
