/** Thrown when a body is longer than allowed; the rest of it is not read. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a body as UTF-8 without ever holding more than `maxBytes` of it.
 *
 * @throws BodyTooLargeError when there is more, and TypeError when it is not UTF-8.
 */
export async function readBoundedText(
  response: Response,
  maxBytes: number,
): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new BodyTooLargeError();
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
