export { BacktestPanel } from './BacktestPanel';
