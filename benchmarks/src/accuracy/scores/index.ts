export { judge, LEVELS, type Judged } from './judge';
export { coverageOf, pitHistogram, summarise } from './summarise';
export { inStratum, STRATA } from './strata';
export { confidenceCorrelation, confidenceGroups } from './confidence';
