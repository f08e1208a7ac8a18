export { parseDuration, formatDuration } from './duration';
export { formatRatio, formatProbability } from './ratio';
