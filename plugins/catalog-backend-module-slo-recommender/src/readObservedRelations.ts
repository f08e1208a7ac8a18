import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';

const KEY = 'sloRecommender.catalog.observedRelations';

/** Whether relations are asked for. What cannot be understood is logged and means no: the catalog must not fail over it. */
export function readObservedRelations(
  config: RootConfigService,
  logger: LoggerService,
): boolean {
  try {
    return config.getOptionalBoolean(KEY) ?? false;
  } catch {
    logger.error(
      `${KEY} cannot be used, and no relations are added. Write true or false.`,
    );
    return false;
  }
}
