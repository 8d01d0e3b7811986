import type { CheckName } from "../../model/check-name.ts";
import type { DocumentCheck, HistoryCheck } from "./check.ts";
import { currencyAgrees, currencyPresent } from "./currency.ts";
import { datesInOrder, datesPlausible, dueFromTerms } from "./dates.ts";
import { duplicateDocument, nearDuplicate, unusualAmount } from "./history.ts";
import { balancesClose, earningsAddUp, meterReadings, netPay, runningBalance } from "./ledgers.ts";
import { cardNumberMasked, gtinChecksum, ibanChecksum, mrzChecksum } from "./numbers.ts";
import { partiesDiffer } from "./parties.ts";
import { taxIdChecksum } from "./tax-numbers.ts";
import { amountDue, lineAmounts, linesAddUp, taxesByRate, totalsAddUp, totalSign } from "./totals.ts";

/** Every check that a document type may name; a name without a check does not compile. */
export const checks = {
  totals_add_up: totalsAddUp,
  lines_add_up: linesAddUp,
  line_amounts: lineAmounts,
  taxes_by_rate: taxesByRate,
  amount_due: amountDue,
  total_sign: totalSign,
  dates_in_order: datesInOrder,
  dates_plausible: datesPlausible,
  due_from_terms: dueFromTerms,
  currency_present: currencyPresent,
  currency_agrees: currencyAgrees,
  parties_differ: partiesDiffer,
  iban_checksum: ibanChecksum,
  tax_id_checksum: taxIdChecksum,
  gtin_checksum: gtinChecksum,
  card_number_masked: cardNumberMasked,
  mrz_checksum: mrzChecksum,
  balances_close: balancesClose,
  running_balance: runningBalance,
  net_pay: netPay,
  earnings_add_up: earningsAddUp,
  meter_readings: meterReadings,
  duplicate_document: duplicateDocument,
  near_duplicate: nearDuplicate,
  unusual_amount: unusualAmount,
} as const satisfies Record<CheckName, DocumentCheck | HistoryCheck>;
