import type { DraftValue } from "./draft.ts";

/** One printed number is the number of one thing: what a label may mean either way (`Order No.`) is the first one's. */
export function withoutTwice(values: readonly DraftValue[]): readonly DraftValue[] {
  const order = values.find(({ pointer }) => pointer === "/purchase_order_number");
  return values.filter(
    ({ pointer, cited }) =>
      pointer !== "/sales_order_number" || order === undefined || !sameWords(cited, order.cited),
  );
}

function sameWords(some: DraftValue["cited"], others: DraftValue["cited"]): boolean {
  return some.some(({ page, words }) =>
    others.some((other) => other.page === page && other.words.some((word) => words.includes(word))),
  );
}
