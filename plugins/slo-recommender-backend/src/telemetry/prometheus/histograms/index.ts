export { fetchHourlyLatencies } from './fetchHourlyLatencies';
