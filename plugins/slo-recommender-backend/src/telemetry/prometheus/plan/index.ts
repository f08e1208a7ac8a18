export { groupServices } from './groupServices';
export { asksForEveryName, namesPerQuery } from './querySize';
