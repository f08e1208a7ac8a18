export { DataQualityList } from './DataQualityList';
export { Findings } from './Findings';
