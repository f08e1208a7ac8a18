export { daysOfRange, type DaySlice } from './daysOfRange';
export {
  DAY_MS,
  SimulatedCompany,
  type SimulatedCompanyOptions,
} from './SimulatedCompany';
export type { CompanyDay, DayCounts } from './simulateDay';
