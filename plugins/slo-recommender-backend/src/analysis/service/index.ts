export { studyService, type StudiedService } from './studyService';
export { concludeService, type Fleet } from './concludeService';
export { FleetKnowledge } from './FleetKnowledge';
