export { ErrorBudgetTab } from './ErrorBudgetTab';
export { UnknownBudgetFacts } from './UnknownBudget';
export {
  isKnownBudget,
  type KnownBudget,
  BudgetStateFact,
} from './knownBudget';
