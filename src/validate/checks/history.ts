import { medianOf } from "../../model/median.ts";
import type { HistoryCheck } from "./check.ts";

/** Least totals of a vendor that an amount is compared with. */
const LEAST_TOTALS = 5;
/** Scaled, the median absolute deviation estimates a standard deviation (Rousseeuw and Croux, 1993). */
const MAD_SCALE = 1.4826;
/** A vendor whose totals hardly differ may still differ by so much of the median. */
const LEAST_SPREAD = 0.05;
/** Deviations from the median beyond which a total is unusual. */
const FAR = 6;

/** The same vendor, number and total came in before. */
export const duplicateDocument: HistoryCheck = {
  paths: ["/invoice_number", "/vendor/name", "/total"],
  proves: "No other document has the same vendor, number and total.",
  compare: ({ duplicates }, report) => {
    const { paths } = duplicateDocument;
    if (duplicates === null) return report.skip(paths, "Vendor, number and total are not all known.");
    return duplicates.length === 0
      ? report.pass(paths, "No other document has this vendor, number and total.")
      : report.fail(paths, `The same vendor, number and total are those of ${duplicates.join(", ")}.`);
  },
};

/** Nearly the same words and numbers came in before. */
export const nearDuplicate: HistoryCheck = {
  paths: [],
  proves: "No other document has nearly the same words and numbers.",
  compare: ({ similar }, report) => {
    if (similar === null) return report.skip([], "The document has too few words to be compared.");
    if (similar.length === 0) return report.pass([], "No other document has nearly the same content.");
    const named = similar.map(({ id, similarity }) => `${id} (${Math.round(similarity * 100)} %)`);
    return report.fail([], `Nearly the same words and numbers are those of ${named.join(", ")}.`);
  },
};

/** The total is far from what this vendor usually asks. */
export const unusualAmount: HistoryCheck = {
  paths: ["/total"],
  proves: "The total is such as this vendor usually asks.",
  compare: ({ total, totals }, report) => {
    const { paths } = unusualAmount;
    if (total === null || totals.length < LEAST_TOTALS)
      return report.skip(paths, `Fewer than ${LEAST_TOTALS} totals of this vendor are known.`);
    const usual = medianOf(totals);
    const deviations = totals.map((one) => Math.abs(one - usual)).toSorted((a, b) => a - b);
    const spread = Math.max(MAD_SCALE * medianOf(deviations), LEAST_SPREAD * Math.abs(usual), 1);
    const far = Math.abs(total - usual) / spread > FAR;
    const ratio = usual === 0 ? Number.POSITIVE_INFINITY : total / usual;
    // Twice the usual is business; what is not even a quarter of it, or more than twice, wants a look.
    return far && (ratio > 2 || ratio < 0.25)
      ? report.fail(paths, `The total is ${ratio.toFixed(1)} times the median of ${totals.length} others.`)
      : report.pass(paths, `The total is within what ${totals.length} others of this vendor show.`);
  },
};
