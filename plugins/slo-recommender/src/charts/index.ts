export { ChartFrame } from './ChartFrame';
export type { LegendEntry } from './Legend';
export { TooltipBox } from './TooltipBox';
