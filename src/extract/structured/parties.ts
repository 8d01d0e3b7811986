import { groupOf, groupsOf, termOf, termsOf } from "../../model/en16931.ts";
import type { Group, Term } from "../../model/structured.ts";
import type { Sheet } from "./sheet.ts";

/** The ids of what parties have, each party by its own numbers; null for what it lacks. */
interface PartyIds {
  readonly group: string;
  readonly name: string;
  readonly tradingName?: string;
  readonly identifier?: string;
  readonly registration?: string;
  readonly vat?: string;
  readonly otherTax?: string;
  readonly legalInformation?: string;
  readonly electronicAddress?: string;
  readonly address?: AddressIds;
  readonly contact?: {
    readonly group: string;
    readonly name: string;
    readonly phone: string;
    readonly email: string;
  };
}

interface AddressIds {
  readonly group: string;
  readonly lines: readonly [string, string, string];
  readonly city: string;
  readonly code: string;
  readonly region: string;
  readonly country: string;
}

export const SELLER: PartyIds = {
  group: "BG-4",
  name: "BT-27",
  tradingName: "BT-28",
  identifier: "BT-29",
  registration: "BT-30",
  vat: "BT-31",
  otherTax: "BT-32",
  legalInformation: "BT-33",
  electronicAddress: "BT-34",
  address: {
    group: "BG-5",
    lines: ["BT-35", "BT-36", "BT-162"],
    city: "BT-37",
    code: "BT-38",
    region: "BT-39",
    country: "BT-40",
  },
  contact: { group: "BG-6", name: "BT-41", phone: "BT-42", email: "BT-43" },
};

export const BUYER: PartyIds = {
  group: "BG-7",
  name: "BT-44",
  tradingName: "BT-45",
  identifier: "BT-46",
  registration: "BT-47",
  vat: "BT-48",
  electronicAddress: "BT-49",
  address: {
    group: "BG-8",
    lines: ["BT-50", "BT-51", "BT-163"],
    city: "BT-52",
    code: "BT-53",
    region: "BT-54",
    country: "BT-55",
  },
  contact: { group: "BG-9", name: "BT-56", phone: "BT-57", email: "BT-58" },
};

export const PAYEE: PartyIds = { group: "BG-10", name: "BT-59", identifier: "BT-60", registration: "BT-61" };

export const TAX_REPRESENTATIVE: PartyIds = {
  group: "BG-11",
  name: "BT-62",
  vat: "BT-63",
  address: {
    group: "BG-12",
    lines: ["BT-64", "BT-65", "BT-164"],
    city: "BT-66",
    code: "BT-67",
    region: "BT-68",
    country: "BT-69",
  },
};

export const SHIP_TO: PartyIds = {
  group: "BG-13",
  name: "BT-70",
  identifier: "BT-71",
  address: {
    group: "BG-15",
    lines: ["BT-75", "BT-76", "BT-165"],
    city: "BT-77",
    code: "BT-78",
    region: "BT-79",
    country: "BT-80",
  },
};

/** ISO 6523: Italy's fiscal code, which is a person's tax number. */
const FISCAL_CODE_SCHEME = "0210";

/** Drafts a party under a pointer: `identifierField` is what its identifier is called there. */
export function draftParty(
  sheet: Sheet,
  root: Group,
  pointer: string,
  ids: PartyIds,
  identifierField = "identifier",
): void {
  const party = groupOf(root, ids.group);
  if (party === null) return;
  const put = (field: string, id: string | undefined): void => {
    if (id !== undefined) sheet.term(`${pointer}/${field}`, party, id);
  };
  put("name", ids.name);
  put("trading_name", ids.tradingName);
  put(identifierField, ids.identifier);
  draftTaxNumbers(sheet, party, pointer, ids);
  put("legal_information", ids.legalInformation);
  put("electronic_address", ids.electronicAddress);
  put("website", "website");
  if (ids.address) draftAddress(sheet, party, pointer, ids.address);
  if (ids.contact) {
    const contact = groupOf(party, ids.contact.group);
    sheet.term(`${pointer}/contact_name`, contact, ids.contact.name);
    sheet.term(`${pointer}/phone`, contact, ids.contact.phone);
    sheet.term(`${pointer}/email`, contact, ids.contact.email);
  }
}

/** The VAT number is the tax number, where there is one; else what the tax office gave. */
function draftTaxNumbers(sheet: Sheet, party: Group, pointer: string, ids: PartyIds): void {
  const one = (id: string | undefined): Term | null => (id === undefined ? null : termOf(party, id));
  const registration = one(ids.registration);
  const fiscal = registration?.scheme === FISCAL_CODE_SCHEME ? registration : null;
  const vat = one(ids.vat);
  const other = one(ids.otherTax) ?? fiscal;
  const tax = vat ?? other;
  if (tax) sheet.given(`${pointer}/tax_id`, tax, "text");
  if (vat && other) sheet.given(`${pointer}/tax_number`, other, "text");
  if (registration && !fiscal) sheet.given(`${pointer}/registration_number`, registration, "text");
}

function draftAddress(sheet: Sheet, party: Group, pointer: string, ids: AddressIds): void {
  const address = groupsOf(party, ids.group).find((group) => group.terms.length > 0);
  if (!address) return;
  const of = (...wanted: readonly string[]): Term[] => wanted.flatMap((id) => termsOf(address, id));
  const town = of(ids.code, ids.city);
  const parts = [
    ...of(...ids.lines).map((term) => term.value),
    town.map((term) => term.value).join(" "),
    ...of(ids.region, ids.country).map((term) => term.value),
  ].filter((part) => part !== "");
  if (parts.length === 0) return;
  const whole = parts.join(", ");
  sheet.put(`${pointer}/address`, whole, whole, address.xpath, "text", false);
  const at = `${pointer}/address_parts`;
  sheet.joined(`${at}/street`, address, of(...ids.lines), ", ");
  sheet.term(`${at}/postal_code`, address, ids.code);
  sheet.term(`${at}/city`, address, ids.city);
  sheet.term(`${at}/region`, address, ids.region);
  sheet.term(`${at}/country`, address, ids.country, "code");
}
