import { foldKey } from "../../model/fold.ts";
import type { PartySpec } from "../define.ts";
import type { DraftValue } from "../engine/draft.ts";
import { addressBelow } from "../engine/party-details.ts";
import { cite } from "../engine/evidence.ts";
import { hasCasedForm, isLegalForm } from "../engine/party-names.ts";
import type { Reading } from "../engine/reading.ts";
import { namePlaces } from "./party-candidates.ts";
import { partyDetails } from "../engine/read-parties.ts";
import { textOf } from "../engine/view.ts";
import { partyField, type PartyRole } from "./party-names.ts";
import type { ScoredRead } from "./rescore.ts";
import type { Candidate, NameEvidence } from "./scored-field.ts";
import addressee from "./weights/party-addressee.json" with { type: "json" };
import issuer from "./weights/party-issuer.json" with { type: "json" };

/** What is chosen by learned weights of a business paper's parties: who issued it, and who it is made out to. */
export function partyFields(parties: readonly PartySpec[]): ScoredRead<NameEvidence>[] {
  const [from, to] = (["issuer", "addressee"] as const).map((role) =>
    parties.find((party) => party.role === role),
  );
  if (!from || !to) return [];
  return [
    scoredName("party-issuer", { spec: from, other: to }, issuer),
    {
      ...scoredName("party-addressee", { spec: to, other: from }, addressee),
      unlike: `${from.pointer}/name`,
    },
  ];
}

/** Names in writings that no document to learn from was in. */
const UNLEARNED =
  /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Arabic}|\p{Script=Hebrew}/u;
/** How sure the rules are of a name behind a label, and of one that nothing speaks against. */
const [LABELLED, CERTAIN] = [0.5, 0.85];

function scoredName(
  name: string,
  role: PartyRole,
  weights: ScoredRead<NameEvidence>["weights"],
): ScoredRead<NameEvidence> {
  const { pointer, details } = role.spec;
  return {
    pointer: `${pointer}/name`,
    field: partyField(name, role),
    weights,
    follows: [`${pointer}/legal_name`, ...details.map((detail) => `${pointer}/${detail}`)],
    keepsRule: ({ value, confidence }) => confidence >= (UNLEARNED.test(String(value)) ? LABELLED : CERTAIN),
    renews: ({ reading }, candidate) => {
      const party = nameOf(candidate);
      if (!party) return [];
      const found = partyDetails(reading, role.spec, party);
      const address = found.find((value) => value.pointer === `${pointer}/address`);
      const named = address && foldKey(String(address.value)).includes(candidate.key);
      const elsewhere =
        (address && !named) || !details.includes("address")
          ? []
          : addressElsewhere(reading, pointer, candidate);
      return [
        ...legalNameOf(reading, pointer, candidate),
        ...elsewhere,
        ...(elsewhere.length > 0 ? found.filter((value) => value !== address) : found),
      ];
    },
  };
}

function nameOf({ pieces, value }: Candidate): Parameters<typeof partyDetails>[2] | null {
  const [piece, ...more] = pieces;
  return piece && textOf(piece) !== "" ? { piece, name: value, score: 1, more } : null;
}

/** The full name with its legal form, where the chosen one is printed without it. */
function legalNameOf(reading: Reading, pointer: string, { value, key }: Candidate): DraftValue[] {
  if (key.length < 4 || hasCasedForm(value)) return [];
  for (const { pieces } of namePlaces(reading)) {
    const full = pieces.map((piece) => textOf(piece)).join(" ");
    const longer = foldKey(full);
    if (longer === key || !longer.startsWith(key) || !isLegalForm(full.slice(value.length))) continue;
    return [
      {
        pointer: `${pointer}/legal_name`,
        value: full.replace(/\s+/g, " "),
        cited: pieces.map((piece) => cite(piece)),
        confidence: 0.7,
      },
    ];
  }
  return [];
}

/** The address under or behind the name where it is printed again: in a line of the sender's, or in small print. */
function addressElsewhere(reading: Reading, pointer: string, { key, value }: Candidate): DraftValue[] {
  for (const { pieces } of namePlaces(reading)) {
    const last = pieces[pieces.length - 1];
    const text = pieces.map((piece) => textOf(piece)).join(" ");
    const same =
      foldKey(text) === key || (foldKey(text).startsWith(key) && isLegalForm(text.slice(value.length)));
    const address = last && same ? addressBelow(reading, last) : null;
    if (!address || foldKey(address.value).includes(key)) continue;
    return [
      {
        pointer: `${pointer}/address`,
        value: address.value,
        cited: address.pieces.map((piece) => cite(piece)),
        confidence: address.score * 0.95,
      },
    ];
  }
  return [];
}
