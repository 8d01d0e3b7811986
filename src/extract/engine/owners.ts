import type { PartyKey } from "../labels/label-key.ts";
import { hitsOf } from "./choices.ts";
import type { Reading } from "./reading.ts";
import { boxOf, type Piece } from "./view.ts";

const CUSTOMER_KEYS: readonly PartyKey[] = ["customer", "ship_to"];
const VENDOR_KEYS: readonly PartyKey[] = ["vendor", "remit_to"];

/** Whether the head of a table stands between two rows: what is beneath it belongs to no block above. */
function isParted(reading: Reading, from: number, to: number): boolean {
  for (const header of reading.headerRows) if (header > from && header < to) return true;
  return false;
}

/** Whose block a place stands in, by the party label above it in its column; null when there is none. */
export function ownerOf(reading: Reading, piece: Piece): "vendor" | "customer" | null {
  const box = boxOf(piece);
  let best: { distance: number; owner: "vendor" | "customer" } | null = null;
  for (const hit of hitsOf(reading, [...CUSTOMER_KEYS, ...VENDOR_KEYS])) {
    const { segment } = hit.piece;
    if (segment.page !== piece.segment.page || segment.row > piece.segment.row || hit.quality < 0.85)
      continue;
    if (!hit.colon && !hit.standalone) continue;
    if (isParted(reading, segment.row, piece.segment.row)) continue;
    const label = boxOf(hit.piece);
    const distance = box[1] - label[1];
    const aligned =
      Math.abs(label[0] - segment.bbox[0]) < 0.3 && Math.abs(label[0] - piece.segment.bbox[0]) < 0.12;
    if (!aligned || distance > 0.2) continue;
    const customer = CUSTOMER_KEYS.some((key) => hit.keys.has(key));
    const vendor = VENDOR_KEYS.some((key) => hit.keys.has(key));
    if (customer === vendor) continue;
    if (best === null || distance < best.distance)
      best = { distance, owner: customer ? "customer" : "vendor" };
  }
  return best?.owner ?? null;
}
