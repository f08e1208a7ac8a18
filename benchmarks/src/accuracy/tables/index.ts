export { confidenceTable } from './confidenceTable';
export { methodsTable } from './methodsTable';
export { pitTable } from './pitTable';
export { requirementsTable } from './requirementsTable';
export { strataTable } from './strataTable';
