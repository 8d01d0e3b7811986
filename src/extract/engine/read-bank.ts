import { findBics, findIbans } from "./bank.ts";
import { hitsOf } from "./choices.ts";
import type { DraftValue } from "./draft.ts";
import { cite } from "./evidence.ts";
import { ownerOf } from "./owners.ts";
import { placesOf } from "./places.ts";
import type { Reading } from "./reading.ts";
import { type Piece, textOf } from "./view.ts";

const MAX_ACCOUNTS = 8;

/** The bank accounts to pay to: IBANs with the BIC that stands nearest to each. */
export function readBankAccounts(reading: Reading): DraftValue[] {
  const labelledRows = new Set(hitsOf(reading, ["iban"]).map((hit) => hit.piece.segment.row));
  const accounts: { iban: string; piece: Piece; score: number }[] = [];
  for (const segment of reading.view.segments) {
    for (const { iban, piece, valid } of findIbans(segment)) {
      const labelled = labelledRows.has(segment.row) || labelledRows.has(segment.row - 1);
      if (!valid && !labelled) continue;
      if (ownerOf(reading, piece) === "customer" || accounts.some((known) => known.iban === iban)) continue;
      accounts.push({ iban, piece, score: valid ? (labelled ? 0.97 : 0.85) : 0.6 });
    }
  }
  const bics = bicsOf(reading);
  const kept = accounts.sort((a, b) => b.score - a.score).slice(0, MAX_ACCOUNTS);
  return kept.flatMap((account, index) => {
    const values: DraftValue[] = [
      {
        pointer: `/bank_accounts/${index}/iban`,
        value: account.iban,
        cited: [cite(account.piece)],
        confidence: account.score,
      },
    ];
    const bic = nearest(bics, account.piece);
    if (bic)
      values.push({
        pointer: `/bank_accounts/${index}/bic`,
        value: textOf(bic),
        cited: [cite(bic)],
        confidence: 0.85,
      });
    return values;
  });
}

function bicsOf(reading: Reading): Piece[] {
  return hitsOf(reading, ["bic"]).flatMap((hit) =>
    placesOf(reading, hit)
      .filter((place) => place.relation !== "above")
      .flatMap((place) => findBics(place.piece).slice(0, 1))
      .slice(0, 1),
  );
}

function nearest(bics: readonly Piece[], account: Piece): Piece | null {
  let best: Piece | null = null;
  let bestDistance = 4;
  for (const bic of bics) {
    if (bic.segment.page !== account.segment.page) continue;
    const distance = Math.abs(bic.segment.row - account.segment.row);
    if (distance < bestDistance) {
      best = bic;
      bestDistance = distance;
    }
  }
  return best;
}
