export * from './primitives';
export * from './services';
export * from './recommendations';
export * from './errorBudget';
export * from './analyses';
export * from './dependencies';
