import { isValidIBAN } from "ibantools";
import { findBics, findIbans } from "./bank.ts";
import { hitsOf } from "./choices.ts";
import type { DraftValue } from "./draft.ts";
import { cite } from "./evidence.ts";
import { standsAtBank } from "./identifier-fields.ts";
import type { LabelHit } from "./labels.ts";
import { ownerOf } from "./owners.ts";
import { placesOf } from "./places.ts";
import { overlaps, type Reading } from "./reading.ts";
import { boxOf, type Piece, textOf, wholePiece } from "./view.ts";

const MAX_ACCOUNTS = 8;

/** The bank accounts to pay to: IBANs with the BIC that stands nearest to each. */
export function readBankAccounts(reading: Reading): DraftValue[] {
  const labelledRows = new Set(hitsOf(reading, ["iban"]).map((hit) => hit.piece.segment.row));
  const accounts: { iban: string; piece: Piece; rest: Piece | null; score: number }[] = [];
  for (const segment of reading.view.segments) {
    for (const { iban: printed, piece, valid: closed } of findIbans(segment)) {
      const rest = closed ? null : restBelow(reading, printed, piece);
      const iban = rest ? printed + textOf(rest).replace(/\s/g, "") : printed;
      const valid = closed || rest !== null;
      const labelled = labelledRows.has(segment.row) || labelledRows.has(segment.row - 1);
      if (!valid && !labelled) continue;
      if (ownerOf(reading, piece) === "customer" || accounts.some((known) => known.iban === iban)) continue;
      accounts.push({ iban, piece, rest, score: valid ? (labelled ? 0.97 : 0.85) : 0.6 });
    }
  }
  const bics = bicsOf(reading);
  const kept = accounts.sort((a, b) => b.score - a.score).slice(0, MAX_ACCOUNTS);
  const digits = kept.map((account) => account.iban.replace(/\D/g, ""));
  const national = nationalAccounts(reading, kept.length);
  const values = kept.flatMap((account, index) => {
    const values: DraftValue[] = [
      {
        pointer: `/bank_accounts/${index}/iban`,
        value: account.iban,
        cited: [account.piece, ...(account.rest ? [account.rest] : [])].map((part) => cite(part)),
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
  return [...values, ...national.flatMap((account) => nationalDrafts(account, digits, kept.length))];
}

/** What of an IBAN stands in the line under it, where both together are one. */
function restBelow(reading: Reading, printed: string, piece: Piece): Piece | null {
  const { segment } = piece;
  const left = boxOf(piece)[0];
  const row = reading.view.rows[segment.row + 1];
  const next = row?.segments.find(
    ({ bbox, page, text }) =>
      page === segment.page && Math.abs(bbox[0] - left) < segment.height && /^[A-Z\d ]{1,30}$/.test(text),
  );
  return next && isValidIBAN(printed + next.text.replace(/\s/g, "")) ? wholePiece(next) : null;
}

/** An account by its number, with the code of its bank where one stands near. */
interface NationalAccount {
  readonly number: Piece;
  readonly routing: Piece | null;
  readonly score: number;
}

/** Account numbers without an IBAN: labelled ones near a bank's name or code. At most one is taken. */
function nationalAccounts(reading: Reading, known: number): NationalAccount[] {
  const found: NationalAccount[] = [];
  const routings = hitsOf(reading, ["routing"]).flatMap((hit) => numberAt(reading, hit, ROUTING) ?? []);
  for (const hit of hitsOf(reading, ["bank_account"])) {
    if (hit.quality < 0.66 || hit.keys.has("iban") || ownerOf(reading, hit.piece) === "customer") continue;
    const near = standsAtBank(reading, hit);
    if (!near && hit.keys.has("customer_id")) continue;
    const number = numberAt(reading, hit, ACCOUNT);
    if (!number || findIbans(number.segment).some((iban) => overlaps(iban.piece, number))) continue;
    found.push({ number, routing: nearest(routings, number), score: hit.quality * (near ? 0.85 : 0.62) });
  }
  return found.sort((a, b) => b.score - a.score).slice(0, known < MAX_ACCOUNTS ? 1 : 0);
}

const ACCOUNT = /^[\s:.#-]*([A-Z]{0,4}\d(?:[\d .-]{3,24})\d)(?![\p{L}\d])/u;
const ROUTING = /^[\s:.#-]*([A-Z]{4}0[A-Z\d]{6}|\d(?:[\d -]{3,12})\d)(?![\p{L}\d])/u;

function numberAt(reading: Reading, hit: LabelHit, form: RegExp): Piece | null {
  for (const place of placesOf(reading, hit)) {
    const match = place.relation === "above" ? null : form.exec(textOf(place.piece));
    const printed = match?.[1];
    if (!match || !printed || printed.replace(/\D/g, "").length < 5) continue;
    const start = place.piece.start + match[0].length - printed.length;
    return { segment: place.piece.segment, start, end: start + printed.length };
  }
  return null;
}

/** Puts a national number to the IBAN that holds it, or behind all of them. */
function nationalDrafts(account: NationalAccount, ibans: readonly string[], count: number): DraftValue[] {
  const own = textOf(account.number).replace(/[\s-]/g, "");
  const bare = own.replace(/\D/g, "");
  const held = ibans.findIndex((iban) => iban.includes(bare));
  const at = `/bank_accounts/${held < 0 ? count : held}`;
  const values: DraftValue[] = [
    { pointer: `${at}/account_number`, value: own, cited: [cite(account.number)], confidence: account.score },
  ];
  if (account.routing)
    values.push({
      pointer: `${at}/routing`,
      value: textOf(account.routing).replace(/\s/g, ""),
      cited: [cite(account.routing)],
      confidence: account.score,
    });
  return values;
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
