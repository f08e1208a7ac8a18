export { studyService, type StudiedService } from './studyService';
export {
  type BacktestedService,
  type ConcludedService,
  concludeService,
  type Fleet,
} from './concludeService';
export { FleetKnowledge } from './FleetKnowledge';
