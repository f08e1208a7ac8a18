export { CatalogSync } from './CatalogSync';
export { analysedServices, readServices } from './readServices';
