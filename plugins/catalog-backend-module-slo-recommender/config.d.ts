export interface Config {
  sloRecommender?: {
    catalog?: {
      /**
       * Whether the catalog gets `dependsOn` and `dependencyOf` relations for dependencies that were observed and that
       * nobody declared. Default false.
       */
      observedRelations?: boolean;
    };
  };
}
