import { foldKey } from "../../model/fold.ts";
import type { PartySpec } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import { readParties } from "../engine/read-parties.ts";
import type { Reading } from "../engine/reading.ts";
import { readBlocks } from "./party-blocks.ts";

/** How sure a name has to be that only its place speaks for. */
const LEAST = 0.5;

/** The parties that no label announces: who sends the document, and who it is addressed to. */
export function fillParties(
  reading: Reading,
  known: readonly DraftValue[],
  specs: readonly PartySpec[],
): DraftValue[] {
  const names = new Map(known.map(({ pointer, value }) => [pointer, String(value)]));
  const guessed = readParties(reading, specs).filter(
    ({ pointer, confidence }) => confidence >= LEAST || !pointer.endsWith("/name"),
  );
  const found = [...guessed, ...readBlocks(reading, [...known, ...issuersOf(guessed, specs)], specs)];
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
  return withoutSharedAddresses(
    known,
    filled.filter(({ pointer }) => !names.has(pointer)),
    specs,
  );
}

/** An address that no label announces is one party's alone: the sender's, where two would have it. */
function withoutSharedAddresses(
  known: readonly DraftValue[],
  filled: readonly DraftValue[],
  specs: readonly PartySpec[],
): DraftValue[] {
  const issuers = new Set(
    specs.filter(({ role }) => role === "issuer").map(({ pointer }) => `${pointer}/address`),
  );
  const all = [...known, ...filled].filter(({ pointer }) => pointer.endsWith("/address"));
  const kept = filled.filter(
    ({ pointer, value }) =>
      !pointer.endsWith("/address") ||
      issuers.has(pointer) ||
      !all.some((other) => other.pointer !== pointer && other.value === value),
  );
  return [...known, ...kept];
}

function issuersOf(values: readonly DraftValue[], specs: readonly PartySpec[]): DraftValue[] {
  const issuer = specs.find(({ role }) => role === "issuer");
  return values.filter(({ pointer }) => pointer === `${issuer?.pointer ?? ""}/name`);
}

function isSame(a: string, b: string): boolean {
  const [first, second] = [foldKey(a), foldKey(b)];
  return first.includes(second) || second.includes(first);
}
