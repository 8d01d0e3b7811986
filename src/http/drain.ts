/** Reads the rest of a body away, so that a client that is still sending gets to read its answer. */
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
      if (seen > mostBytes) break;
    }
    await reader.cancel();
  } catch {
    // The client has gone: there is nobody to answer.
  }
}
