export { CyclePage } from './CyclePage';
export { Cycles } from './Cycles';
