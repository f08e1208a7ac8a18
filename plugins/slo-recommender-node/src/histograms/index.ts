export { areSameBounds, sumHistograms, type Histogram } from './histogram';
export { HistogramHours } from './HistogramHours';
