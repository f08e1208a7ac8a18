export { ExclusionsPanel } from './ExclusionsPanel';
