import {
  RiEyeLine,
  RiFileTextLine,
  RiHistoryLine,
  RiLoopRightLine,
  RiQuestionLine,
} from '@remixicon/react';

/** What stands for the states of services and calls wherever dependencies are shown. */
export const UNDECLARED_ICON = <RiQuestionLine />;
export const CYCLE_ICON = <RiLoopRightLine />;
export const OBSERVED_ONLY_ICON = <RiEyeLine />;
export const DECLARED_ONLY_ICON = <RiFileTextLine />;
export const STALE_ICON = <RiHistoryLine />;
