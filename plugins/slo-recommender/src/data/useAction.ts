import { useState } from 'react';
import { toError } from './errors';

/** Does what a person asked for: whether it is under way, and how the last try failed. */
export function useAction<Args extends unknown[]>(
  act: (...args: Args) => Promise<void>,
) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<Error>();
  const run = async (...args: Args) => {
    setPending(true);
    setError(undefined);
    try {
      await act(...args);
    } catch (cause) {
      setError(toError(cause));
    } finally {
      setPending(false);
    }
  };
  return { run, pending, error, forgetError: () => setError(undefined) };
}
