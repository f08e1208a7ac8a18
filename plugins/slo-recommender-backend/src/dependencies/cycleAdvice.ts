import {
  type CycleCall,
  formatCallRate,
  formatFailureRatio,
} from 'backstage-plugin-slo-recommender-common';

/** Share of failed calls from which on a call is worth mending before anything else. */
const FAILING = 0.01;

/**
 * What to change so that services call each other in a circle no more, or so that it does no harm, the least invasive
 * first. Drawn from the calls given alone.
 *
 * @param nameOf - name of a node by its id.
 */
export function cycleAdvice(
  calls: CycleCall[],
  nameOf: (id: string) => string,
): string[] {
  const between = ({ source, target }: CycleCall) =>
    `${nameOf(source)} → ${nameOf(target)}`;
  const observed = calls.filter(call => call.observed);
  const advice: string[] = [];

  for (const call of calls) {
    if (call.observed || observed.length === 0) continue;
    advice.push(
      `${between(
        call,
      )} is declared, and no calls were seen. If it is not called any more, take it out of the catalog.`,
    );
  }
  for (const call of calls.filter(({ strength }) => strength === 'soft')) {
    advice.push(
      `${between(call)} is soft: ${nameOf(
        call.source,
      )} can do without the answer. Make the call asynchronous, through a queue or topic.`,
    );
  }
  for (const call of observed) {
    if (call.failureRatio === null || call.failureRatio < FAILING) continue;
    advice.push(
      `${between(call)} fails in ${formatFailureRatio(call.failureRatio)} of calls. Until the cycle is broken, give it a timeout and a fallback, and retry at one place only: retries go round with the calls.`,
    );
  }
  const [least] = observed
    .filter(({ strength }) => strength === 'hard')
    .sort(
      (a, b) => (a.callsPerSecond ?? Infinity) - (b.callsPerSecond ?? Infinity),
    );
  if (least) {
    const rate =
      least.callsPerSecond === null
        ? ''
        : `, the least called of them at ${formatCallRate(least.callsPerSecond)}`;
    advice.push(
      `Break the cycle at ${between(
        least,
      )}${rate}: keep what is read in a cache, pass it along with the request that comes the other way, or put what is written on a queue.`,
    );
  }
  advice.push(
    'Where each needs the other to answer, move what they share into a service that both call.',
  );
  return advice;
}
