export { failureMessage, isForbidden, isNotFound, toError } from './errors';
export { usePages } from './usePages';
export { useResource, type Resource } from './useResource';
export { useAnalysisFinished, useStatus } from './useStatus';
