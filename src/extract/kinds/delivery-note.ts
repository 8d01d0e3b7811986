import { z } from "zod";
import type { Declaration } from "../declared/declaration.ts";
import { readDelivery } from "../declared/read-delivery.ts";
import { wordings } from "../declared/wordings.ts";
import { defineExtractor } from "../define.ts";
import { IsoDate, LineItem, Party, Quantity } from "./shapes.ts";

const schema = z
  .object({
    delivery_note_number: z.string(),
    delivery_date: IsoDate,
    document_date: IsoDate,
    purchase_order_number: z.string(),
    order_date: IsoDate,
    sales_order_number: z.string(),
    sales_order_header_id: z.string(),
    customer_id: z.string(),
    supplier: Party,
    customer: Party,
    ship_to: Party,
    carrier: z.string(),
    tracking_number: z.string(),
    incoterms: z.string(),
    packages: z.string(),
    gross_weight: Quantity,
    weight_unit: z.string(),
    received_by: z.string(),
    line_items: z.array(LineItem),
  })
  .partial();

const recipient = wordings(
  "deliver to; ship to; delivery address; consignee; delivered to; ship-to; shipping address; deliver-to address; receiver; recipient; goods recipient; destination; site address; lieferadresse; lieferanschrift; warenempfänger; empfänger; lieferung an; versandadresse; livré à; adresse de livraison; destinataire; livraison à; lieu de livraison; dirección de entrega; entregar en; destinatario; lugar de entrega; enviar a; destinazione; luogo di consegna; destinatario merce; morada de entrega; local de entrega; afleveradres; leveringsadres; bezorgadres; adres dostawy; miejsce dostawy; odbiorca; leveransadress; godsmottagare; leveringsadresse; leveres til; toimitusosoite; vastaanottaja; dodací adresa; příjemce",
);
const customer = wordings(
  "customer; bill to; sold to; buyer; client; invoice to; ordered by; account; kunde; käufer; auftraggeber; besteller; rechnungsadresse; rechnungsempfänger; client; acheteur; facturé à; adresse de facturation; cliente; comprador; facturar a; cliente / comprador; acquirente; cessionario; klant; koper; afnemer; nabywca; klient; zamawiający; kund; köpare; kjøper; køber; asiakas; ostaja; odběratel; kupující; zákazník",
);
const supplier = wordings(
  "supplier; shipper; sender; from; consignor; seller; vendor; shipped from; dispatched from; ship from; despatched by; exporter; lieferant; absender; versender; verkäufer; lieferer; fournisseur; expéditeur; vendeur; proveedor; remitente; expedidor; vendedor; fornitore; mittente; cedente; venditore; fornecedor; remetente; expedidor; leverancier; afzender; verkoper; dostawca; nadawca; sprzedawca; wystawca; leverantör; avsändare; leverandør; avsender; afsender; toimittaja; lähettäjä; dodavatel; odesílatel",
);
const address = wordings(
  "address; anschrift; adresse; dirección; domicilio; indirizzo; endereço; morada; adres; adress; osoite; adresa",
);
const name = wordings(
  "name; company; company name; firma; nom; société; raison sociale; nombre; razón social; empresa; nome; ragione sociale; naam; bedrijf; nazwa; namn; navn; nimi; název",
);

const declares: Declaration = {
  fields: [
    {
      pointer: "/delivery_note_number",
      kind: "identifier",
      labels: wordings(
        "delivery note number; delivery note no; delivery note; delivery number; delivery no; packing slip number; packing slip no; packing slip; packing list number; packing list no; despatch note no; dispatch note number; despatch number; dispatch number; advice note number; delivery ticket; docket number; docket no; delivery docket; dn no; delivery id; shipment number; consignment note; waybill number; note number; document number; document no; number; no; goods note; delivery slip no; lieferscheinnummer; lieferschein-nr; lieferschein nr; lieferschein; lieferscheinnr; beleg-nr; belegnummer; lieferungsnummer; packzettelnummer; ls-nr; ls-nummer; warenbegleitschein; dokumentnummer; numéro de bon de livraison; bon de livraison n°; n° bon de livraison; bl n°; n° bl; n° de livraison; bordereau n°; bon n°; numéro de livraison; n° de bon; nº de albarán; número de albarán; albarán nº; albarán; nota de entrega nº; nº de entrega; n.º albarán; número de entrega; documento nº; ddt n; ddt numero; numero ddt; bolla n; numero documento; documento di trasporto n; n. ddt; bolla di consegna n; guia de remessa nº; guia nº; nº guia; guia de transporte nº; número da guia; pakbonnummer; pakbon; leverbonnummer; leverbon; vrachtbriefnummer; pakbon nr; bonnummer; numer wz; wz nr; nr wz; dokument wz; numer dokumentu; dowód dostawy nr; följesedel nr; följesedelsnummer; följesedel; følgeseddel nr; følgeseddelnummer; følgeseddel; følgeseddelnr; pakkseddel nr; pakkseddelnummer; lähete nro; lähetteen numero; lähetysluettelo nro; dodací list č; číslo dodacího listu; dodací list číslo",
      ),
    },
    {
      pointer: "/delivery_date",
      kind: "date",
      labels: wordings(
        "delivery date; date of delivery; delivered on; delivered; deliver on; ship date; shipping date; shipped on; date shipped; despatch date; dispatch date; date of dispatch; expected delivery; requested delivery date; scheduled delivery; delivery scheduled; goods delivered on; lieferdatum; liefertermin; lieferung am; liefertag; versanddatum; versandt am; geliefert am; tag der lieferung; date de livraison; livré le; livraison le; date d'expédition; expédié le; fecha de entrega; fecha entrega; entregado el; fecha de envío; fecha de expedición; data di consegna; data consegna; data trasporto; inizio trasporto; data ritiro; data de entrega; data de expedição; leverdatum; leveringsdatum; afleverdatum; verzenddatum; data dostawy; data wydania; data wysyłki; leveransdatum; leveransdag; leveringsdato; leveret den; toimituspäivä; datum dodání; datum expedice",
      ),
    },
    {
      pointer: "/document_date",
      kind: "date",
      labels: wordings(
        "date; document date; issue date; date of issue; delivery note date; note date; issued on; printed; print date; issued; belegdatum; datum; lieferscheindatum; ausstellungsdatum; date; date du document; date d'émission; date du bl; date du bon; fecha; fecha del albarán; fecha albarán; fecha de emisión; fecha documento; data; data documento; data ddt; data emissione; data de emissão; data do documento; datum; datum pakbon; data wystawienia; data dokumentu; datum; utskriftsdatum; dato; følgeseddeldato; päiväys; päivämäärä; datum vystavení",
      ),
    },
    {
      pointer: "/purchase_order_number",
      kind: "identifier",
      labels: wordings(
        "order number; order no; order no.; order #; order; order id; order nr; ordernummer; ordrenummer; ordrenr; order-nr; numero d'ordine; ordine n; commande n°; zamówienie; objednávka; pedido; encomenda; tilaus; purchase order number; purchase order no; purchase order; po number; po no; po #; po; p.o. number; customer order number; customer order no; your order number; your order no; your order; customer po; your reference; your ref; customer reference; customer ref; buyer order; order reference; client order; cust po; bestellnummer; bestell-nr; ihre bestellung; ihre bestellnummer; kundenbestellung; kundenbestellnummer; ihr zeichen; bestellung nr; ihre referenz; ihre bestell-nr; numéro de commande client; votre commande; commande client; n° commande; n° de commande; votre référence; réf. client; numéro de commande; bon de commande; nº de pedido; número de pedido; su pedido; pedido nº; pedido cliente; su referencia; pedido de compra; orden de compra; ordine cliente; vostro ordine; n. ordine; vs. ordine; numero ordine; vostro riferimento; rif. ordine; encomenda nº; vossa encomenda; nº encomenda; inkoopordernummer; uw bestelling; bestelnummer; uw referentie; uw ordernummer; ordernummer klant; numer zamówienia; zamówienie nr; nr zamówienia; zamówienie klienta; inköpsordernummer; er order; ert ordernr; beställningsnummer; innkjøpsordre; deres ordre; bestillingsnummer; deres ordrenr; kundens ordrenr; rekvisitionsnummer; ostotilausnumero; tilausnumero; teidän tilauksenne; asiakkaan tilausnumero; číslo objednávky; vaše objednávka; objednávka č",
      ),
    },
    {
      pointer: "/order_date",
      kind: "date",
      labels: wordings(
        "order date; date of order; ordered on; po date; purchase order date; date ordered; bestelldatum; auftragsdatum; bestellt am; date de commande; commandé le; fecha de pedido; fecha pedido; fecha del pedido; data ordine; data encomenda; data da encomenda; besteldatum; orderdatum; data zamówienia; orderdatum; beställningsdatum; ordredato; bestillingsdato; tilauspäivä; datum objednávky",
      ),
    },
    {
      pointer: "/sales_order_number",
      kind: "identifier",
      labels: wordings(
        "sales order number; sales order no; sales order; our order; our order number; so number; so no; our reference; our ref; job number; auftragsnummer; auftrags-nr; auftrag nr; unser auftrag; unser zeichen; unsere auftragsnummer; auftragsbestätigung; notre référence; notre commande; numéro de commande interne; nuestra referencia; nuestro pedido; pedido de venta; nostro ordine; nostro riferimento; ordine di vendita; ordine interno; nossa referência; verkooporder; ons ordernummer; onze referentie; zamówienie sprzedaży; nasz numer; vårt ordernr; vår referens; vårt ordrenummer; vor ordre; myyntitilaus; tilausnumeromme; naše objednávka; zakázka č; číslo zakázky",
      ),
    },
    {
      pointer: "/customer_id",
      kind: "identifier",
      labels: wordings(
        "customer number; customer no; customer id; customer code; account number; account no; client number; client code; cust no; customer account; kundennummer; kunden-nr; kd-nr; kundennr; debitor; debitorennummer; numéro client; n° client; code client; número de cliente; nº cliente; código de cliente; cód. cliente; codice cliente; n. cliente; cod. cliente; código cliente; klantnummer; klantnr; debiteurnummer; numer klienta; kod klienta; kundnummer; kundnr; kundenummer; kundenr; asiakasnumero; číslo zákazníka",
      ),
    },
    { pointer: "/supplier/name", kind: "name", sections: supplier, labels: [...supplier, ...name] },
    { pointer: "/supplier/address", kind: "address", sections: supplier, labels: address },
    { pointer: "/customer/name", kind: "name", sections: customer, labels: [...customer, ...name] },
    { pointer: "/customer/address", kind: "address", sections: customer, labels: address },
    { pointer: "/ship_to/name", kind: "name", sections: recipient, labels: [...recipient, ...name] },
    { pointer: "/ship_to/address", kind: "address", sections: recipient, labels: [...recipient, ...address] },
    {
      pointer: "/carrier",
      kind: "text",
      maxLength: 60,
      labels: wordings(
        "carrier; shipped via; ship via; haulier; transport; transported by; courier; freight forwarder; delivery method; shipping method; delivered by; transporter; forwarder; shipper; via; carrier name; freight carrier; spediteur; spedition; frachtführer; versandart; transporteur; versand durch; versand mit; paketdienst; lieferung durch; transporteur; expédié par; mode d'expédition; mode de livraison; transport; livré par; livreur; transportista; agencia de transporte; transporte; enviado por; forma de envío; empresa de transporte; vettore; trasportatore; corriere; trasporto a cura di; spedizione a mezzo; transportador; transportadora; expedição; vervoerder; verzonden via; transporteur; verzendwijze; przewoźnik; spedytor; sposób dostawy; dostarczono przez; transportör; fraktförare; speditör; leveranssätt; transportør; speditør; fragtmand; leveringsmåte; leveringsmåde; forsendelsesmåde; kuljetusliike; kuljettaja; toimitustapa; dopravce; způsob dopravy; doprava",
      ),
    },
    {
      pointer: "/tracking_number",
      kind: "identifier",
      labels: wordings(
        "tracking number; tracking no; tracking; tracking #; tracking id; consignment number; consignment no; awb; airwaybill; waybill; waybill no; shipment tracking; parcel number; shipment number; shipment id; consignment; tracking code; tracking reference; sendungsnummer; sendungs-nr; paketnummer; trackingnummer; sendungsverfolgung; frachtbriefnummer; numéro de suivi; n° de suivi; n° d'expédition; numéro de colis; numéro d'expédition; suivi; número de seguimiento; nº de seguimiento; seguimiento; nº de expedición; localizador; número de envío; numero di tracking; numero spedizione; n. spedizione; codice spedizione; tracking n; número de rastreio; código de rastreio; track & trace; zendingnummer; trackingcode; zendingsnummer; numer przesyłki; numer listu przewozowego; nr przesyłki; kollinummer; sändningsnummer; spårningsnummer; sporingsnummer; sendingsnummer; forsendelsesnummer; track and trace; seurantanumero; lähetystunnus; seurantatunnus; sledovací číslo; číslo zásilky",
      ),
    },
    {
      pointer: "/incoterms",
      kind: "text",
      maxLength: 60,
      labels: wordings(
        "incoterms; incoterm; delivery terms; terms of delivery; shipping terms; trade terms; lieferbedingungen; lieferbedingung; lieferkonditionen; frankatur; conditions de livraison; condition de livraison; condiciones de entrega; términos de entrega; resa; condizioni di consegna; porto; condições de entrega; leveringsvoorwaarden; leveringsconditie; warunki dostawy; leveransvillkor; leveringsbetingelser; leveringsvilkår; toimitusehto; toimitusehdot; dodací podmínky; dodací podmínka",
      ),
    },
    {
      pointer: "/packages",
      kind: "text",
      maxLength: 40,
      labels: wordings(
        "packages; number of packages; no of packages; no. of packages; cartons; no of cartons; boxes; parcels; pallets; number of parcels; package count; total packages; pieces; number of pallets; colli; handling units; total cartons; packstücke; anzahl packstücke; kolli; pakete; paletten; anzahl pakete; anzahl kolli; anzahl der packstücke; colis; nombre de colis; nb colis; palettes; nombre de palettes; bultos; número de bultos; nº bultos; nº de bultos; palets; total bultos; colli; numero colli; n. colli; volumes; nº de volumes; número de volumes; pakketten; aantal pakketten; aantal colli; dozen; liczba opakowań; ilość paczek; liczba paczek; opakowania; palety; kolli; antal kolli; antall kolli; antall pakker; antal pakker; kollit; kollien määrä; pakkauksia; počet balíků; počet kusů; balíků",
      ),
    },
    {
      pointer: "/gross_weight",
      kind: "number",
      labels: wordings(
        "gross weight; total weight; weight; total gross weight; shipment weight; weight (kg); gross wt; gross mass; bruttogewicht; gewicht; gesamtgewicht; gewicht brutto; gesamtgewicht brutto; gewicht (kg); poids brut; poids total; poids; poids brut total; peso bruto; peso total; peso; peso bruto total; peso lordo; peso totale; peso (kg); brutogewicht; bruto gewicht; totaalgewicht; gewicht; waga brutto; waga; masa brutto; waga całkowita; bruttovikt; vikt; totalvikt; bruttovekt; vekt; totalvekt; bruttovægt; vægt; samlet vægt; bruttopaino; paino; kokonaispaino; hrubá hmotnost; hmotnost; celková hmotnost; brutto hmotnost",
      ),
    },
    {
      pointer: "/received_by",
      kind: "name",
      labels: wordings(
        "received by; recipient name; accepted by; received in good order by; signed by; receiver; goods received by; signature name; print name; received; name of receiver; empfangen von; erhalten von; empfangen durch; angenommen von; ware erhalten; übernommen von; name des empfängers; reçu par; réceptionné par; nom du réceptionnaire; recibido por; recepcionado por; firmado por; conforme; ricevuto da; firma destinatario; recebido por; ontvangen door; in ontvangst genomen door; odebrał; odebrane przez; przyjął; mottaget av; mottagen av; mottatt av; modtaget af; vastaanottanut; vastaanottaja; převzal; přijal",
      ),
    },
  ],
  rows: [
    {
      pointer: "/line_items",
      titles: wordings(
        "items; goods; delivered items; contents; positionen; artikel; waren; articles; marchandises; artículos; mercancía; articoli; merce; artigos; goederen; artikelen; towary; pozycje; varor; varer; tuotteet; zboží; položky",
      ),
      columns: [
        {
          pointer: "/line_number",
          kind: "number",
          labels: wordings(
            "line; pos; no; item; #; line no; item no; position; pos.; lfd. nr; nr; ligne; línea; riga; n; linha; regel; lp; l.p; rad; linje; rivi; poz; č; řádek; pořadí",
          ),
        },
        {
          pointer: "/product_code",
          kind: "identifier",
          labels: wordings(
            "code; item code; product code; article; article no; sku; part number; part no; item number; product; material; material number; reference; ref; stock code; artikelnummer; artikel-nr; art.-nr; materialnummer; artikelnr; référence; réf; code article; código; ref.; referencia; codice; cod; codice articolo; cod. art; código artigo; artikelcode; artikelnr; kod; indeks; kod towaru; artikelnummer; varenummer; varenr; tuotenumero; tuotekoodi; kód; číslo zboží; kód zboží",
          ),
        },
        {
          pointer: "/description",
          kind: "text",
          labels: wordings(
            "description; item description; product description; goods; item; product; details; article; name; bezeichnung; beschreibung; artikel; artikelbezeichnung; ware; désignation; description; libellé; article; produit; descripción; concepto; artículo; producto; descrizione; descrizione merce; articolo; beni; descrição; designação; artigo; omschrijving; artikel; opis; nazwa; nazwa towaru; towar; benämning; beskrivning; artikel; varubeskrivning; beskrivelse; varebeskrivelse; vare; betegnelse; kuvaus; nimike; tuote; popis; název; položka; název zboží",
          ),
        },
        {
          pointer: "/quantity",
          kind: "number",
          labels: wordings(
            "quantity; qty; qty delivered; delivered; quantity delivered; qty shipped; shipped; delivered qty; units; pieces; count; menge; anzahl; liefermenge; gelieferte menge; geliefert; stück; quantité; qté; qté livrée; quantité livrée; livré; cantidad; cant; cant. entregada; entregado; uds; quantità; q.tà; qta; quant; quantidade; qtd; aantal; geleverd; hoeveelheid; ilość; il; liczba; antal; levererat antal; levererat; kvantitet; antall; levert; mængde; leveret; määrä; toimitettu; kpl; množství; počet; dodáno; ks",
          ),
        },
        {
          pointer: "/unit",
          kind: "text",
          maxLength: 12,
          pattern: "[^\\d]*\\p{L}[^\\d]{0,8}[23]?",
          labels: wordings(
            "unit; uom; u/m; um; unit of measure; einheit; me; mengeneinheit; unité; u; unidad; ud; unità; u.m; unidade; un; eenheid; ehd; jednostka; j.m; jm; enhet; enh; enhed; yksikkö; yks; jednotka; mj; m.j",
          ),
        },
        {
          pointer: "/lot_number",
          kind: "identifier",
          labels: wordings(
            "lot; batch; lot number; batch number; batch no; lot no; charge; chargennummer; charge nr; lot n°; lote; nº lote; lotto; lote; partij; partia; batchnr; erä; šarže",
          ),
        },
        {
          pointer: "/serial_number",
          kind: "identifier",
          labels: wordings(
            "serial number; serial no; serial; s/n; seriennummer; numéro de série; número de serie; numero di serie; serienummer; numer seryjny; sarjanumero; sériové číslo",
          ),
        },
        {
          pointer: "/outstanding_quantity",
          kind: "number",
          labels: wordings(
            "outstanding; backorder; back order; remaining; outstanding quantity; qty outstanding; to follow; rückstand; offen; restmenge; reliquat; reste à livrer; pendiente; residuo; pendente; nalevering; pozostało; restorder; restnoterat; restordre; jälkitoimitus; zbývá",
          ),
        },
      ],
    },
  ],
};

export const deliveryNote = defineExtractor({
  kind: "delivery_note",
  version: 2,
  title: "Delivery note",
  checks: ["dates_in_order", "dates_plausible", "parties_differ", "gtin_checksum"],
  schema,
  required: ["/delivery_note_number", "/supplier/name"],
  draft: (reading, parsed) => readDelivery(reading, parsed, declares),
});
