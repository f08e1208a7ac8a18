/** Tells the person at the terminal what is going on. */
export function say(message) {
  process.stdout.write(`${message}\n`);
}

/**
 * @param {number} startedAt result of `performance.now()`
 * @returns {string} elapsed time for people, for example `8 s` or `1 min 20 s`
 */
export function elapsedSince(startedAt) {
  return formatSeconds((performance.now() - startedAt) / 1000);
}

/** @param {number} seconds */
export function formatSeconds(seconds) {
  const whole = Math.round(seconds);
  return whole < 60
    ? `${whole} s`
    : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Announces a step, repeats that it is still going on, and tells how long it took.
 *
 * @template T
 * @param {string} title what is being done
 * @param {() => Promise<T>} work
 * @param {number} everySeconds pause between two signs of life
 * @returns {Promise<T>}
 */
export async function step(title, work, everySeconds = 15) {
  const startedAt = performance.now();
  say(`• ${title} …`);
  const signOfLife = setInterval(
    () => say(`  still going on: ${title} (${elapsedSince(startedAt)})`),
    everySeconds * 1000,
  );
  try {
    const result = await work();
    say(`✓ ${title}: ${elapsedSince(startedAt)}`);
    return result;
  } finally {
    clearInterval(signOfLife);
  }
}
