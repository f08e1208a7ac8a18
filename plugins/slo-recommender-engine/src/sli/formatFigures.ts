/**
 * A share as people read it, rounded down so that what is not 100 % never reads so: `99.98 %`, `0.4 %`, `<0.1 %`.
 * Two digits after the first that is not a nine are kept.
 */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) {
    return '<0.1 %';
  }
  const distance = 100 - percent;
  const decimals =
    distance > 0 ? Math.max(1, Math.ceil(1 - Math.log10(distance))) : 0;
  const scale = 10 ** Math.min(8, decimals);
  // The sum lifts products such as 0.57·100 = 56.99… that should have been whole.
  return `${Math.floor(percent * scale + 1e-6) / scale} %`;
}

/** A count as people read it: `1,250,000`, `3.2`. */
export function formatCount(count: number): string {
  const rounded = count < 10 ? Math.round(count * 10) / 10 : Math.round(count);
  return rounded.toLocaleString('en-GB');
}

/** Days with one digit where they are few: `2.5 days`, `90 days`, `1 day`. */
export function formatDays(days: number): string {
  const rounded = days < 10 ? Math.floor(days * 10) / 10 : Math.floor(days);
  return `${rounded} ${rounded === 1 ? 'day' : 'days'}`;
}

/** A probability, of which certainty is never said: `92 %`, `99.3 %`, `more than 99.9 %`. Cut, not rounded. */
export function formatProbability(probability: number): string {
  if (probability > 0.999) return 'more than 99.9 %';
  if (probability < 0.001) return 'less than 0.1 %';
  const scale = probability > 0.99 || probability < 0.01 ? 10 : 1;
  return `${Math.floor(probability * 100 * scale + 1e-9) / scale} %`;
}
