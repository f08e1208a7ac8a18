import { setImmediate } from 'node:timers/promises';
import type {
  HourlyCountsAnswer,
  HourRange,
  TelemetryRequestOptions,
  TelemetryService,
} from 'backstage-plugin-slo-recommender-node';
import type { PrometheusClient } from '../client/PrometheusClient';
import {
  type Identified,
  identify,
  identifyIn,
  usableNames,
} from '../dialects/identity';
import { otherForm } from '../dialects/forms';
import { settleMoves } from '../dialects/moves';
import { planAttempts } from '../dialects/resolve';
import { type Dialect, isTemplate } from '../dialects/types';
import { addHours, countHours, isShort } from '../hours';
import { otherCase, templateWithoutLabel } from '../findings/evidenceFindings';
import type { DatasourceSurvey } from '../survey/DatasourceSurvey';
import { fetchNames, type NamedHours } from './fetchNames';
import { FoundCounts } from './FoundCounts';
import { sumToHourlyCounts } from './outcomeSamples';
import { isSmallInstallation } from './parts';

/** Hours before the end of a short range that show whether silence is usual, and names that show their targets. */
const RECALLED_HOURS = 8 * 24;
const MOST_COMPANIONS = 50;

const SERVICES_PER_SLICE = 200;

/**
 * Requests and failures per hour of every service that the server knows under any of its names, from the best
 * evidence that has any of them, and what there is to say about it. Hours that it does not know are filled from the
 * next best that knows the service for longer. Hours that no evidence knows have no requests if the service was idle.
 */
export async function fetchHourlyCounts(
  client: PrometheusClient,
  survey: DatasourceSurvey,
  services: readonly TelemetryService[],
  range: HourRange,
  { signal, onProgress }: TelemetryRequestOptions,
): Promise<HourlyCountsAnswer> {
  const hours = countHours(range);
  if (hours === 0 || services.length === 0) {
    onProgress?.(1);
    return { counts: new Map(), findings: new Map(), warnings: [] };
  }
  const resolution = await survey.resolve(range, signal);
  const review = await survey.reviewAt(range, signal);
  const warnings = new Set(resolution.inventory.warnings);
  const callers = await survey.failuresAtCallers(range, signal);
  callers
    .flatMap(({ seen }) => seen.warnings)
    .forEach(warning => warnings.add(warning));
  const fromMs = range.from.getTime();
  const found = services.map(
    service => new FoundCounts(service, { fromMs, hours, review, callers }),
  );
  const attempts = planAttempts(resolution);

  for (const [index, { dialect, use }] of attempts.entries()) {
    found.forEach(one => one.addFailuresAtCallers(dialect));
    const added =
      use === 'last resort' || dialect.isInternal
        ? []
        : await addOtherForm(
            dialect,
            attempts.slice(0, index).map(attempt => attempt.dialect),
          );
    const wanting = found.filter(one =>
      use === 'last resort'
        ? one.isPassedOver
        : one.isIncomplete &&
          !(dialect.isInternal && one.counts) &&
          !added.includes(one),
    );
    if (wanting.length === 0) {
      continue;
    }
    const discovered = await survey.namesOf(dialect, range, signal);
    discovered.warnings.forEach(warning => warnings.add(warning));
    const asked = identifyIn(
      dialect,
      usableNames(wanting.map(({ service }) => service)),
      discovered.names,
    );
    if (!isShort(range)) noteOtherCase(wanting, asked, discovered.names);
    const asking: FoundCounts[] = [];
    const known = wanting.filter(one => one.candidatesIn(asked).length > 0);
    for (const one of dialect.isInternal ? await onlyInternal(known) : known) {
      const values = one.candidatesIn(asked);
      if (one.counts) {
        if (await one.isKnownLongerTo(dialect, values, knownHours)) {
          asking.push(one);
        }
      } else if (use !== 'by rank' || !one.passOver(dialect, values)) {
        asking.push(one);
      }
    }
    const answer = await fetchNames(
      client,
      dialect,
      sorted(asking.flatMap(one => one.candidatesIn(asked))),
      range,
      {
        everyName: discovered.names,
        findsSilence: !isShort(range),
        signal,
        onProgress: share => onProgress?.((index + share) / attempts.length),
      },
    );
    answer.warnings.forEach(warning => warnings.add(warning));
    if (answer.lacksServiceLabel) {
      asking.forEach(one =>
        one.noteWhyUncounted(templateWithoutLabel(dialect)),
      );
    }
    const counted = identifyCounted(dialect, asking, asked, answer, hours);
    for (const [at, one] of asking.entries()) {
      // thousands of services take a while, and other work of the process must go on
      if (at % SERVICES_PER_SLICE === 0) await setImmediate();
      const names = one.valuesIn(counted);
      one.noteNames(counted);
      const counts = sumToHourlyCounts(
        names.flatMap(name => answer.byName.get(name) ?? []),
        hours,
        dialect,
      );
      if (counts) {
        const values = one.candidatesIn(asked);
        one.take(counts, { dialect, names, values });
      } else if (names.length > 0) {
        one.noteUncounted(dialect, names);
      }
    }
    const silent = asking.filter(one => one.mayBeIdle);
    const values = dialect.namespaceLabel ? asked : counted;
    const recalled = isShort(range)
      ? await recall(
          sorted(silent.flatMap(one => one.valuesIn(values))),
          { dialect, answer },
          discovered.names,
        )
      : { hours, ...answer };
    if (!recalled) {
      continue;
    }
    const recognised = identifyCounted(
      dialect,
      silent,
      asked,
      recalled,
      recalled.hours,
    );
    for (const one of silent) {
      const names = one.valuesIn(recognised);
      const counts = sumToHourlyCounts(
        names.flatMap(name => recalled.byName.get(name) ?? []),
        recalled.hours,
        dialect,
      );
      one.noteSilence(
        counts?.total ?? new Float64Array(recalled.hours).fill(NaN),
        names.flatMap(name => recalled.silent.get(name) ?? []),
        { dialect, names },
      );
    }
  }
  for (const one of found) {
    one.addFailuresAtCallers();
    one.settleSilence();
    one.explainMissingCounts();
  }
  // series of a short range may only have been idle
  if (!isShort(range)) {
    await explainSelection(found.filter(one => !one.counts));
  }
  onProgress?.(1);
  return {
    counts: new Map(
      found.flatMap(({ service, counts }) =>
        counts ? [[service.entityRef, counts] as const] : [],
      ),
    ),
    findings: new Map(
      found.flatMap(({ service, findings }) =>
        findings.length > 0 ? [[service.entityRef, findings] as const] : [],
      ),
    ),
    warnings: [...warnings],
  };

  /** Says of services whether they are known where nothing is selected. */
  async function explainSelection(missing: FoundCounts[]): Promise<void> {
    const { survey: everything, selection } = survey.unselected();
    if (selection.length === 0 || missing.length === 0) {
      return;
    }
    const { dialects } = await everything.resolve(range, signal);
    for (const dialect of dialects) {
      const { names } = await everything.namesOf(dialect, range, signal);
      if (!names) continue;
      const asked = identifyIn(
        dialect,
        usableNames(missing.map(({ service }) => service)),
        names,
      );
      for (const one of missing) {
        if (one.candidatesIn(asked).length > 0) {
          one.noteUnselected(dialect, selection);
        }
      }
    }
  }

  /** Services of which a month shows nothing but internal spans: those of others say nothing of an hour without requests. */
  async function onlyInternal(
    candidates: readonly FoundCounts[],
  ): Promise<FoundCounts[]> {
    let only = [...candidates];
    for (const dialect of resolution.dialects) {
      if (dialect.isInternal || only.length === 0) continue;
      const names = await survey.knownLately(dialect, range, signal);
      const asked = identifyIn(
        dialect,
        usableNames(only.map(({ service }) => service)),
        names ?? new Set(),
      );
      only = only.filter(one => one.candidatesIn(asked).length === 0);
    }
    return only;
  }

  function knownHours(dialect: Dialect) {
    return survey.knownHoursOf(dialect, range, signal);
  }

  /**
   * Adds what instances count that write another form of the metric that the counts of a service come from. Returns the
   * services that have such instances.
   */
  async function addOtherForm(
    dialect: Dialect,
    before: readonly Dialect[],
  ): Promise<FoundCounts[]> {
    const counted = found.filter(one => one.isCountedBy(dialect.id));
    const form = otherForm(
      dialect,
      before.filter(({ id }) => id === dialect.id),
      resolution.inventory,
    );
    const names =
      form && counted.length > 0
        ? await survey.knownHoursOf(form, range, signal)
        : undefined;
    if (!form || !names) {
      return [];
    }
    const everyName = new Set(names.keys());
    const asked = identifyIn(
      form,
      usableNames(counted.map(({ service }) => service)),
      everyName,
    );
    const asking = counted.filter(one => one.valuesIn(asked).length > 0);
    const answer = await fetchNames(
      client,
      form,
      sorted(asking.flatMap(one => one.valuesIn(asked))),
      range,
      { everyName, findsSilence: false, signal },
    );
    answer.warnings.forEach(warning => warnings.add(warning));
    for (const one of asking) {
      const values = one.valuesIn(asked);
      const counts = sumToHourlyCounts(
        values.flatMap(name => answer.byName.get(name) ?? []),
        hours,
        form,
      );
      if (counts) one.add(counts, { dialect: form, names: values, values });
    }
    return asking;
  }

  /**
   * Asks for the week before of services that a short range does not know throughout, to see whether they are idle.
   * Undefined if nothing else shows that their scrape targets are there.
   */
  async function recall(
    names: readonly string[],
    { dialect, answer }: { dialect: Dialect; answer: NamedHours },
    everyName: ReadonlySet<string> | undefined,
  ): Promise<(NamedHours & { hours: number }) | undefined> {
    const companions = [...answer.byName.keys()]
      .filter(name => !names.includes(name))
      .slice(0, MOST_COMPANIONS);
    const hasWitnesses =
      companions.length > 0 ||
      dialect.serviceLabel === 'job' ||
      (everyName &&
        isSmallInstallation(everyName) &&
        everyName.size > names.length);
    if (names.length === 0 || isTemplate(dialect.source) || !hasWitnesses) {
      return undefined;
    }
    const from = addHours(range.to, -RECALLED_HOURS);
    const before = await fetchNames(
      client,
      dialect,
      names,
      { from, to: range.to },
      { everyName, findsSilence: true, companions, signal },
    );
    before.warnings.forEach(warning => warnings.add(warning));
    return { hours: RECALLED_HOURS, ...before };
  }
}

/** Says of services that nothing is known of which names differ from theirs only in letter case. */
function noteOtherCase(
  services: readonly FoundCounts[],
  asked: Identified,
  everyName: ReadonlySet<string> = new Set(),
): void {
  const missing = services.filter(
    one => !one.counts && one.candidatesIn(asked).length === 0,
  );
  if (missing.length === 0) return;
  const values = new Map(
    [...everyName].flatMap(value => {
      const lower = value.toLowerCase();
      const alone = lower.slice(lower.lastIndexOf('/') + 1);
      return [alone, lower].map(name => [name, value] as const);
    }),
  );
  for (const one of missing) {
    for (const name of usableNames([one.service])) {
      const value = values.get(name.toLowerCase());
      if (value !== undefined) one.noteWhyUncounted(otherCase(name, value));
    }
  }
}

/** Each value once. */
function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** Which of the names that were counted are those of the services. */
function identifyCounted(
  { namespaceLabel }: Dialect,
  services: readonly FoundCounts[],
  asked: Identified,
  { byName, silent }: NamedHours,
  hours: number,
): Identified {
  const identified = namespaceLabel
    ? identify(
        usableNames(services.map(({ service }) => service)),
        new Set([...byName.keys(), ...silent.keys()]),
        true,
      )
    : asked;
  return settleMoves(identified, hours, name => {
    const samples = byName.get(name);
    return samples && (hour => samples.has(hour));
  });
}
