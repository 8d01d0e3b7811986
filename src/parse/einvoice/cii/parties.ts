import type { GroupId, TermId } from "../../../model/en16931.ts";
import { group, type Rule, term } from "../mapping.ts";

type AddressIds = readonly [
  line1: TermId,
  line2: TermId,
  line3: TermId,
  city: TermId,
  code: TermId,
  region: TermId,
  country: TermId,
];

function address(id: GroupId, path: string, ids: AddressIds): Rule {
  const [line1, line2, line3, city, code, region, country] = ids;
  return group(
    id,
    path,
    term(line1, ["LineOne", ".[!LineOne]/StreetName"]),
    term(line2, "LineTwo"),
    term(line3, "LineThree"),
    term(city, "CityName"),
    term(code, "PostcodeCode"),
    term(region, "CountrySubDivisionName"),
    term(country, "CountryID"),
  );
}

function contact(id: GroupId, [name, phone, mail]: readonly [TermId, TermId, TermId]): Rule {
  return group(
    id,
    "DefinedTradeContact",
    term(name, ["PersonName", "DepartmentName"]),
    term(phone, "TelephoneUniversalCommunication/CompleteNumber"),
    term(mail, "EmailURIUniversalCommunication/URIID"),
  );
}

/** Tax registrations by their scheme: VA is the VAT number, all else the tax office's (EN 16931-3-3). */
const VAT = "SpecifiedTaxRegistration/ID[@schemeID=VA|VAT]";
const OTHER_TAX = "SpecifiedTaxRegistration/ID[@schemeID!=VA|VAT]";
const ELECTRONIC = "URIUniversalCommunication/URIID";

/** BG-4 at a party. */
export function seller(path: string): Rule {
  return group(
    "BG-4",
    path,
    term("BT-27", "Name"),
    term("BT-28", "SpecifiedLegalOrganization/TradingBusinessName"),
    term("BT-29", ["ID", "GlobalID"]),
    term("BT-30", "SpecifiedLegalOrganization/ID"),
    term("BT-31", VAT),
    term("BT-32", OTHER_TAX),
    term("BT-33", "Description"),
    term("BT-34", ELECTRONIC),
    address("BG-5", "PostalTradeAddress", ["BT-35", "BT-36", "BT-162", "BT-37", "BT-38", "BT-39", "BT-40"]),
    contact("BG-6", ["BT-41", "BT-42", "BT-43"]),
  );
}

/** BG-7 at a party. */
export function buyer(path: string): Rule {
  return group(
    "BG-7",
    path,
    term("BT-44", "Name"),
    term("BT-45", "SpecifiedLegalOrganization/TradingBusinessName"),
    term("BT-46", ["ID", "GlobalID"]),
    term("BT-47", "SpecifiedLegalOrganization/ID"),
    term("BT-48", VAT),
    term("BT-49", ELECTRONIC),
    address("BG-8", "PostalTradeAddress", ["BT-50", "BT-51", "BT-163", "BT-52", "BT-53", "BT-54", "BT-55"]),
    contact("BG-9", ["BT-56", "BT-57", "BT-58"]),
  );
}

/** BG-10 at a party. */
export function payee(path: string): Rule {
  return group(
    "BG-10",
    path,
    term("BT-59", "Name"),
    term("BT-60", ["ID", "GlobalID"]),
    term("BT-61", "SpecifiedLegalOrganization/ID"),
  );
}

/** BG-11 at a party. */
export function taxRepresentative(path: string): Rule {
  return group(
    "BG-11",
    path,
    term("BT-62", "Name"),
    term("BT-63", "SpecifiedTaxRegistration/ID"),
    address("BG-12", "PostalTradeAddress", ["BT-64", "BT-65", "BT-164", "BT-66", "BT-67", "BT-68", "BT-69"]),
  );
}

/** BG-15 at a party's address. */
export function deliverTo(path: string): Rule {
  return address("BG-15", path, ["BT-75", "BT-76", "BT-165", "BT-77", "BT-78", "BT-79", "BT-80"]);
}

/** Whoever is billed or bills instead of buyer and seller. */
export function trader(id: "invoicee" | "invoicer", path: string): Rule {
  return group(id, path, term("party_name", "Name"), term("party_id", ["ID", "GlobalID"]));
}
