export { FleetPage } from './FleetViews';
export { LegacyFleetPage } from './LegacyFleetPage';
