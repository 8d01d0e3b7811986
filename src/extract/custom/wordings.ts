import { foldText } from "../../model/fold.ts";
import type { Named } from "./schema-tree.ts";

/** The words of a property's name, whatever its case: `purchaseOrderNo`, `purchase_order_no`, `Purchase-Order No`. */
export function wordsOfName(name: string): string[] {
  return foldText(
    name
      .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
      .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
      .replace(/[_\-./]+/gu, " "),
  )
    .split(/\s+/u)
    .filter(Boolean);
}

/** Short forms that are printed for words of a name. */
const SHORT: Readonly<Record<string, readonly string[]>> = {
  number: ["no", "nr", "#"],
  no: ["number", "nr", "#"],
  id: ["number", "no"],
  identifier: ["id", "number"],
  reference: ["ref"],
  ref: ["reference"],
  quantity: ["qty"],
  qty: ["quantity"],
  amount: ["amt"],
  telephone: ["tel", "phone"],
  phone: ["tel", "telephone"],
  description: ["desc"],
  account: ["acct", "a/c"],
  date: ["on"],
};

const MAX_WORDS = 6;

/** How a value may be announced: what the user says is printed, its title, its name and the usual short forms. */
export function wordingsOf(name: string, named: Named): string[] {
  const words = wordsOfName(name);
  const wordings = [...named.synonyms];
  if (named.title !== null) wordings.push(named.title);
  if (words.length > 0) wordings.push(words.join(" "));
  if (named.description !== null && named.description.split(/\s+/u).length <= MAX_WORDS)
    wordings.push(named.description.replace(/[.:]$/u, ""));
  const last = words.at(-1) ?? "";
  for (const short of Object.hasOwn(SHORT, last) ? (SHORT[last] ?? []) : [])
    wordings.push([...words.slice(0, -1), short].join(" "));
  return [...new Set(wordings.map((wording) => wording.trim()).filter((wording) => wording.length > 1))];
}
