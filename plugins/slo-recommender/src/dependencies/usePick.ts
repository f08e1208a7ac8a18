import { useCallback, useRef } from 'react';
import type { Selection } from '../graph';

/** Opens and closes what is known of a service or call, and brings the keyboard's focus there and back. */
export function usePick(onSelect: (selection: Selection | null) => void) {
  const place = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  const takesFocus = useRef(false);

  const pick = useCallback(
    (selection: Selection | null) => {
      takesFocus.current = selection !== null;
      opener.current = document.activeElement;
      onSelect(selection);
    },
    [onSelect],
  );
  const close = useCallback(() => {
    onSelect(null);
    // a line takes no focus, so there is none to give back where one was clicked
    const wasFocused =
      opener.current instanceof HTMLElement &&
      opener.current !== document.body &&
      opener.current.isConnected;
    const next = wasFocused ? opener.current : place.current;
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  }, [onSelect]);
  return {
    /** What has the focus where nothing was focused before. */
    place,
    pick,
    close,
    /** Whether the last pick was a person's, and not an address's. */
    takesFocus: takesFocus.current,
  };
}
