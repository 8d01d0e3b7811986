import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { Reading } from "../engine/reading.ts";
import type { Piece } from "../engine/view.ts";
import { datesOf } from "./values.ts";

const BIRTH = "/date_of_birth";
const ISSUE = "/issue_date";
const EXPIRY = "/expiry_date";
/** No document is issued for so long. */
const MAX_YEARS = 16;
const BY_ORDER = 0.72;

/**
 * The dates that no known label announces, by their order: whoever holds a document was born before it was issued, and
 * it was issued before it expires. Given only where one day alone fits.
 */
export function datesByOrder(reading: Reading, known: readonly DraftValue[]): DraftValue[] {
  const printed = new Map<string, Piece>();
  for (const segment of reading.view.segments) {
    if (segment.text.includes("<<")) continue;
    for (const { iso, piece } of datesOf(reading, segment)) if (!printed.has(iso)) printed.set(iso, piece);
  }
  const valueOf = (pointer: string): string | null => {
    const draft = known.find((one) => one.pointer === pointer);
    return draft ? String(draft.value) : null;
  };
  const taken = new Set(known.map(({ value }) => String(value)));
  const free = [...printed.keys()].filter((iso) => !taken.has(iso)).toSorted();
  if (free.length === 0 || free.length > 3) return [];
  const [birth, issue, expiry] = [valueOf(BIRTH), valueOf(ISSUE), valueOf(EXPIRY)];
  const missing = [BIRTH, ISSUE, EXPIRY].filter((pointer) => valueOf(pointer) === null);
  const chosen = choose(free, missing, [birth, issue, expiry]);
  return chosen.flatMap(([pointer, iso]) => {
    const piece = printed.get(iso);
    return piece ? [{ pointer, value: iso, cited: [cite(piece)], confidence: BY_ORDER }] : [];
  });
}

function choose(
  free: readonly string[],
  missing: readonly string[],
  [birth, issue, expiry]: readonly (string | null)[],
): [string, string][] {
  const [first, second, third] = free;
  if (first === undefined) return [];
  if (missing.length === 3 && third !== undefined && second !== undefined)
    return inOrder(first, second, third)
      ? [
          [BIRTH, first],
          [ISSUE, second],
          [EXPIRY, third],
        ]
      : [];
  const solutions: [string, string][][] = [];
  for (const picked of assignments(free, missing)) {
    const of = (pointer: string, value: string | null | undefined): string | null =>
      picked.find(([at]) => at === pointer)?.[1] ?? value ?? null;
    if (inOrder(of(BIRTH, birth), of(ISSUE, issue), of(EXPIRY, expiry))) solutions.push(picked);
  }
  const most = Math.max(0, ...solutions.map((picked) => picked.length));
  const best = solutions.filter((picked) => picked.length === most);
  return most > 0 && best.length === 1 ? (best[0] ?? []) : [];
}

/** Every way to give the missing dates days that are free. */
function assignments(free: readonly string[], missing: readonly string[]): [string, string][][] {
  const [pointer, ...others] = missing;
  if (pointer === undefined) return [[]];
  const without = assignments(free, others);
  const withOne = free.flatMap((iso) =>
    assignments(
      free.filter((other) => other !== iso),
      others,
    ).map((rest): [string, string][] => [[pointer, iso] as [string, string]].concat(rest)),
  );
  return [...without, ...withOne];
}

function inOrder(birth: string | null, issue: string | null, expiry: string | null): boolean {
  if (birth !== null && issue !== null && birth >= issue) return false;
  if (issue !== null && expiry !== null && (issue >= expiry || years(issue, expiry) > MAX_YEARS))
    return false;
  return birth === null || expiry === null || years(birth, expiry) > MAX_YEARS;
}

function years(from: string, to: string): number {
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4));
}
