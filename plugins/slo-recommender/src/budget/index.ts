export { ErrorBudgetTab } from './ErrorBudgetTab';
export { UnknownBudgetFacts } from './UnknownBudget';
export { knownBudget, type KnownBudget, BudgetStateFact } from './knownBudget';
