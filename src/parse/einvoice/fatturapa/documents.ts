import type { StructuredDocument } from "../../../model/structured.ts";
import { childOf, childrenOf, textOf, type XmlElement, xpathOf } from "../../xml/parse-xml.ts";
import { groupAt } from "../mapping.ts";
import { body } from "./body.ts";
import { kindOf } from "./codes.ts";
import { header } from "./header.ts";

/** FatturaPA 1.x, ordinary (FPA12, FPR12) or simplified (FSM10): one document for each body; null for any other root. */
export function fatturaDocuments(root: XmlElement, attachment: string | null): StructuredDocument[] | null {
  if (root.local !== "FatturaElettronica" && root.local !== "FatturaElettronicaSemplificata") return null;
  const head = childOf(root, "FatturaElettronicaHeader");
  const format = textOf(childOf(head, "DatiTrasmissione", "FormatoTrasmissione")).trim();
  const id = format || (root.attributes["versione"] ?? "").trim();
  return childrenOf(root, "FatturaElettronicaBody").map((element) => {
    const own = groupAt("BG-0", element, body);
    const shared = head === null ? null : groupAt("BG-0", head, header);
    const type = textOf(childOf(element, "DatiGenerali", "DatiGeneraliDocumento", "TipoDocumento")).trim();
    return {
      syntax: "fatturapa",
      kind: kindOf(type),
      attachment,
      profile: id === "" ? null : { id, name: `FatturaPA ${id}` },
      root: {
        id: "BG-0",
        xpath: xpathOf(element),
        terms: own.terms,
        groups: [...(shared?.groups ?? []), ...own.groups],
      },
    };
  });
}
