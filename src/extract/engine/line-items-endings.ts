import { LEXICONS } from "../labels/all.ts";
import type { Lexicon } from "../labels/label-key.ts";
import { foldTokens } from "./line-items-lexicon.ts";
import { repairLetters } from "../../model/misread.ts";

/** Beginnings and wholes of words that name a sum of lines, as `foldTokens` folds them. */
const SUM =
  /^(?:sub|grand|net|inv(?:oice)?)?tota(?:l|le|al|ux|ls|lt|li|lamount|sum|is|lbetrag)?\w{0,8}$|summe$|^sum$|^summa|^gesamt|^rechnungsbetrag|^endbetrag|^zwischensumme|^positionssumme|^zahlbetrag|^suma$|^razem$|^yhteensa$|^celkem$|^spolu$|^osszesen$|^vegosszeg|^toplam$|^genel$|^ukupno$|^jumlah$|^somme$|^sommaire$|^subtotaal$|^subt$|^ialt$|^soustotal|^sous$|^saldo$|^balance$|^solde$|^imponibile$|^fizetendo/u;
/** What sums and taxes begin with in the languages of other letters; the beginnings above are Latin. */
const OTHER_SUMS: ReadonlySet<string> = new Set(
  [LEXICONS.el, LEXICONS.uk, LEXICONS.zh, LEXICONS.ja, LEXICONS.ko, LEXICONS.ar].flatMap(beginningsOfSums),
);

/** First words of a language's sums that are no columns' names as well. */
function beginningsOfSums(lexicon: Lexicon): string[] {
  const columns = new Set([lexicon.column_amount, lexicon.column_price].flatMap(firstWords));
  return [lexicon.subtotal, lexicon.tax, lexicon.total, lexicon.amount_due]
    .flatMap(firstWords)
    .filter((word) => !columns.has(word));
}

function firstWords(labels: readonly string[] | undefined): string[] {
  return (labels ?? []).flatMap((label) => foldTokens(label).slice(0, 1));
}

/** Words of taxes, payments and the rest of a document's foot. */
const FOOT =
  /^(?:vat|zzgl|zuzuglich|inkl|eks|exkl|enthalten|dont|gst|sst|tax|taxes|taxable|mwst|ust|umsatzsteuer|mehrwertsteuer|steuer\w*|tva|taxe|iva|imposta|imposto|btw|podatek|moms|mva|alv|dph|afa|kdv|pdv|igst|cgst|sgst|hst|pst|qst|cash|change|change\w*|visa|mastercard|amex|debit|credit|card|tender|tendered|paid|payment|payments|received|deposit|rounding|round|rounded|roundin|rundung|arrondi|due|payable|owing|amount|montant|importe|importo|betrag|bedrag|belop|belob|kwota|nettowert|exclusief|inclusief|excl|incl|excluding|including|before|after|net|netto|nettobetrag|bruttobetrag|brutto|gross|ht|ttc|tips?|gratuity|service|charge|bargeld|gegeben|ruckgeld|kartenzahlung|bar|espèces|especes|rendu|efectivo|cambio|contanti|resto|kontant|wisselgeld|gotowka|reszta|versandkosten|porto|fracht|shipping|freight|handling|delivery|frais|port|verzendkosten|spese|trasporto|gastos|envio|anzahlung|acompte|anticipo|skonto|discount|rabatt|remise|nachlass|sconto|descuento|korting|diskaun|item|items|qty|count|baki|tunai|bayaran|saved|savings|outstanding|bal|less|sales|sale|balance|subst\w*|base|basisbetrag|warenwert)$/u;
/** Words that go with a sum's name and mean nothing alone. */
const WHOLE =
  /^(?:grand|final|overall|document|invoice|order|factuur|facture|factura|fattura|faktura|rechnung|estimated|of|the|all|due|to|be|zu|de|des|du|da|di|der|a)$/u;
const CURRENCY = /^(?:rs|rm|eur|usd|gbp|chf|inr|myr|sgd|aud|cad|sek|nok|dkk|pln|czk|huf|ron|try)$/u;
const CARRY =
  /^(?:ubertrag|uebertrag|carried|brought|report|reporter|riporto|riportare|suma y sigue|transport|overdracht|transporteren|przeniesienia|reportar|sigue|forward)$/u;
const DISCOUNT =
  /^(?:discount|disc|rabatt|rabat|nachlass|remise|descuento|dto|sconto|desconto|korting|skonto|abschlag|rebate|voucher|coupon|promo|less|saved|savings|alennus|sleva|kedvezmeny|indirim|diskaun|gutschein|gutscheine|bon)$/u;
const CHARGE =
  /^(?:versand\w*|porto|fracht\w*|shipping|freight|handling|postage|livraison|frais|verzend\w*|spedizione|trasporto|gastos|envio|portes|transportkosten|zuschlag|surcharge|fee)$/u;

export interface Ending {
  /** Names a sum, a tax or a payment, and nothing else: no item. */
  readonly sum: boolean;
  /** Holds no other word than those of sums, taxes and payments. */
  readonly pure: boolean;
  /** A sum carried over a page's end. */
  readonly carry: boolean;
  readonly discount: boolean;
  readonly charge: boolean;
}

function isSum(token: string): boolean {
  return SUM.test(token) || OTHER_SUMS.has(token);
}

/** What a row's words say of it when it is no item. `text` is without the row's amounts. */
export function readEnding(text: string): Ending {
  const tokens = foldTokens(repairLetters(text)).filter(
    (token) => /^\p{L}{2,}$/u.test(token) && !CURRENCY.test(token),
  );
  const sums = tokens.filter((token) => isSum(token)).length;
  const foots = tokens.filter((token) => FOOT.test(token) && !isSum(token)).length;
  const [first = ""] = tokens;
  const known = sums + foots + (sums > 0 ? tokens.filter((token) => WHOLE.test(token)).length : 0);
  const discount = tokens.slice(0, 2).some((token) => DISCOUNT.test(token));
  const charge = tokens.slice(0, 2).some((token) => CHARGE.test(token));
  const led = isSum(first) || (FOOT.test(first) && !discount && !charge);
  return {
    sum:
      (isSum(first) && tokens.length <= 8) ||
      (sums > 0 && known * 2 >= tokens.length) ||
      (led && foots > 0 && known * 2 >= tokens.length),
    pure: tokens.length > 0 && known === tokens.length,
    carry: tokens.slice(0, 3).some((token) => CARRY.test(token)),
    discount,
    charge,
  };
}
