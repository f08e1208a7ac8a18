export {
  Hatching,
  Legend,
  type LegendEntry,
  type Marker,
  MarkerShape,
} from './Legend';
export {
  MarkedPlot,
  percentOf,
  type PlotInsets,
  type PlotMark,
} from './MarkedPlot';
export {
  AXIS_WIDTH,
  Curve,
  Plot,
  RatioAxis,
  TooltipBox,
  ValueAxis,
} from './Plot';
