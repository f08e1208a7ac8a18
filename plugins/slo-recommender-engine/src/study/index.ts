export { studySli, type SliInput, type SliStudy } from './studySli';
