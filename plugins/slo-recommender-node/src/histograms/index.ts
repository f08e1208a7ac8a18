export {
  areSameBounds,
  mergedBuckets,
  sumHistograms,
  type Histogram,
} from './histogram';
export { HistogramHours } from './HistogramHours';
