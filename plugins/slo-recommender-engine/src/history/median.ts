/** The median of elements [from, to); of an even number the mean of the two in the middle. At least one element. */
export function medianOf(
  values: Float64Array,
  from: number,
  to: number,
): number {
  const sorted = values.slice(from, to).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median of the `width` elements around each, an odd number; near an end of those nearest to it. It follows a step
 * at once, and knows nothing of what lasts less than half of the width.
 */
export function runningMedian(
  values: Float64Array,
  width: number,
): Float64Array {
  const length = values.length;
  const span = Math.min(width, length);
  const sorted = values.slice(0, span).sort();
  const middle = span >> 1;
  const result = new Float64Array(length);
  let from = 0;
  for (let i = 0; i < length; i++) {
    const wanted = Math.min(length - span, Math.max(0, i - middle));
    if (wanted > from) {
      replace(sorted, values[from], values[from + span]);
      from = wanted;
    }
    result[i] = sorted[middle];
  }
  return result;
}

/** Takes one value out of a sorted array and puts another one in. */
function replace(sorted: Float64Array, leaving: number, coming: number): void {
  let place = sorted.indexOf(leaving);
  while (place > 0 && sorted[place - 1] > coming) {
    sorted[place] = sorted[place - 1];
    place--;
  }
  while (place < sorted.length - 1 && sorted[place + 1] < coming) {
    sorted[place] = sorted[place + 1];
    place++;
  }
  sorted[place] = coming;
}
