export { ServicesReader } from './ServicesReader';
export { Visibility } from './Visibility';
