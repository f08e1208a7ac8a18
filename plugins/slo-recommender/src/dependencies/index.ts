export { DependenciesTab } from './DependenciesTab';
