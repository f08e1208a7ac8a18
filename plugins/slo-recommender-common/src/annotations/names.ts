const PREFIX = 'slo-recommender.io';

export const ENABLED_ANNOTATION = `${PREFIX}/enabled`;
export const TELEMETRY_NAME_ANNOTATION = `${PREFIX}/telemetry-name`;
export const DATASOURCE_ANNOTATION = `${PREFIX}/datasource`;
export const MATCHERS_ANNOTATION = `${PREFIX}/matchers`;
export const CRITICALITY_ANNOTATION = `${PREFIX}/criticality`;
export const AVAILABILITY_OBJECTIVE_ANNOTATION = `${PREFIX}/availability-objective`;
export const LATENCY_OBJECTIVE_ANNOTATION = `${PREFIX}/latency-objective`;
export const WINDOW_ANNOTATION = `${PREFIX}/window`;
export const SOFT_DEPENDENCIES_ANNOTATION = `${PREFIX}/soft-dependencies`;
export const ASYNC_DEPENDENCIES_ANNOTATION = `${PREFIX}/async-dependencies`;
export const REDUNDANCY_ANNOTATION = `${PREFIX}/redundancy`;
export const PUBLISHED_SLA_ANNOTATION = `${PREFIX}/published-sla`;
export const JOURNEY_ANNOTATION = `${PREFIX}/journey`;
/** Written by the catalog processor: callees whose relation it emitted, and that the entity does not declare itself. */
export const OBSERVED_DEPENDENCIES_ANNOTATION = `${PREFIX}/observed-dependencies`;

export const annotationPrefix = `${PREFIX}/`;
