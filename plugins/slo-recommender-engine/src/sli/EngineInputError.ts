/** A call that cannot be answered as it was made. The message names the input and says what to pass instead. */
export class EngineInputError extends Error {
  override readonly name = 'EngineInputError';
}
