export { EvidenceFacts } from './EvidenceFacts';
export { PromiseSentence } from './PromiseSentence';
export { testedFacts } from './testedFacts';
