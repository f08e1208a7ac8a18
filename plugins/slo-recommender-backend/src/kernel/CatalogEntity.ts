import type {
  AnnotationIssue,
  Criticality,
  LabelMatcher,
  LatencyObjective,
} from 'backstage-plugin-slo-recommender-common';

/** A catalog entity as far as this plugin needs it. */
export interface CatalogEntity {
  entityRef: string;
  /** True where the entity takes part: it is a service of ours. */
  optedIn: boolean;
  kind: string;
  title: string;
  type: string | null;
  owner: string | null;
  system: string | null;
  criticality: Criticality | null;
  /** Datasource named by annotation; null is the first configured one. */
  datasourceId: string | null;
  promisedObjective: number | null;
  promisedLatency: LatencyObjective | null;
  /** Objective window by annotation, in milliseconds; null is the configured one. */
  windowMs: number | null;
  telemetryNames: string[];
  /** Which series of its metrics count; null for all of them. */
  matchers: LabelMatcher[] | null;
  annotationIssues: AnnotationIssue[];
}
