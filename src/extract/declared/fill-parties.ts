import { foldKey } from "../../model/fold.ts";
import type { PartySpec } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import { readParties } from "../engine/read-parties.ts";
import type { Reading } from "../engine/reading.ts";
import { readBlocks } from "./party-blocks.ts";

/** The parties that no label announces: who sends the document, and who it is addressed to. */
export function fillParties(
  reading: Reading,
  known: readonly DraftValue[],
  specs: readonly PartySpec[],
): DraftValue[] {
  const names = new Map(known.map(({ pointer, value }) => [pointer, String(value)]));
  const found = [...readParties(reading, specs), ...readBlocks(reading, known, specs)];
  const others = new Set(
    [...names].filter(([pointer]) => pointer.endsWith("/name")).map(([, name]) => name.toLowerCase()),
  );
  const filled = specs.flatMap(({ pointer }) => {
    const own = found.filter((value) => value.pointer.startsWith(`${pointer}/`));
    const name = own.find((value) => value.pointer === `${pointer}/name`);
    const known = names.get(`${pointer}/name`);
    if (known === undefined) return name && others.has(String(name.value).toLowerCase()) ? [] : own;
    return name === undefined || isSame(known, String(name.value)) ? own : [];
  });
  return [...known, ...filled.filter(({ pointer }) => !names.has(pointer))];
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [foldKey(a), foldKey(b)];
  return first.includes(second) || second.includes(first);
}
