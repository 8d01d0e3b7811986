import { group, type Rule, term } from "../mapping.ts";
import { PAYMENT_CODES, TYPE_CODES } from "./codes.ts";
import { address } from "./header.ts";
import { totals } from "./totals.ts";

const GENERAL = "DatiGenerali/DatiGeneraliDocumento";
const ORDERS = "DatiGenerali/DatiOrdineAcquisto";
const PAYMENT = "DatiPagamento/DettaglioPagamento";
const GOODS = "DatiBeniServizi";
const LINE = `${GOODS}/DettaglioLinee`;

/** Documents that are referred to, by whom a project (CUP) or a tender (CIG) may be named. */
const REFERENCES = [
  "DatiOrdineAcquisto",
  "DatiContratto",
  "DatiConvenzione",
  "DatiRicezione",
  "DatiFattureCollegate",
];
const inAny = (name: string): string[] => REFERENCES.map((one) => `DatiGenerali/${one}/${name}`);

/** SC is a discount, MG a surcharge. */
const DISCOUNT = "ScontoMaggiorazione[Tipo!=MG]";
const SURCHARGE = "ScontoMaggiorazione[Tipo=MG]";

const line = group(
  "BG-25",
  LINE,
  term("BT-126", "NumeroLinea"),
  term("BT-129", "Quantita"),
  term("BT-130", "UnitaMisura"),
  term("BT-131", "PrezzoTotale"),
  term("BT-133", "RiferimentoAmministrazione"),
  group("BG-26", ".", term("BT-134", "DataInizioPeriodo"), term("BT-135", "DataFinePeriodo")),
  group("BG-27", DISCOUNT, term("BT-138", "Percentuale"), term("unit_amount", "Importo")),
  group("BG-28", SURCHARGE, term("BT-143", "Percentuale"), term("unit_amount", "Importo")),
  group("BG-29", ".", term("BT-146", "PrezzoUnitario")),
  group("BG-30", ".", term("BT-151", "Natura"), term("BT-152", "AliquotaIVA")),
  group(
    "BG-31",
    ".",
    term("BT-153", "Descrizione"),
    term("BT-155", "CodiceArticolo[CodiceTipo!=EAN|GTIN|CPV]/CodiceValore", { scheme: "CodiceTipo" }),
    term("BT-157", "CodiceArticolo[CodiceTipo=EAN|GTIN]/CodiceValore", { scheme: "CodiceTipo" }),
    term("BT-158", "CodiceArticolo[CodiceTipo=CPV]/CodiceValore", { scheme: "CodiceTipo" }),
    group(
      "BG-32",
      "AltriDatiGestionali",
      term("BT-160", "TipoDato"),
      term("BT-161", ["RiferimentoTesto", "RiferimentoNumero", "RiferimentoData"]),
    ),
  ),
);

/** Lines of a simplified invoice: amounts with tax. */
const simpleLine = group(
  "BG-25",
  `${GOODS}[Descrizione]`,
  term("BT-131", "Importo"),
  term("tax_amount", "DatiIVA/Imposta"),
  group("BG-30", ".", term("BT-151", "Natura"), term("BT-152", "DatiIVA/Aliquota")),
  group("BG-31", ".", term("BT-153", "Descrizione")),
);

/** What one invoice of a message says. */
export const body: readonly Rule[] = [
  term("BT-1", `${GENERAL}/Numero`),
  term("BT-2", `${GENERAL}/Data`),
  term("BT-3", `${GENERAL}/TipoDocumento`, { codes: TYPE_CODES }),
  term("BT-5", `${GENERAL}/Divisa`),
  term("BT-9", `${PAYMENT}/DataScadenzaPagamento`, { first: true }),
  term("BT-11", inAny("CodiceCUP"), { first: true }),
  term("BT-12", ["DatiGenerali/DatiContratto/IdDocumento", "DatiGenerali/DatiConvenzione/IdDocumento"]),
  term("BT-13", `${ORDERS}/IdDocumento`),
  term("BT-15", "DatiGenerali/DatiRicezione/IdDocumento"),
  term("BT-16", "DatiGenerali/DatiDDT/NumeroDDT"),
  term("BT-17", inAny("CodiceCIG"), { first: true }),
  term("BT-19", `${ORDERS}/CodiceCommessaConvenzione`),
  term("order_date", `${ORDERS}/Data`),
  term("despatch_date", "DatiGenerali/DatiDDT/DataDDT"),
  term("carrier_name", "DatiGenerali/DatiTrasporto/DatiAnagraficiVettore/Anagrafica/Denominazione"),
  term("payment_terms_code", "DatiPagamento/CondizioniPagamento"),
  term("stamp_duty", `${GENERAL}/DatiBollo/ImportoBollo`),
  term("withholding", `${GENERAL}/DatiRitenuta/ImportoRitenuta`),
  group("BG-1", `${GENERAL}/Causale`, term("BT-22", ".")),
  group("BG-3", "DatiGenerali/DatiFattureCollegate", term("BT-25", "IdDocumento"), term("BT-26", "Data")),
  group("BG-3", "DatiGenerali/DatiFatturaRettificata", term("BT-25", "NumeroFR"), term("BT-26", "DataFR")),
  group("BG-10", `${PAYMENT}[Beneficiario]`, term("BT-59", "Beneficiario")),
  group(
    "BG-13",
    "DatiGenerali/DatiTrasporto",
    term("BT-72", ["DataOraConsegna", ".[!DataOraConsegna]/DataOraRitiro"]),
    address("BG-15", "IndirizzoResa", ["BT-75", "BT-78", "BT-77", "BT-79", "BT-80"]),
  ),
  group(
    "BG-16",
    PAYMENT,
    term("BT-81", "ModalitaPagamento", { codes: PAYMENT_CODES }),
    term("BT-83", "CodicePagamento"),
    group("BG-17", ".", term("BT-84", "IBAN"), term("BT-85", ".[IBAN]/Beneficiario"), term("BT-86", "BIC")),
  ),
  group(
    "installment",
    PAYMENT,
    term("due_date", "DataScadenzaPagamento"),
    term("amount", "ImportoPagamento"),
  ),
  group("BG-20", `${GENERAL}/${DISCOUNT}`, term("BT-92", "Importo"), term("BT-94", "Percentuale")),
  group("BG-21", `${GENERAL}/${SURCHARGE}`, term("BT-99", "Importo"), term("BT-101", "Percentuale")),
  group(
    "BG-21",
    `${GENERAL}/DatiCassaPrevidenziale`,
    term("BT-99", "ImportoContributoCassa"),
    term("BT-100", "ImponibileCassa"),
    term("BT-101", "AlCassa"),
    term("BT-102", "Natura"),
    term("BT-103", "AliquotaIVA"),
    term("pension_fund", "TipoCassa"),
  ),
  totals,
  group(
    "BG-23",
    `${GOODS}/DatiRiepilogo`,
    term("BT-116", "ImponibileImporto"),
    term("BT-117", "Imposta"),
    term("BT-118", "Natura"),
    term("BT-119", "AliquotaIVA"),
    term("BT-120", "RiferimentoNormativo"),
  ),
  group(
    "BG-24",
    "Allegati",
    term("BT-122", "NomeAttachment"),
    term("BT-123", "DescrizioneAttachment"),
    term("BT-125", "Attachment"),
  ),
  line,
  simpleLine,
];
