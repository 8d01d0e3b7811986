import { decimal, decimalsOf } from "./decimal.ts";
import { breaks, DOCUMENT, FULL, HOLDS, named, type Rule } from "./rule.ts";

const MAX_DECIMALS = 2;

function twoDecimals(id: string, term: string, lines: boolean): Rule {
  return {
    id,
    text: `${named(term)} has no more than two decimals.`,
    reach: lines ? FULL : DOCUMENT,
    each: [term],
    test: ({ value, content }) => {
      if (!decimal(value.trim())) return breaks(`"${content}" is no amount.`);
      return decimalsOf(content) <= MAX_DECIMALS ? HOLDS : breaks(`${content.trim()} has more.`);
    },
  };
}

/** BR-DEC-01 to BR-DEC-28: decimals of the amounts of the document, and of its lines. */
export const DECIMALS: readonly Rule[] = [
  ...(
    [
      ["BR-DEC-01", "BT-92"],
      ["BR-DEC-02", "BT-93"],
      ["BR-DEC-05", "BT-99"],
      ["BR-DEC-06", "BT-100"],
      ["BR-DEC-09", "BT-106"],
      ["BR-DEC-10", "BT-107"],
      ["BR-DEC-11", "BT-108"],
      ["BR-DEC-12", "BT-109"],
      ["BR-DEC-13", "BT-110"],
      ["BR-DEC-14", "BT-112"],
      ["BR-DEC-15", "BT-111"],
      ["BR-DEC-16", "BT-113"],
      ["BR-DEC-17", "BT-114"],
      ["BR-DEC-18", "BT-115"],
      ["BR-DEC-19", "BT-116"],
      ["BR-DEC-20", "BT-117"],
    ] as const
  ).map(([id, term]) => twoDecimals(id, term, false)),
  ...(
    [
      ["BR-DEC-23", "BT-131"],
      ["BR-DEC-24", "BT-136"],
      ["BR-DEC-25", "BT-137"],
      ["BR-DEC-27", "BT-141"],
      ["BR-DEC-28", "BT-142"],
    ] as const
  ).map(([id, term]) => twoDecimals(id, term, true)),
];
