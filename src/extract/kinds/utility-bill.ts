import { z } from "zod";
import { INVOICE_CHECKS } from "../../model/check-name.ts";
import type { Declaration } from "../declared/declaration.ts";
import { readUtility } from "../declared/read-utility.ts";
import { wordings } from "../declared/wordings.ts";
import { defineExtractor } from "../define.ts";
import { invoiceSchema, readsInvoice } from "./invoice-like.ts";
import { IsoDate, Quantity } from "./shapes.ts";

const schema = invoiceSchema
  .extend({
    account_number: z.string(),
    utility: z.enum(["electricity", "gas", "water", "heating", "telephone", "internet", "waste", "other"]),
    service_address: z.string(),
    meters: z.array(
      z
        .object({
          meter_number: z.string(),
          previous_reading: Quantity,
          current_reading: Quantity,
          previous_date: IsoDate,
          current_date: IsoDate,
          consumption: Quantity,
          unit: z.string(),
        })
        .partial(),
    ),
  })
  .partial();

/** The numbers of an invoice that a utility's account is known by: its own field has them. */
const ACCOUNT: ReadonlySet<string> = new Set(["/customer/customer_id", "/contract_number"]);
const reads = readsInvoice(["invoice_number"], ["invoice"]);

const declares: Declaration = {
  fields: [
    {
      pointer: "/account_number",
      kind: "identifier",
      labels: wordings(
        "account number; account no; customer number; customer no; account; your account number; customer account number; contract account; contract account number; contract number; customer id; customer reference; service account; account id; acct no; your reference; customer account",
        "kundennummer; kunden-nr; vertragskonto; vertragskontonummer; vertragsnummer; kundenkonto; vertragskonto-nr; verbrauchskonto; kundenkontonummer; buchungskonto",
        "numéro de client; n° client; référence client; numéro de compte; n° de contrat; compte de contrat; n° de compte; compte client; référence contrat; numéro de contrat",
        "número de cliente; nº cliente; número de contrato; nº de contrato; referencia de contrato; referencia contrato; cuenta contrato; cuenta; nº de cuenta; código cliente; n. cliente; numero cliente; codice cliente; n. contratto; conto contrattuale; número de conta; nº contrato; código de cliente; klantnummer; contractnummer; klantnr; numer klienta; nr klienta; numer płatnika; kundnummer; kundenummer; kundenr; kontonummer; asiakasnumero; käyttöpaikkanumero; číslo zákazníka; zákaznické číslo; číslo smlouvy; numer umowy; aftalenummer; avtalenummer",
      ),
    },
    {
      pointer: "/utility",
      kind: "choice",
      labels: wordings(
        "service; utility; service type; type of service; product; energy type; energieart; sparte; medium; produkt; énergie; type d'énergie; servicio; suministro; tipo de suministro; fornitura; servizio; serviço; dienst; medium; tjänst; tjeneste; palvelu; služba",
      ),
      choices: {
        electricity: wordings(
          "electricity; electric; power; el; kraft; energia; énergie électrique; elstrom;  electric service; electricity supply; electricity bill; strom; stromrechnung; stromlieferung; elektrizität; elektrische energie; stromverbrauch; électricité; facture d'électricité; electricidad; luz; energía eléctrica; factura de electricidad; energia elettrica; elettricità; luce; eletricidade; energia elétrica; elektriciteit; stroom; energia elektryczna; prąd; elektricitet; elfaktura; elräkning; strøm; elregning; sähkö; sähkölasku; elektřina",
        ),
        gas: wordings(
          "gas; natural gas; kaasu; gass; bygas; metano; gas metano; piped gas; flüssiggas; gas supply; gas bill; erdgas; gasrechnung; gasverbrauch; gaz; gaz naturel; facture de gaz; gas natural; factura de gas; gas naturale; gás natural; gás; aardgas; gaz ziemny; naturgas; maakaasu; zemní plyn; plyn",
        ),
        water: wordings(
          "water; water supply; vattenförsörjning; wasserversorgung; leitungswasser; vandforsyning; aqueduct; acquedotto; wodociągi; vodovod; dricksvatten; drikkevann; water service; water and sewer; sewer; wastewater; water bill; wasser; trinkwasser; wasserrechnung; abwasser; frischwasser; eau; eau potable; facture d'eau; agua; suministro de agua; factura de agua; acqua; servizio idrico; água; drinkwater; water en riool; woda; vatten; vann; vand; vandregning; vesi; voda; vodné",
        ),
        heating: wordings(
          "heating; district heating; heat; varme; värme; lämpö; kaukolämmitys; calore; heizwärme; termico; heating cost; fernwärme; heizung; heizkosten; nahwärme; wärme; chauffage; chauffage urbain; calefacción; riscaldamento; teleriscaldamento; aquecimento; stadsverwarming; verwarming; ogrzewanie; ciepło; fjärrvärme; fjernvarme; kaukolämpö; teplo",
        ),
        telephone: wordings(
          "telephone; phone service; telefonie; telefoni; puhelinliittymä; matkapuhelin; telephony; phone; telecom; cellular; mobile; mobile phone; landline; wireless; telephone bill; mobilfunk; festnetz; telefon; telefonrechnung; mobilfunkrechnung; téléphone; téléphonie; mobile; forfait mobile; teléfono; telefonía; línea móvil; telefono; telefonia; telefone; telemóvel; telefoon; telefonia; mobiltelefon; puhelin; puhelinlasku",
        ),
        internet: wordings(
          "internet; broadband; bredbånd og internett; fiberoptik; netzanschluss; światłowód; internettilgang; tietoliikenne; fibre; fiber; internet service; dsl; breitband; glasfaser; internetanschluss; haut débit; fibre optique; banda ancha; fibra; fibra óptica; banda larga; breedband; glasvezel; bredband; bredbånd; laajakaista",
        ),
        waste: wordings(
          "waste; refuse; avfallshämtning; renovasjon; dagrenovation; avfallshåndtering; jätehuolto; odvoz odpadu; wywóz śmieci; odbiór odpadów; vuilnis; igiene urbana; recogida de residuos; recolha de lixo; resíduos urbanos; collecte des déchets; waste disposal; abfallentsorgung; entsorgung; garbage; trash; waste collection; recycling; abfall; müll; müllabfuhr; abfallgebühren; déchets; ordures; ordures ménagères; residuos; basura; recogida de basuras; rifiuti; tari; resíduos; afval; afvalstoffenheffing; odpady; śmieci; sopor; avfall; affald; renovation; jäte; odpad",
        ),
      },
    },
    {
      pointer: "/service_address",
      kind: "address",
      labels: wordings(
        "service address; supply address; premises; premises address; service location; site address; property address; supply point address; address of supply; service for; location; service at; supplied to; property; installation address; delivery address; meter location; service location address",
        "lieferstelle; verbrauchsstelle; lieferadresse; abnahmestelle; lieferanschrift; anschrift der verbrauchsstelle; objekt; adresse der lieferstelle; verbrauchsadresse; entnahmestelle; anschlussadresse; standort",
        "adresse du lieu de consommation; lieu de consommation; adresse de livraison; point de livraison; adresse de fourniture; adresse du site; site; adresse desservie; lieu de fourniture; logement",
        "dirección de suministro; dirección del suministro; punto de suministro; lugar de suministro; domicilio de suministro; dirección del punto de suministro; indirizzo di fornitura; punto di fornitura; fornitura; luogo di fornitura; local de consumo; morada de fornecimento; local de fornecimento; leveringsadres; leveradres; verbruiksadres; aansluitadres; adres punktu poboru; punkt poboru; miejsce dostarczania; anläggningsadress; förbrukningsställe; leveringsadresse; forbrugssted; anleggsadresse; målepunktadresse; käyttöpaikan osoite; käyttöpaikka; odběrné místo; adresa odběrného místa; místo spotřeby",
      ),
    },
    {
      pointer: "/service_start_date",
      kind: "date",
      labels: wordings(
        "billing period; service period; period; bill period; supply period; charges for; billing cycle; consumption period; service from; period from; from; usage period; abrechnungszeitraum; lieferzeitraum; verbrauchszeitraum; zeitraum; rechnungszeitraum; période; période de facturation; période de consommation; periodo de facturación; período de facturación; periodo facturado; periodo di fatturazione; periodo; período de faturação; período; factuurperiode; verbruiksperiode; periode; leveringsperiode; okres rozliczeniowy; okres; faktureringsperiod; avläsningsperiod; period; faktureringsperiode; afregningsperiode; forbrugsperiode; laskutuskausi; laskutusjakso; zúčtovací období; fakturační období; service dates; metering period; reading period",
      ),
    },
    {
      pointer: "/service_end_date",
      kind: "date",
      labels: wordings(
        "billing period; service period; period; bill period; supply period; charges for; billing cycle; consumption period; service to; period to; to; usage period; abrechnungszeitraum; lieferzeitraum; verbrauchszeitraum; zeitraum; rechnungszeitraum; période; période de facturation; période de consommation; periodo de facturación; período de facturación; periodo facturado; periodo di fatturazione; periodo; período de faturação; período; factuurperiode; verbruiksperiode; periode; leveringsperiode; okres rozliczeniowy; okres; faktureringsperiod; avläsningsperiod; period; faktureringsperiode; afregningsperiode; forbrugsperiode; laskutuskausi; laskutusjakso; zúčtovací období; fakturační období; service dates; metering period; reading period",
      ),
    },
    {
      pointer: "/invoice_number",
      kind: "identifier",
      labels: wordings(
        "bill number; bill no; invoice number; invoice no; bill reference; statement number; bill id; rechnungsnummer; rechnung nr; rechnungs-nr; belegnummer; numéro de facture; n° de facture; facture n°; número de factura; nº factura; factura nº; numero fattura; n. fattura; fattura n; bolletta n; número da fatura; fatura nº; factuurnummer; notanummer; numer faktury; faktura nr; fakturanummer; fakturanr; laskun numero; číslo faktury",
      ),
    },
    {
      pointer: "/invoice_date",
      kind: "date",
      labels: wordings(
        "bill date; invoice date; date of bill; issue date; date issued; statement date; billing date; date of issue; bill issue date; bill issued; rechnungsdatum; datum; ausstellungsdatum; date de facture; date de facturation; date d'émission; facture du; fecha de factura; fecha de emisión; fecha factura; fecha emisión; data fattura; data emissione; data di emissione; data da fatura; data de emissão; factuurdatum; data wystawienia; data faktury; fakturadatum; fakturadato; laskun päiväys; laskupäivä; datum vystavení",
      ),
    },
    {
      pointer: "/due_date",
      kind: "date",
      labels: wordings(
        "due date; payment due; pay by; due by; payment due date; please pay by; amount due by; date due; direct debit date; payable by; due on; fällig am; fälligkeit; zahlbar bis; fälligkeitsdatum; zahlungsziel; bitte zahlen bis; abbuchung am; date limite de paiement; à payer avant le; échéance; date d'échéance; date de prélèvement; à régler avant le; fecha límite de pago; fecha de vencimiento; vencimiento; fecha de cargo; fecha de cobro; scadenza; data scadenza; da pagare entro; data limite de pagamento; pagar até; vencimento; vervaldatum; te betalen voor; uiterste betaaldatum; termin płatności; förfallodatum; förfallodag; forfallsdato; forfaldsdato; betalingsfrist; sidste rettidige betaling; eräpäivä; datum splatnosti; splatnost",
      ),
    },
  ],
  rows: [
    {
      pointer: "/meters",
      titles: wordings(
        "meter readings; meter; meter reading; readings; meter details; your meter readings; usage; consumption; meter information; metering; zählerstände; zählerdaten; zähler; verbrauch; ihre zählerstände; ablesung; verbrauchsermittlung; relevés; relevé de compteur; compteur; vos consommations; relevés de compteur; index; lecturas; lectura del contador; contador; consumo; letture; lettura contatore; consumi; leituras; meterstanden; stany licznika; odczyty; mätarställning; måleravlesning; målerstand; måleraflæsning; lukemat; stav měřiče; odečty",
      ),
      columns: [
        {
          pointer: "/meter_number",
          kind: "identifier",
          labels: wordings(
            "meter number; meter no; meter; meter id; meter serial; meter serial number; serial number; meter #; meter ref; device number; zählernummer; zähler-nr; zähler nr; zähler; gerätenummer; zählernr; numéro de compteur; n° compteur; compteur; n° de compteur; matricule compteur; número de contador; nº contador; contador; nº de contador; medidor; numero contatore; matricola contatore; contatore; matricola; número do contador; contador nº; meternummer; meter; numer licznika; nr licznika; licznik; mätarnummer; mätare; målernummer; måler; måler nr; mittarin numero; mittari; číslo elektroměru; číslo měřidla; měřidlo",
          ),
        },
        {
          pointer: "/previous_reading",
          kind: "number",
          labels: wordings(
            "previous reading; previous; last reading; prior reading; start reading; opening reading; previous read; previous meter reading; reading previous; old reading; from reading; first reading; start read; alter zählerstand; zählerstand alt; anfangsstand; vorheriger stand; stand alt; alter stand; anfangszählerstand; zählerstand anfang; zählerstand vorher; ancien index; index précédent; relevé précédent; ancien relevé; index début; ancien; lectura anterior; anterior; lectura inicial; lettura precedente; precedente; lettura iniziale; leitura anterior; vorige stand; beginstand; oude stand; stan poprzedni; odczyt poprzedni; föregående avläsning; tidigare mätarställning; forrige avlesning; forrige stand; forrige aflæsning; edellinen lukema; počáteční stav; předchozí stav",
          ),
        },
        {
          pointer: "/current_reading",
          kind: "number",
          labels: wordings(
            "current reading; current; present reading; latest reading; end reading; closing reading; this reading; present; current read; present read; current meter reading; new reading; to reading; end read; neuer zählerstand; zählerstand neu; endstand; aktueller stand; stand neu; neuer stand; endzählerstand; zählerstand ende; aktueller zählerstand; zählerstand; nouvel index; index actuel; nouveau relevé; relevé actuel; nouveau; index fin; index relevé; lectura actual; actual; lectura final; lettura attuale; attuale; lettura finale; leitura atual; huidige stand; eindstand; nieuwe stand; stan bieżący; odczyt bieżący; stan obecny; aktuell avläsning; mätarställning; ny stand; aflæsning; nåværende avlesning; nykyinen lukema; lukema; konečný stav; aktuální stav",
          ),
        },
        {
          pointer: "/previous_date",
          kind: "date",
          labels: wordings(
            "previous date; previous reading date; last reading date; from; date of previous reading; start date; from date; start; ablesedatum alt; von; datum alt; date ancien relevé; date précédente; du; fecha anterior; fecha lectura anterior; desde; data lettura precedente; dal; van; od; fra; från",
          ),
        },
        {
          pointer: "/current_date",
          kind: "date",
          labels: wordings(
            "current date; current reading date; reading date; to; date of current reading; end date; to date; read date; date read; end; ablesedatum; ablesedatum neu; bis; datum neu; date relevé; date nouveau relevé; au; fecha actual; fecha lectura actual; fecha lectura; hasta; data lettura attuale; al; tot; do; til; till; date of reading",
          ),
        },
        {
          pointer: "/consumption",
          kind: "number",
          labels: wordings(
            "consumption; usage; used; units used; units consumed; kwh used; total usage; quantity; energy used; consumed; difference; units; volume; total consumption; verbrauch; verbrauch kwh; differenz; verbrauchsmenge; menge; consommation; consommé; conso; consommation kwh; quantité; consumo; consumo kwh; consumido; consumi; diferencia; verbruik; zużycie; ilość; förbrukning; forbruk; forbrug; kulutus; spotřeba; množství",
          ),
        },
        {
          pointer: "/unit",
          kind: "text",
          maxLength: 10,
          pattern: "[^\\d]*\\p{L}[^\\d]{0,8}[23]?",
          labels: wordings(
            "unit; units; uom; unit of measure; einheit; unité; unidad; unità; unidade; eenheid; jednostka; enhet; enhed; yksikkö; jednotka",
          ),
        },
      ],
    },
  ],
};

export const utilityBill = defineExtractor({
  kind: "utility_bill",
  version: 3,
  title: "Utility bill",
  checks: [...INVOICE_CHECKS, "meter_readings"],
  schema,
  required: ["/vendor/name", "/invoice_date", "/total"],
  reads: { ...reads, fields: reads.fields.filter(({ pointer }) => !ACCOUNT.has(pointer)) },
  draft: (reading) => readUtility(reading, declares),
});
