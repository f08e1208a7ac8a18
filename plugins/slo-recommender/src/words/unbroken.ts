/** The same words with no line break between a number and its unit, nor between a sign such as `<` and its number. */
export function unbroken(words: string): string {
  return words.replace(/(?<=[\d<>]) /g, '\u00a0');
}

/** The same formatter, whose words are `unbroken`. */
export function unbrokenWords<Args extends unknown[]>(
  format: (...args: Args) => string,
): (...args: Args) => string {
  return (...args) => unbroken(format(...args));
}

/** The same words as the beginning of a sentence. */
export function capitalised(words: string): string {
  return words[0].toLocaleUpperCase('en-GB') + words.slice(1);
}
