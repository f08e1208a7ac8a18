export { ambiguousName } from './evidenceFindings';
export { findingsOf } from './findingsOf';
