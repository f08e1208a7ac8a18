export { failureMessage } from './failureMessage';
export { isForbidden } from './isForbidden';
export { isNotFound } from './isNotFound';
export { toError } from './toError';
export { usePages } from './usePages';
export { useResource, type Resource } from './useResource';
export { useAnalysisFinished, useStatus } from './useStatus';
