import { resolve } from "node:path";
import type { Client } from "../../client/client.ts";
import { readDocument } from "../../client/read-document.ts";
import { decodeGrey } from "./picture.ts";
import type { DrawPage } from "./write-report.ts";

const MAX_SIDE = 1_400;

/**
 * Draws pages through a platform. A document that it does not hold is sent to it first, once; what cannot be sent
 * or has no pages to draw is left without pictures.
 */
export function drawThrough(client: Client, root: string): DrawPage {
  const ids = new Map<string, Promise<string | null>>();
  const idOf = (file: string): Promise<string | null> => {
    const known = ids.get(file);
    if (known) return known;
    const sent = readDocument(client, file, { text: false }).then((line) => line.id);
    ids.set(file, sent);
    return sent;
  };
  return async (reading, page) => {
    // What was not read from the file has places of its own.
    if (reading.medium !== undefined) return null;
    const id = reading.line.id ?? (await idOf(resolve(root, reading.row.file)));
    if (id === null) return null;
    const picture = await client.page(id, page, MAX_SIDE).catch(() => null);
    return picture === null ? null : decodeGrey(picture);
  };
}
