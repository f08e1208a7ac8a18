export { ambiguousName, mixedEvidence } from './evidenceFindings';
export { findingsOf } from './findingsOf';
export { SPAN_DIALECTS, whyNotSpans } from './preferMetrics';
