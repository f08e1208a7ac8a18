/** Longest name that is kept. */
const MAX_NAME_LENGTH = 200;

const UNPRINTABLE = /\0|\p{Surrogate}/u;

/** A text from outside as a database can keep it: without the NUL and the halves of characters that PostgreSQL refuses. */
export const printable = (text: string) =>
  UNPRINTABLE.test(text) ? text.replace(/\0|\p{Surrogate}/gu, '\uFFFD') : text;

/** A name from outside as a database can keep it. */
export const printableName = (name: string) =>
  printable(name.slice(0, MAX_NAME_LENGTH));
