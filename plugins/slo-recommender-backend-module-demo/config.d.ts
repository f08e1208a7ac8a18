export interface Config {
  sloRecommender?: {
    datasources?: Array<{
      /**
       * With `type: simulated`: another number gives the simulated company other noise and other incidents. A whole
       * number, default 1. Do not change it while counts are stored.
       */
      seed?: number;
      /**
       * With `type: simulated`: the UTC day that the company's stories are dated from, for example '2026-01-31'. By
       * default the day on which the portal first starts with this database.
       */
      anchor?: string;
    }>;
  };
}
