export { ChartFrame } from './ChartFrame';
export { Hatching } from './Hatching';
export { Legend, type LegendEntry } from './Legend';
export {
  MarkedPlot,
  percentOf,
  type PlotInsets,
  type PlotMark,
} from './MarkedPlot';
export { type Marker, MarkerShape } from './MarkerShape';
export { TooltipBox } from './TooltipBox';
