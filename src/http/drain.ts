/** A refused body is read away up to so many times the limit; no honest sender is beyond it. */
export const DRAIN_FACTOR = 5;

/**
 * Reads the rest of a body away, up to `mostBytes`, so that a client that is still sending gets to read its
 * answer. What is left after that stays where it is: cancelling it would cut the connection under the answer.
 */
export async function drain(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  mostBytes: number,
): Promise<void> {
  let seen = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      seen += value.byteLength;
      if (seen > mostBytes) return;
    }
  } catch {
    // The client has gone: there is nobody to answer.
  }
}
