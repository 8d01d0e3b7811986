import type { Blobs } from "../ports.ts";
import { scan } from "./scan.ts";
import { sniff, type Sniffed } from "./sniff.ts";

/** What a stored file is, or why it is refused: for what it is, or for what the scanner found in it. */
export async function inspect(
  blobs: Pick<Blobs, "getRange">,
  key: string,
  { head, size }: { readonly head: Uint8Array; readonly size: number },
  filename: string,
): Promise<Sniffed> {
  const range = async (offset: number, length: number) =>
    (await blobs.getRange(key, offset, length)) ?? new Uint8Array();
  const file = { head, size, range };
  const sniffed = await sniff(head, filename, file);
  const finding = await scan(file);
  return finding ? { format: null, mediaType: sniffed.mediaType, ...finding } : sniffed;
}
