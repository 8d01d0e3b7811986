import { vendorKey } from "../../model/vendor-key.ts";
import { type DocumentCheck, textAt } from "./check.ts";

/** Who deals with whom. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["/vendor", "/customer"],
  ["/supplier", "/buyer"],
  ["/supplier", "/customer"],
  ["/employer", "/employee"],
];

function compact(id: string | null): string | null {
  return id === null ? null : id.replace(/[^\p{L}\d]/gu, "").toUpperCase() || null;
}

/** Nobody deals with himself. */
export const partiesDiffer: DocumentCheck = {
  paths: PAIRS.flatMap(([one, other]) => [`${one}/name`, `${other}/name`]),
  proves: "The two parties are not the same one, by name or tax number.",
  strength: "guard",
  run: ({ data }, report) => {
    let seen = false;
    for (const [one, other] of PAIRS) {
      const names = [textAt(data, `${one}/name`), textAt(data, `${other}/name`)];
      const ids = [compact(textAt(data, `${one}/tax_id`)), compact(textAt(data, `${other}/tax_id`))];
      const [first, second] = names.map((name) => (name === null ? null : vendorKey(name)));
      seen ||= Boolean(first && second) || Boolean(ids[0] && ids[1]);
      if (first && first === second)
        return [report.fail([`${one}/name`, `${other}/name`], "Both parties have the same name.")];
      if (ids[0] && ids[0] === ids[1])
        return [report.fail([`${one}/tax_id`, `${other}/tax_id`], "Both parties have the same tax number.")];
    }
    return seen
      ? [report.pass([], "The parties differ.")]
      : [report.skip([], "There are no two parties to compare.")];
  },
};
