export {
  studyService,
  type ServiceEvidence,
  type StudiedService,
} from './studyService';
export { concludeService, type Fleet } from './concludeService';
export { FleetKnowledge } from './FleetKnowledge';
export { recommendService, type Overrides } from './recommendService';
