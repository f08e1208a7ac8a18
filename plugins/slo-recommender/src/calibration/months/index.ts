export { MonthsPanel } from './MonthsPanel';
