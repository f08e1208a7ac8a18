export { DataCaveat } from './DataCaveat';
export { DataQualityList } from './DataQualityList';
export { Findings } from './Findings';
