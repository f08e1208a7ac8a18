export { explain } from './explain';
export type {
  BorrowedFacts,
  ExclusionFacts,
  ExplanationFacts,
  RegimeFacts,
} from './ExplanationFacts';
