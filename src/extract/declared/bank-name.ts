import type { PartySpec } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { namePart } from "../engine/name-part.ts";
import { isSentence } from "../engine/name-guards.ts";
import { nameLikeness } from "../engine/party-names.ts";
import { partyDetails } from "../engine/read-parties.ts";
import type { Reading } from "../engine/reading.ts";
import { textOf, wholePiece } from "../engine/view.ts";
import { termsOf } from "./terms.ts";

/** Words that the names of banks are made of. */
const BANK =
  /(?<!\p{L})(?:\p{L}*bank(?:haus|ers|en)?|banc[ao]|banque|sparkasse|\p{L}*kasse|caisse|caja|caixa|cr[ée]dit\p{L}*|cassa|cooperativa|savings|building society|bancaire)(?!\p{L})/iu;
const HEAD = 0.3;
const FOOT = 0.88;
const SURE = 0.8;

/** The bank by what banks are called, in the head or the foot, with its details, where no label names it. */
export function readBank(reading: Reading, known: readonly DraftValue[], spec: PartySpec): DraftValue[] {
  if (known.some(({ pointer, confidence }) => pointer === "/bank/name" && confidence > SURE)) return [];
  const first = reading.view.rows[0]?.page;
  const found = reading.view.segments
    .filter(({ page, bbox }) => page === first && (bbox[1] < HEAD || bbox[1] > FOOT))
    .map((segment) => namePart(wholePiece(segment)))
    .filter((piece) => {
      const text = textOf(piece);
      if (text.length > 60 || text.split(" ").length < 2 || /[\d:@]/.test(text) || !BANK.test(text))
        return false;
      const terms = termsOf(text);
      return !terms.includes("statement") && !isSentence(text) && nameLikeness(text) > 0.1;
    });
  const [piece] = found.toSorted((a, b) => b.segment.height - a.segment.height);
  if (!piece) return [];
  const name = textOf(piece);
  return [
    { pointer: `${spec.pointer}/name`, value: name, cited: [cite(piece)], confidence: SURE },
    ...partyDetails(reading, spec, { piece, name, score: SURE }),
  ];
}
