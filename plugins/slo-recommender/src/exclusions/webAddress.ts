/** An address that may become a link: of the web, not one that runs or opens something else. */
export function webAddress(url: string | null): string | undefined {
  if (url === null) return undefined;
  try {
    const { protocol } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}
