export * from './expressions';
export { printExpression, printSelector } from './print';
export { isQuotable } from './quoting';
