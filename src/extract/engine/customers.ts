import { oncePerReading } from "./once.ts";
import { foldKey } from "../../model/fold.ts";
import type { PartyKey } from "../labels/label-key.ts";
import { namePart } from "./name-part.ts";
import { asName, columnBelow, combine, isAddressee, labelled, type PartyName } from "./parties.ts";
import { hasPostalCode } from "./party-names.ts";
import type { Reading } from "./reading.ts";
import { wholePiece } from "./view.ts";

/** Candidates for whom the document is made out to, best first. */
export const findCustomers = oncePerReading(rankCustomers);

function rankCustomers(
  reading: Reading,
  keys: readonly PartyKey[],
  vendor: string | null,
): readonly PartyName[] {
  const vendorKey = vendor === null ? "" : foldKey(vendor);
  const raw = [
    ...labelled(reading, keys, 1),
    ...labelled(reading, ["ship_to"], 0.5),
    ...addressWindows(reading),
  ];
  return combine(raw)
    .filter((party) => foldKey(party.name) !== vendorKey)
    .sort((a, b) => b.score - a.score);
}

/** An address block in the upper part of the first page without any label: the window of a letter. */
function addressWindows(reading: Reading): PartyName[] {
  const found: PartyName[] = [];
  for (const row of reading.view.rows) {
    if (row.page !== reading.view.rows[0]?.page || row.bbox[1] > 0.42) break;
    if (row.bbox[1] < 0.06) continue;
    for (const segment of row.segments) {
      const piece = namePart(wholePiece(segment));
      const inline = piece.end < segment.text.length && hasPostalCode(segment.text.slice(piece.end));
      const lines = columnBelow(reading, segment, segment.bbox[0], 5);
      if (!inline && !lines.some((line) => hasPostalCode(line.text))) continue;
      const bonus = isAddressee(reading, segment) ? 0.3 : 0;
      const name = asName(reading, piece, 0.5 + bonus);
      if (name) found.push(name);
    }
  }
  return found;
}
