import { foldKey } from "../../model/fold.ts";
import type { PartyDetail, PartySpec } from "../define.ts";
import type { DraftValue } from "./draft.ts";
import { findCustomers } from "./customers.ts";
import { cite } from "./evidence.ts";
import { findMerchants } from "./merchant.ts";
import { findVendors, nameAtLabel, type PartyName } from "./parties.ts";
import {
  addressBelow,
  type Detail,
  findPartyEmails,
  findPartyPhones,
  findPartyTaxIds,
  findPartyWebsites,
  findRegistrations,
  issuerAddress,
  type Owner,
} from "./party-details.ts";
import { hitsOf } from "./choices.ts";
import { hasLegalForm } from "./party-names.ts";
import type { Reading } from "./reading.ts";

const LEAST = 0.33;

/** Names, addresses and contacts of the parties. The issuer is decided first; the others are somebody else. */
export function readParties(reading: Reading, specs: readonly PartySpec[]): DraftValue[] {
  const values: DraftValue[] = [];
  let issuer: string | null = null;
  for (const spec of specs) {
    const names = namesOf(reading, spec, specs, issuer);
    const [name] = names;
    if (!name || name.score < LEAST) {
      values.push(...partyDetails(reading, spec, null));
      continue;
    }
    if (spec.role === "issuer") issuer = name.name;
    values.push({
      pointer: `${spec.pointer}/name`,
      value: name.name.replace(/\s+/g, " "),
      cited: [name.piece, ...(name.more ?? [])].map((piece) => cite(piece)),
      confidence: Math.min(0.97, name.score),
    });
    values.push(...legalNameOf(spec, name, names), ...partyDetails(reading, spec, name));
  }
  return values;
}

function namesOf(
  reading: Reading,
  spec: PartySpec,
  specs: readonly PartySpec[],
  issuer: string | null,
): readonly PartyName[] {
  switch (spec.role) {
    case "issuer":
      return findVendors(reading, spec.keys, otherKeys(spec, specs));
    case "merchant":
      return findMerchants(reading);
    case "addressee":
      return findCustomers(reading, spec.keys, issuer);
    case "delivery":
      return hitsOf(reading, spec.keys)
        .flatMap((hit) => nameAtLabel(reading, hit) ?? [])
        .sort((a, b) => b.score - a.score);
  }
}

/** The full name with its legal form, where the head prints a shorter one and another line the whole. */
function legalNameOf(spec: PartySpec, name: PartyName, names: readonly PartyName[]): DraftValue[] {
  const key = foldKey(name.name);
  if (key.length < 4 || hasLegalForm(name.name) || spec.role === "delivery") return [];
  const full = names.find(
    (other) => other.name.length < 80 && hasLegalForm(other.name) && foldKey(other.name).startsWith(key),
  );
  if (!full) return [];
  return [
    {
      pointer: `${spec.pointer}/legal_name`,
      value: full.name.replace(/\s+/g, " "),
      cited: [full.piece, ...(full.more ?? [])].map((piece) => cite(piece)),
      confidence: Math.min(0.9, Math.max(name.score, full.score)),
    },
  ];
}

function otherKeys(spec: PartySpec, specs: readonly PartySpec[]): PartySpec["keys"] {
  return specs.filter((other) => other !== spec && other.role === "addressee").flatMap((other) => other.keys);
}

/** What a paper says of a party whose name is known, or of none: its address, numbers and contacts. */
export function partyDetails(reading: Reading, spec: PartySpec, name: PartyName | null): DraftValue[] {
  const issuer = spec.role === "issuer" || spec.role === "merchant";
  // Who issues an order stands under the customer's labels where it is labelled at all.
  const turned = issuer ? spec.keys.includes("customer") : spec.keys.includes("vendor");
  const owner: Owner = { label: issuer === turned ? "customer" : "vendor", issuer };
  return spec.details.flatMap((detail) => {
    const best = detailOf(reading, detail, owner, name);
    if (!best || best.score < 0.5) return [];
    return [
      {
        pointer: `${spec.pointer}/${detail}`,
        value: best.value,
        cited: best.pieces.map((piece) => cite(piece)),
        confidence: Math.min(0.95, best.score),
      },
    ];
  });
}

function addressOf(reading: Reading, { issuer }: Owner, name: PartyName): Detail | null {
  const more = name.more ?? [];
  const last = more[more.length - 1] ?? name.piece;
  return issuer ? issuerAddress(reading, name.piece, last) : addressBelow(reading, last);
}

function detailOf(
  reading: Reading,
  detail: PartyDetail,
  owner: Owner,
  name: PartyName | null,
): Detail | null | undefined {
  switch (detail) {
    case "address":
      return name ? addressOf(reading, owner, name) : null;
    case "tax_id": {
      const best = findPartyTaxIds(reading, owner, name?.piece ?? null)[0];
      return best ? { ...best, value: best.value.replace(/[\s.]/g, "") } : null;
    }
    case "registration_number":
      return findRegistrations(reading)[0];
    case "phone":
      return findPartyPhones(reading, owner)[0];
    case "email":
      return findPartyEmails(reading, owner, name?.name ?? null)[0];
    case "website":
      return findPartyWebsites(reading, owner, name?.name ?? null)[0];
  }
}
