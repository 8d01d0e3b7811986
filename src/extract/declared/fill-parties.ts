import type { PartySpec } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import { readParties } from "../engine/read-parties.ts";
import type { Reading } from "../engine/reading.ts";

/** The parties that no label announces: who sends the document, and who it is addressed to. */
export function fillParties(
  reading: Reading,
  known: readonly DraftValue[],
  specs: readonly PartySpec[],
): DraftValue[] {
  const names = new Map(known.map(({ pointer, value }) => [pointer, String(value)]));
  const missing = specs.filter(({ pointer }) => !names.has(`${pointer}/name`));
  const found = missing.length === 0 ? [] : readParties(reading, specs);
  const others = new Set(
    [...names].filter(([pointer]) => pointer.endsWith("/name")).map(([, name]) => name.toLowerCase()),
  );
  const filled = missing.flatMap(({ pointer }) => {
    const own = found.filter((value) => value.pointer.startsWith(`${pointer}/`));
    const name = own.find((value) => value.pointer === `${pointer}/name`);
    return name && others.has(String(name.value).toLowerCase()) ? [] : own;
  });
  return [...known, ...filled.filter(({ pointer }) => !names.has(pointer))];
}
