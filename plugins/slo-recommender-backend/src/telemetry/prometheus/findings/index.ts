export { ambiguousName, mixedEvidence } from './evidenceFindings';
export { findingsOf } from './findingsOf';
export { bucketFloor, latencyFindings } from './latencyFindings';
export { SPAN_DIALECTS, whyNotSpans } from './preferMetrics';
