export { failureMessage } from './failureMessage';
export { isNotFound } from './isNotFound';
export { useResource, type Resource } from './useResource';
export { useAnalysisFinished, useStatus } from './useStatus';
