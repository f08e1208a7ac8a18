import {
  type DataQualityFinding,
  nameKind,
  type NameKind,
} from 'backstage-plugin-slo-recommender-node';
import { type Dialect, isTemplate } from '../dialects/types';
import { percent } from './figures';
import {
  KEEP_IDLE_SERIES,
  METRICS_BEFORE_SAMPLING,
  SPAN_METRICS,
} from './snippets';

/** What is to be known of counts that come from a service graph. */
export const SERVICE_GRAPH_FINDINGS: readonly DataQualityFinding[] = [
  {
    code: 'client_mistakes_counted',
    severity: 'warning',
    message:
      'Failures come from the service graph, which counts a call as failed when either side says so. Callers mark 4xx answers as errors, so their mistakes count against this service.',
    fix: 'Record metrics of the service’s own server spans or of its HTTP server, by status code.',
    snippet: SPAN_METRICS,
    gain: 'Only answers that are the service’s fault count, and a higher objective may be within reach.',
  },
  {
    code: 'attempts_counted',
    severity: 'info',
    message:
      'The service graph has one span for each attempt. A call that a caller repeated counts as several requests, and as failed although the repetition may have succeeded.',
    fix: 'Record server metrics of the service, or read its ratio as that of attempts.',
    snippet: null,
    gain: 'The ratio is that of requests as users see them.',
  },
];

export const INTERNAL_SPANS: DataQualityFinding = {
  code: 'internal_spans_counted',
  severity: 'warning',
  message:
    'This service has no server or consumer spans, so its internal spans are counted, each as a request. A run that consists of several spans counts several times, and if one of them fails the others count as good.',
  fix: 'Give the span of each run the kind CONSUMER, or SERVER if it is called.',
  snippet: null,
  gain: 'Each run counts once, and has a latency.',
};

export function ambiguousName(
  name: string,
  candidates: readonly string[],
): DataQualityFinding {
  const some = candidates.slice(0, 5).map(candidate => `'${candidate}'`);
  return {
    code: 'ambiguous_name',
    severity: 'warning',
    message: `'${name}' is the name of ${
      candidates.length
    } services in different namespaces: ${some.join(', ')}${
      candidates.length > some.length ? ', …' : ''
    }. None of them was used.`,
    fix: 'Write the name with its namespace in the annotation slo-recommender.io/telemetry-name.',
    snippet: {
      title: 'catalog-info.yaml',
      language: 'yaml',
      text: `metadata:\n  annotations:\n    slo-recommender.io/telemetry-name: ${JSON.stringify(
        candidates[0],
      )}\n`,
    },
    gain: 'The metrics of the service are found.',
  };
}

/** @param value - the one of several that was used. */
export function nameByNamespace(
  name: string,
  value: string,
  candidates: number,
): DataQualityFinding {
  return {
    code: 'name_by_namespace',
    severity: 'info',
    message: `'${name}' is the name of ${candidates} services in different namespaces. '${value}' was used: it is in the namespace of the entity, or the only one that no other entity is annotated with.`,
    fix: 'If it is another one, write its name with the namespace in the annotation slo-recommender.io/telemetry-name.',
    snippet: null,
    gain: null,
  };
}

const UNUSABLE: Record<Exclude<NameKind, 'service'>, string> = {
  address:
    'is an address, which belongs to one pod today and to another tomorrow',
  placeholder:
    'is what programs write that have no name, so that many share it',
  personal: 'looks like personal data or a secret, and is not shown',
};

/** Says which names of a service identify no service, so that nothing was counted by them. */
export function unusableNames(names: readonly string[]): DataQualityFinding[] {
  return names.flatMap(name => {
    const kind = nameKind(name);
    if (kind === 'service') return [];
    const subject =
      kind === 'personal' ? 'A name of this service' : `'${name}'`;
    return [
      {
        code: 'unusable_name',
        severity: 'warning',
        message: `${subject} ${UNUSABLE[kind]}. It was not used.`,
        fix: 'Give the service a name of its own: set OTEL_SERVICE_NAME where it runs, and write the same name in the annotation slo-recommender.io/telemetry-name.',
        snippet: null,
        gain: 'The metrics of the service are found.',
      },
    ];
  });
}

/** @param places - names with their namespaces, oldest first. */
export function movedName(
  name: string,
  places: readonly string[],
): DataQualityFinding {
  return {
    code: 'moved_name',
    severity: 'info',
    message: `'${name}' was ${places
      .map(place => `'${place}'`)
      .join(
        ', then ',
      )}. They followed one another, so they are taken for one service that moved.`,
    fix: 'If they are different services, write the name with its namespace in the annotation slo-recommender.io/telemetry-name.',
    snippet: null,
    gain: null,
  };
}

/** @param value - as the metrics have the name. */
export function otherCase(name: string, value: string): DataQualityFinding {
  return {
    code: 'name_in_other_case',
    severity: 'warning',
    message: `No metric has the name '${name}', but there is '${value}', which differs in upper and lower case. It was not used, as it may be another service.`,
    fix: 'If it is this one, write the name as the metrics have it in the annotation slo-recommender.io/telemetry-name.',
    snippet: {
      title: 'catalog-info.yaml',
      language: 'yaml',
      text: `metadata:\n  annotations:\n    slo-recommender.io/telemetry-name: ${JSON.stringify(
        value,
      )}\n`,
    },
    gain: 'The metrics of the service are found.',
  };
}

/** Of a template whose result names no service. */
export function templateWithoutLabel({
  serviceLabel,
}: Dialect): DataQualityFinding {
  return {
    code: 'template_without_label',
    severity: 'warning',
    message: `The query under templates.requests of the datasource has a result, but the result has no label ${serviceLabel}, so that nothing shows which service it is of.`,
    fix: `Sum by (${serviceLabel}) in both queries, or name in templates.serviceLabel the label that the result has.`,
    snippet: null,
    gain: 'The requests of the services are counted.',
  };
}

/** @param filledHours - hours of the range that only the second kind of evidence knows. */
export function mixedEvidence(
  better: Dialect,
  other: Dialect,
  filledHours: number,
): DataQualityFinding {
  return {
    code: 'mixed_evidence',
    severity: 'info',
    message: `${nameOf(better)} does not know this service all the time: ${filledHours} ${
      filledHours === 1 ? 'hour was' : 'hours were'
    } counted by ${nameOf(other)}. Both may not agree on what a request and a failure are.`,
    fix: 'None is needed once one kind of metrics covers the whole range; set dialect of the datasource to use that one only.',
    snippet: null,
    gain: 'All hours are counted in the same way.',
  };
}

const inWords = (hours: number) => (hours === 1 ? '1 hour' : `${hours} hours`);

/** @param added - hours in which both count, and all requests and those of the other in them. */
export function twoForms(
  own: Dialect,
  other: Dialect,
  added: { hours: number; requests: number; otherRequests: number },
): DataQualityFinding {
  return {
    code: 'two_forms',
    severity: 'info',
    message: `Instances of this service write two forms of the same metric: in ${inWords(
      added.hours,
    )} ${percent(
      added.otherRequests / added.requests,
    )} of the requests were counted by ${nameOf(
      other,
    )}, by other instances than those of ${nameOf(own)}. Both are added up.`,
    fix: 'Update all instances to the newer form.',
    snippet: null,
    gain: 'All instances are counted in the same way.',
  };
}

/** @param hours - hours in which the series of an idle service were dropped. */
export function idleHours(hours: number): DataQualityFinding {
  return {
    code: 'idle_hours',
    severity: 'info',
    message: `${inWords(hours)} without telemetry of this service ${
      hours === 1 ? 'is' : 'are'
    } counted as ${
      hours === 1 ? 'an hour' : 'hours'
    } without requests: its scrape target was there, and the exporter drops series that idle. Whether the service was able to answer then is not known.`,
    fix: 'Let exporters keep series that idle.',
    snippet: KEEP_IDLE_SERIES,
    gain: 'Hours without requests can be told from hours without telemetry.',
  };
}

/** @param hours - hours in which a busy service was silent although its scrape target was there. */
export function unexplainedSilence(hours: number): DataQualityFinding {
  return {
    code: 'unexplained_silence',
    severity: 'warning',
    message: `There is no telemetry of this service in ${inWords(
      hours,
    )} in which it usually has requests, although its scrape target was there. It may have been down, or its telemetry did not arrive. These hours are left out, so the objective may be too high.`,
    fix: 'Check what happened in these hours. Metrics of its callers, such as a service graph or a mesh, show failures that the service itself cannot.',
    snippet: null,
    gain: 'Outages count.',
  };
}

export function failuresAtCallers(
  dialect: Dialect,
  {
    failures,
    hours,
    outageHours,
  }: { failures: number; hours: number; outageHours: number },
): DataQualityFinding {
  return {
    code: 'failures_at_callers',
    severity: 'warning',
    message: `${failures} calls in ${inWords(
      hours,
    )} failed without reaching this service: only ${nameOf(
      dialect,
    )} has them, as its callers saw them.${
      outageHours > 0
        ? ` In ${inWords(outageHours)} of them the service itself counted no request.`
        : ''
    } They are counted as failed requests.`,
    fix: 'Check what happened in these hours: whether instances were down, restarted or overloaded, or the way to them was broken.',
    snippet: null,
    gain: null,
  };
}

/** @param share - of the requests of the last day, as callers saw them. */
export function outageUndercounted(
  hours: number,
  share: number,
): DataQualityFinding {
  return {
    code: 'outage_undercounted',
    severity: 'warning',
    message: `Of an outage of ${inWords(
      hours,
    )} only the calls are counted that callers saw, and in the last day these were ${percent(
      share,
    )} of the requests. The outage weighs too little, so the objective may be too high.`,
    fix: 'Let all callers be seen: make the service graph before traces are sampled.',
    snippet: METRICS_BEFORE_SAMPLING,
    gain: 'Outages count with all calls that failed.',
  };
}

export function nameOf({ id, source }: Dialect): string {
  return isTemplate(source) ? id : `${id} (${source.metric})`;
}
