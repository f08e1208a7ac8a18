export { failureMessage, isForbidden, isNotFound, toError } from './errors';
export { useAction } from './useAction';
export {
  ENTRIES_PER_PAGE,
  type Page,
  useAddress,
  usePage,
  usePages,
} from './usePages';
export { useResource, type Resource } from './useResource';
export { useAnalysisFinished, useStatus } from './useStatus';
