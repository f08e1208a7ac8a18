export { CoveragePanel } from './CoveragePanel';
