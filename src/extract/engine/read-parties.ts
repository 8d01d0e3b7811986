import type { PartyDetail, PartySpec } from "../define.ts";
import type { DraftValue } from "./draft.ts";
import { cite } from "./evidence.ts";
import { findMerchants } from "./merchant.ts";
import { findCustomers, findVendors, nameAtLabel, type PartyName } from "./parties.ts";
import {
  addressBelow,
  type Detail,
  findPartyEmails,
  findPartyPhones,
  findPartyTaxIds,
  findPartyWebsites,
  findRegistrations,
} from "./party-details.ts";
import { hitsOf } from "./choices.ts";
import type { Reading } from "./reading.ts";

const LEAST = 0.33;

/** Names, addresses and contacts of the parties. The issuer is decided first; the others are somebody else. */
export function readParties(reading: Reading, specs: readonly PartySpec[]): DraftValue[] {
  const values: DraftValue[] = [];
  let issuer: string | null = null;
  for (const spec of specs) {
    const name = nameOf(reading, spec, specs, issuer);
    if (!name || name.score < LEAST) {
      values.push(...detailsOf(reading, spec, null));
      continue;
    }
    if (spec.role === "issuer") issuer = name.name;
    values.push({
      pointer: `${spec.pointer}/name`,
      value: name.name.replace(/\s+/g, " "),
      cited: [name.piece, ...(name.more ?? [])].map((piece) => cite(piece)),
      confidence: Math.min(0.97, name.score),
    });
    values.push(...detailsOf(reading, spec, name));
  }
  return values;
}

function nameOf(
  reading: Reading,
  spec: PartySpec,
  specs: readonly PartySpec[],
  issuer: string | null,
): PartyName | undefined {
  switch (spec.role) {
    case "issuer":
      return findVendors(reading, spec.keys, otherKeys(spec, specs))[0];
    case "merchant":
      return findMerchants(reading)[0];
    case "addressee":
      return findCustomers(reading, spec.keys, issuer)[0];
    case "delivery":
      return hitsOf(reading, spec.keys)
        .flatMap((hit) => nameAtLabel(reading, hit) ?? [])
        .sort((a, b) => b.score - a.score)[0];
  }
}

function otherKeys(spec: PartySpec, specs: readonly PartySpec[]): PartySpec["keys"] {
  return specs.filter((other) => other !== spec && other.role === "addressee").flatMap((other) => other.keys);
}

function detailsOf(reading: Reading, spec: PartySpec, name: PartyName | null): DraftValue[] {
  const owner = spec.role === "issuer" || spec.role === "merchant" ? "vendor" : "customer";
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

function detailOf(
  reading: Reading,
  detail: PartyDetail,
  owner: "vendor" | "customer",
  name: PartyName | null,
): Detail | null | undefined {
  switch (detail) {
    case "address":
      return name
        ? addressBelow(reading, (name.more ?? [])[(name.more ?? []).length - 1] ?? name.piece)
        : null;
    case "tax_id": {
      const best = findPartyTaxIds(reading, owner)[0];
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
