import { useEffect } from 'react';

/** Names a view in the title of the document, before what the portal says there. */
export function useDocumentTitle(name: string | undefined): void {
  useEffect(() => {
    if (name === undefined) return undefined;
    const before = document.title;
    document.title = before ? `${name} | ${before}` : name;
    return () => {
      document.title = before;
    };
  }, [name]);
}
