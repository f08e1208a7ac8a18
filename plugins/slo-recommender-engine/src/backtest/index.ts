export {
  QUANTILE_LEVELS,
  replay,
  replayStepMs,
  type PastForecast,
} from './replay';
