export { BudgetStateFact } from './BudgetStateFact';
export { ErrorBudgetTab } from './ErrorBudgetTab';
export { UnknownBudgetFacts } from './UnknownBudgetFacts';
export { knownBudget, type KnownBudget } from './knownBudget';
