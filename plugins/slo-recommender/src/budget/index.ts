export { BudgetStateFact } from './BudgetStateFact';
export { ErrorBudgetTab } from './ErrorBudgetTab';
export { knownBudget, type KnownBudget } from './knownBudget';
