/** What the charts of the history share, so that their days stand one below the other. */
export const AXIS_WIDTH = 64;
export const MARGIN = { top: 8, right: 8, bottom: 0, left: 0 };
export const SYNC_ID = 'achieved';
