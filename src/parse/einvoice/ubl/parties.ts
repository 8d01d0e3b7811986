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

/** Addresses have one shape with ids of their own: street, addition, third line, city, post code, region, country. */
export function address(id: GroupId, path: string, ids: AddressIds): Rule {
  const [line1, line2, line3, city, code, region, country] = ids;
  return group(
    id,
    path,
    term(line1, ["StreetName", ".[!StreetName]/Postbox"]),
    term(line2, ["AdditionalStreetName", ".[StreetName]/BuildingNumber"]),
    term(line3, "AddressLine/Line"),
    term(city, "CityName"),
    term(code, "PostalZone"),
    term(region, ["CountrySubentity", ".[!CountrySubentity]/CountrySubentityCode"]),
    term(country, ["Country/IdentificationCode", ".[!Country/IdentificationCode]/Country/Name"]),
  );
}

function contact(id: GroupId, path: string, [name, phone, mail]: readonly [TermId, TermId, TermId]): Rule {
  return group(id, path, term(name, "Name"), term(phone, "Telephone"), term(mail, "ElectronicMail"));
}

/** BG-4 at a party. */
export function seller(path: string): Rule {
  return group(
    "BG-4",
    path,
    term(
      "BT-27",
      ["PartyLegalEntity/RegistrationName", ".[!PartyLegalEntity/RegistrationName]/PartyName/Name"],
      {
        first: true,
      },
    ),
    term("BT-28", ".[PartyLegalEntity/RegistrationName]/PartyName/Name"),
    term("BT-29", "PartyIdentification/ID[@schemeID!=SEPA]"),
    term("BT-30", "PartyLegalEntity/CompanyID"),
    term("BT-31", "PartyTaxScheme[TaxScheme/ID=VAT|GST|IVA]/CompanyID"),
    term("BT-32", "PartyTaxScheme[TaxScheme/ID!=VAT|GST|IVA]/CompanyID"),
    term("BT-33", "PartyLegalEntity/CompanyLegalForm"),
    term("BT-34", "EndpointID"),
    term("website", "WebsiteURI"),
    address("BG-5", "PostalAddress", ["BT-35", "BT-36", "BT-162", "BT-37", "BT-38", "BT-39", "BT-40"]),
    contact("BG-6", "Contact", ["BT-41", "BT-42", "BT-43"]),
  );
}

/** BG-7 at a party. */
export function buyer(path: string): Rule {
  return group(
    "BG-7",
    path,
    term(
      "BT-44",
      ["PartyLegalEntity/RegistrationName", ".[!PartyLegalEntity/RegistrationName]/PartyName/Name"],
      {
        first: true,
      },
    ),
    term("BT-45", ".[PartyLegalEntity/RegistrationName]/PartyName/Name"),
    term("BT-46", "PartyIdentification/ID"),
    term("BT-47", "PartyLegalEntity/CompanyID"),
    term("BT-48", [
      "PartyTaxScheme[TaxScheme/ID=VAT|GST|IVA]/CompanyID",
      "PartyTaxScheme[!TaxScheme/ID]/CompanyID",
    ]),
    term("BT-49", "EndpointID"),
    term("website", "WebsiteURI"),
    address("BG-8", "PostalAddress", ["BT-50", "BT-51", "BT-163", "BT-52", "BT-53", "BT-54", "BT-55"]),
    contact("BG-9", "Contact", ["BT-56", "BT-57", "BT-58"]),
  );
}

/** BG-10. */
export const payee: Rule = group(
  "BG-10",
  "PayeeParty",
  term("BT-59", ["PartyName/Name", ".[!PartyName/Name]/PartyLegalEntity/RegistrationName"]),
  term("BT-60", "PartyIdentification/ID[@schemeID!=SEPA]"),
  term("BT-61", "PartyLegalEntity/CompanyID"),
);

/** BG-11. */
export const taxRepresentative: Rule = group(
  "BG-11",
  "TaxRepresentativeParty",
  term("BT-62", ["PartyName/Name", ".[!PartyName/Name]/PartyLegalEntity/RegistrationName"]),
  term("BT-63", "PartyTaxScheme/CompanyID"),
  address("BG-12", "PostalAddress", ["BT-64", "BT-65", "BT-164", "BT-66", "BT-67", "BT-68", "BT-69"]),
);

const DELIVER_TO = ["BT-75", "BT-76", "BT-165", "BT-77", "BT-78", "BT-79", "BT-80"] as const;

/** BG-13 with the period (BG-14), which UBL keeps beside the delivery. */
export const delivery: Rule = group(
  "BG-13",
  ".",
  term("BT-70", "Delivery/DeliveryParty/PartyName/Name"),
  term("BT-71", ["Delivery/DeliveryLocation/ID", "Delivery/DeliveryParty/PartyIdentification/ID"]),
  term("BT-72", "Delivery/ActualDeliveryDate"),
  group("BG-14", "InvoicePeriod[StartDate,EndDate]", term("BT-73", "StartDate"), term("BT-74", "EndDate")),
  address("BG-15", "Delivery/DeliveryLocation/Address", DELIVER_TO),
  address("BG-15", "Delivery/DeliveryAddress", DELIVER_TO),
);

/** BG-13 of an order: what is asked for or promised instead of what was delivered. */
export const orderDelivery: Rule = group(
  "BG-13",
  ".",
  term("BT-70", "Delivery/DeliveryParty/PartyName/Name"),
  term("BT-71", ["Delivery/DeliveryLocation/ID", "Delivery/DeliveryParty/PartyIdentification/ID"]),
  address("BG-15", "Delivery/DeliveryLocation/Address", DELIVER_TO),
  address("BG-15", "Delivery/DeliveryAddress", DELIVER_TO),
  address(
    "BG-15",
    "Delivery[!DeliveryLocation/Address][!DeliveryAddress]/DeliveryParty/PostalAddress",
    DELIVER_TO,
  ),
);

/** BG-13 of a despatch advice: where the goods go. */
export const despatchDelivery: Rule = group(
  "BG-13",
  ".",
  term(
    "BT-70",
    [
      "Shipment/Delivery/DeliveryParty/PartyName/Name",
      "DeliveryCustomerParty/Party/PartyName/Name",
      "DeliveryCustomerParty/Party[!PartyName/Name]/PartyLegalEntity/RegistrationName",
    ],
    { first: true },
  ),
  term(
    "BT-71",
    ["Shipment/Delivery/DeliveryLocation/ID", "DeliveryCustomerParty/Party/PartyIdentification/ID"],
    { first: true },
  ),
  term("BT-72", "Shipment/Delivery/ActualDeliveryDate"),
  address("BG-15", "Shipment/Delivery/DeliveryAddress", DELIVER_TO),
  address("BG-15", "Shipment/Delivery/DeliveryLocation/Address", DELIVER_TO),
  address(
    "BG-15",
    ".[!Shipment/Delivery/DeliveryAddress][!Shipment/Delivery/DeliveryLocation/Address]/DeliveryCustomerParty/Party/PostalAddress",
    DELIVER_TO,
  ),
);

/** Whoever sends or receives a message or goods, whatever part it has in the trade. */
export function correspondent(id: "sender" | "receiver" | "shipper", path: string): Rule {
  return group(
    id,
    path,
    term("party_name", ["PartyName/Name", ".[!PartyName/Name]/PartyLegalEntity/RegistrationName"]),
    term("party_id", ["EndpointID", "PartyIdentification/ID"], { first: true }),
  );
}
