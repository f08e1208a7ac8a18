export { groupServices } from './groupServices';
export {
  asksForEveryName,
  isSmallInstallation,
  namesPerQuery,
} from './querySize';
export { planHistogramParts } from './histogramParts';
export { countSeries } from './seriesCounts';
