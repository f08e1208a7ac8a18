/** What the frontier and the histogram below it share, so that their thresholds stand one above the other. */
export const AXIS_WIDTH = 64;
export const MARGIN = { top: 12, right: 12, bottom: 0, left: 0 };
