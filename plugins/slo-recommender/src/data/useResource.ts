import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from './errors';

/** What was loaded, with the failure of the last attempt beside the data of the one before. */
export interface Resource<T> {
  data?: T;
  error?: Error;
  /** True until the first answer to the present question; a reload keeps the data and is not loading. */
  loading: boolean;
  reload: () => void;
}

interface Answer<T> {
  key: string;
  data?: T;
  error?: Error;
}

/**
 * Asks for something and asks again on `reload`. Answers to an earlier question, or after the component is gone, are
 * dropped.
 *
 * @param key - names the question: a new one forgets the old answer
 * @param load - asks it; null where there is nothing to ask yet
 */
export function useResource<T>(
  key: string,
  load: (() => Promise<T>) | null,
): Resource<T> {
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Answer<T>>();
  const latestLoad = useRef(load);
  latestLoad.current = load;
  const ready = load !== null;

  useEffect(() => {
    let current = true;
    const ask = latestLoad.current;
    if (ready && ask) {
      ask().then(
        data => {
          if (current) setAnswer({ key, data });
        },
        error => {
          if (!current) return;
          setAnswer(before => ({
            key,
            data: before?.key === key ? before.data : undefined,
            error: toError(error),
          }));
        },
      );
    }
    return () => {
      current = false;
    };
  }, [key, ready, attempt]);

  const reload = useCallback(() => setAttempt(count => count + 1), []);
  const present = answer?.key === key ? answer : undefined;
  return {
    data: present?.data,
    error: present?.error,
    loading: present === undefined,
    reload,
  };
}
