export type { CatalogEntity, Criticality } from '../kernel/CatalogEntity';
export * from './EntityStore';
export * from './FleetStore';
export * from './VisibleSetStore';
