import type { GroupId, TermId } from "../../../model/en16931.ts";
import type { Term } from "../../../model/structured.ts";
import { childOf, textOf, xpathOf } from "../../xml/parse-xml.ts";
import { group, type Rule, term } from "../mapping.ts";
import { compilePath } from "../path.ts";

/** A term made of several elements, in their order with what stands between them; it stands where they do. */
function joined(
  id: TermId,
  holder: string,
  parts: readonly string[],
  between: string,
  scheme?: string,
): Rule {
  const path = compilePath(holder);
  return (element, { terms }) => {
    for (const { element: own } of path(element)) {
      const value = parts
        .map((part) => textOf(childOf(own, part)).trim())
        .filter((part) => part !== "")
        .join(between);
      if (value === "") continue;
      const made: Term = { id, value, content: value, xpath: xpathOf(own) };
      terms.push(scheme === undefined ? made : { ...made, scheme });
    }
  };
}

/** A company's name, or a person's of two parts. Simplified invoices have no DatiAnagrafici and no Anagrafica. */
function name(id: TermId): Rule[] {
  const holders = "DatiAnagrafici/Anagrafica";
  return [
    term(id, [`${holders}/Denominazione`, "AltriDatiIdentificativi/Denominazione", "Denominazione"]),
    joined(id, `${holders}[!Denominazione]`, ["Nome", "Cognome"], " "),
    joined(id, "AltriDatiIdentificativi[!Denominazione]", ["Nome", "Cognome"], " "),
    joined(id, ".[!Denominazione]", ["Nome", "Cognome"], " "),
  ];
}

function vat(id: TermId): Rule[] {
  return ["DatiAnagrafici", "IdentificativiFiscali", "."].map((holder) =>
    joined(id, `${holder}/IdFiscaleIVA`, ["IdPaese", "IdCodice"], ""),
  );
}

const FISCAL_CODE = ["DatiAnagrafici/CodiceFiscale", "IdentificativiFiscali/CodiceFiscale", "CodiceFiscale"];

type AddressIds = readonly [line: TermId, code: TermId, city: TermId, region: TermId, country: TermId];

export function address(id: GroupId, path: string, [line, code, city, region, country]: AddressIds): Rule {
  return group(
    id,
    path,
    joined(line, ".", ["Indirizzo", "NumeroCivico"], " "),
    term(code, "CAP"),
    term(city, "Comune"),
    term(region, "Provincia"),
    term(country, "Nazione"),
  );
}

/** BG-4. The register's number is its office and its own (REA). */
const seller = group(
  "BG-4",
  "CedentePrestatore",
  ...name("BT-27"),
  ...vat("BT-31"),
  term("BT-32", FISCAL_CODE),
  joined("BT-30", "IscrizioneREA", ["Ufficio", "NumeroREA"], "-"),
  term("tax_regime", ["DatiAnagrafici/RegimeFiscale", "RegimeFiscale"]),
  address("BG-5", "Sede", ["BT-35", "BT-38", "BT-37", "BT-39", "BT-40"]),
  group("BG-6", "Contatti", term("BT-42", "Telefono"), term("BT-43", "Email")),
);

/** ISO 6523: Codice fiscale. */
const FISCAL_CODE_SCHEME = "0210";

/** BG-7, with its address in the exchange system, which stands in the message's own data. */
const buyer = group(
  "BG-7",
  "CessionarioCommittente",
  ...name("BT-44"),
  ...vat("BT-48"),
  term("BT-47", FISCAL_CODE, { schemeName: FISCAL_CODE_SCHEME }),
  term("BT-49", [
    "/FatturaElettronicaHeader/DatiTrasmissione/PECDestinatario",
    "/FatturaElettronicaHeader/DatiTrasmissione/CodiceDestinatario[.!=0000000]",
  ]),
  address("BG-8", "Sede", ["BT-50", "BT-53", "BT-52", "BT-54", "BT-55"]),
  address("BG-8", "AltriDatiIdentificativi/Sede", ["BT-50", "BT-53", "BT-52", "BT-54", "BT-55"]),
);

const taxRepresentative = group(
  "BG-11",
  "RappresentanteFiscale",
  ...name("BT-62"),
  ...vat("BT-63"),
  address("BG-12", "Sede", ["BT-64", "BT-67", "BT-66", "BT-68", "BT-69"]),
);

/** What the header of a message says of all of its invoices. */
export const header: readonly Rule[] = [
  group("BG-2", "DatiTrasmissione", term("BT-24", "FormatoTrasmissione")),
  seller,
  buyer,
  taxRepresentative,
];
