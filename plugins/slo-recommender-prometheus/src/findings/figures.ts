/** A share as people read it: with as many digits as it takes to see it. */
export function percent(share: number): string {
  const value = share * 100;
  return `${Number(value.toPrecision(value >= 99 ? 4 : 2))} %`;
}

/** A length of time in seconds as people read it. */
export function duration(seconds: number): string {
  return seconds < 1
    ? `${Number((seconds * 1000).toPrecision(3))} ms`
    : `${Number(seconds.toPrecision(3))} s`;
}

/** A number of requests as people read it. */
export function count(requests: number): string {
  return Math.round(requests).toLocaleString('en');
}
