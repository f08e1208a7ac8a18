export {
  errorBudget,
  type ErrorBudget,
  type ErrorBudgetInput,
} from './errorBudget';
export { burnRate, burnRatesOf, type BurnRate } from './burnRates';
export { burnDownOf, type BurnDownPoint } from './burnDown';
export { findExhaustion } from './exhaustion';
export { pastWindowsOf, type PastWindow } from './pastWindows';
