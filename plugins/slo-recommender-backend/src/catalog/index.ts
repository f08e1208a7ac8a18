export { CatalogSync } from './CatalogSync';
