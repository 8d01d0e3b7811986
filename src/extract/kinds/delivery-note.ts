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
  "sent to; goes to; being sent to; going to; ship to address; drop-off; drop off; unload at; unloading point; delivery point; delivery site; for delivery to; place of delivery; geht an; bestimmungsort; entladestelle; abladestelle; ablieferungsort; zustelladresse; zustellung an; envoyé à; expédié à; à livrer à; lieu de déchargement; destination; destino; enviado a; entrega en; luogo di destinazione; destinazione merce; inviato a; consegnare a; destino da mercadoria; enviado para; entregar a; bestemming; verzonden aan; leveren aan; wysłano do; dostarczyć do; levereras till; skickas till; leveres hos; sendes til; toimitetaan; lähetetään; doručit na; místo určení; deliver to; ship to; delivery address; consignee; delivered to; ship-to; shipping address; deliver-to address; receiver; recipient; goods recipient; destination; site address; lieferadresse; lieferanschrift; warenempfänger; empfänger; lieferung an; versandadresse; livré à; adresse de livraison; destinataire; livraison à; lieu de livraison; dirección de entrega; entregar en; destinatario; lugar de entrega; enviar a; destinazione; luogo di consegna; destinatario merce; morada de entrega; local de entrega; afleveradres; leveringsadres; bezorgadres; adres dostawy; miejsce dostawy; odbiorca; leveransadress; godsmottagare; leveringsadresse; leveres til; toimitusosoite; vastaanottaja; dodací adresa; příjemce",
);
const customer = wordings(
  "buying party; purchaser; purchased by; invoiced to; billed to; orderer; abnehmer; bestellt von; kaufende partei; rechnung an; auftraggeberin; commandé par; facturé au; pedido por; facturado a; ordinato da; fatturato a; intestatario; comprado por; faturado a; besteld door; factuuradres; gefactureerd aan; kupujący; zamówione przez; beställd av; faktureras; bestilt av; faktureres; bestilt af; tilattu; laskutetaan; objednal; customer; bill to; sold to; buyer; client; invoice to; ordered by; account; kunde; käufer; auftraggeber; besteller; rechnungsadresse; rechnungsempfänger; client; acheteur; facturé à; adresse de facturation; cliente; comprador; facturar a; cliente / comprador; acquirente; cessionario; klant; koper; afnemer; nabywca; klient; zamawiający; kund; köpare; kjøper; køber; asiakas; ostaja; odběratel; kupující; zákazník",
);
const supplier = wordings(
  "sent from; sent by; dispatched by; goods from; origin; our company; issued by; absenderin; versandt von; geliefert von; kommt von; envoyé par; expédié de; enviado por; origen; spedito da; inviato da; enviado por; origem; verzonden door; verzonden vanaf; wysłane przez; skickat av; avsänt från; sendt av; sendt fra; afsendt af; lähetetty; odesláno z; supplier; shipper; sender; from; consignor; seller; vendor; shipped from; dispatched from; ship from; despatched by; exporter; lieferant; absender; versender; verkäufer; lieferer; fournisseur; expéditeur; vendeur; proveedor; remitente; expedidor; vendedor; fornitore; mittente; cedente; venditore; fornecedor; remetente; expedidor; leverancier; afzender; verkoper; dostawca; nadawca; sprzedawca; wystawca; leverantör; avsändare; leverandør; avsender; afsender; toimittaja; lähettäjä; dodavatel; odesílatel",
);
const address = wordings(
  "address; anschrift; adresse; dirección; domicilio; indirizzo; endereço; morada; adres; adress; osoite; adresa",
);
const name = wordings(
  "name; company; company name; firma; nom; société; raison sociale; nombre; razón social; empresa; nome; ragione sociale; naam; bedrijf; nazwa; namn; navn; nimi; název",
);

const taxId = wordings(
  "vat no; vat number; vat reg no; vat id; tax id; tax no; tax number; abn; gstin; ein; ust-id; ust-idnr; ust-id-nr; uid; uid-nr; umsatzsteuer-id; steuernummer; steuer-nr; mwst-nr; n° tva; tva; tva intracommunautaire; siret; siren; n° siret; cif; nif; nif/cif; nif iva; rfc; p. iva; partita iva; p.iva; codice fiscale; c.f; contribuinte; nipc; cnpj; btw-nummer; btw nr; btw; kvk; kvk-nummer; nip; regon; momsregistreringsnummer; momsnr; org.nr; orgnr; organisationsnummer; foretaksregisteret; cvr; cvr-nr; se-nr; y-tunnus; alv-tunniste; alv-numero; dič; ičo; ič dph",
);

const declares: Declaration = {
  fields: [
    {
      pointer: "/delivery_note_number",
      kind: "identifier",
      labels: wordings(
        "sheet number; note ref; advice no; ticket no; delivery reference; dispatch reference; shipment reference; document reference; paper no; slip no; manifest no; vorgang; vorgangsnummer; warenausgangsnummer; lieferung nr; liefernummer; packschein nr; bordereau de livraison; référence livraison; bonnr; bon nr; leveringsnummer; paklijstnummer; remito nº; nº remito; hoja nº; bolletta n; numero bolla; documento n; delivery note number; delivery note no; delivery note; delivery number; delivery no; packing slip number; packing slip no; packing slip; packing list number; packing list no; despatch note no; dispatch note number; despatch number; dispatch number; advice note number; delivery ticket; docket number; docket no; delivery docket; dn no; delivery id; shipment number; consignment note; waybill number; note number; document number; document no; number; no; goods note; delivery slip no; lieferscheinnummer; lieferschein-nr; lieferschein nr; lieferschein; lieferscheinnr; beleg-nr; belegnummer; lieferungsnummer; packzettelnummer; ls-nr; ls-nummer; warenbegleitschein; dokumentnummer; numéro de bon de livraison; bon de livraison n°; n° bon de livraison; bl n°; n° bl; n° de livraison; bordereau n°; bon n°; numéro de livraison; n° de bon; nº de albarán; número de albarán; albarán nº; albarán; nota de entrega nº; nº de entrega; n.º albarán; número de entrega; documento nº; ddt n; ddt numero; numero ddt; bolla n; numero documento; documento di trasporto n; n. ddt; bolla di consegna n; guia de remessa nº; guia nº; nº guia; guia de transporte nº; número da guia; pakbonnummer; pakbon; leverbonnummer; leverbon; vrachtbriefnummer; pakbon nr; bonnummer; numer wz; wz nr; nr wz; dokument wz; numer dokumentu; dowód dostawy nr; följesedel nr; följesedelsnummer; följesedel; følgeseddel nr; følgeseddelnummer; følgeseddel; følgeseddelnr; pakkseddel nr; pakkseddelnummer; lähete nro; lähetteen numero; lähetysluettelo nro; dodací list č; číslo dodacího listu; dodací list číslo",
      ),
    },
    {
      pointer: "/delivery_date",
      kind: "date",
      labels: wordings(
        "sent on; sent; date sent; goods sent; left on; left our warehouse; left warehouse; departure; departure date; date of departure; arrival; arrival date; arriving; arrives on; arriving on; arrived on; eta; date of arrival; handed over on; date goods left; goods leave; goods arrive; collected on; collection date; pickup date; versendet am; abgang; abgangsdatum; warenausgang am; ankunft; ankunftsdatum; zugestellt am; zustellung am; zustelldatum; angekommen am; eintreffdatum; übergabe am; parti le; envoyé le; date d'envoi; date de départ; arrivée le; date d'arrivée; remis le; date de remise; sortie le; salida; fecha de salida; fecha de llegada; llegada; enviado el; spedito il; data spedizione; data partenza; data arrivo; consegnato il; data uscita; data de envio; data de saída; data de chegada; entregue em; verzonden op; verstuurd op; vertrek; aankomst; geleverd op; bezorgd op; wysłano; data wyjazdu; data przyjazdu; dostarczono; skickad; avsänd; avsändningsdatum; ankomst; ankomstdatum; sendt; afsendt; afsendelsesdato; sendt dato; ankomstdato; lähetetty; lähetyspäivä; saapumispäivä; odesláno; datum odeslání; dodáno; doručeno; delivery date; date of delivery; delivered on; delivered; deliver on; ship date; shipping date; shipped on; date shipped; despatch date; dispatch date; date of dispatch; expected delivery; requested delivery date; scheduled delivery; delivery scheduled; goods delivered on; lieferdatum; liefertermin; lieferung am; liefertag; versanddatum; versandt am; geliefert am; tag der lieferung; date de livraison; livré le; livraison le; date d'expédition; expédié le; fecha de entrega; fecha entrega; entregado el; fecha de envío; fecha de expedición; data di consegna; data consegna; data trasporto; inizio trasporto; data ritiro; data de entrega; data de expedição; leverdatum; leveringsdatum; afleverdatum; verzenddatum; data dostawy; data wydania; data wysyłki; leveransdatum; leveransdag; leveringsdato; leveret den; toimituspäivä; datum dodání; datum expedice",
      ),
    },
    {
      pointer: "/document_date",
      kind: "date",
      labels: wordings(
        "prepared on; drawn up on; made out on; raised on; written on; dated; erstellt am; ausgestellt am; établi le; fait le; elaborado el; expedido; emesso il; redatto il; opgemaakt op; sporządzono; upprättad; udskrevet; date; document date; issue date; date of issue; delivery note date; note date; issued on; printed; print date; issued; belegdatum; datum; lieferscheindatum; ausstellungsdatum; date; date du document; date d'émission; date du bl; date du bon; fecha; fecha del albarán; fecha albarán; fecha de emisión; fecha documento; data; data documento; data ddt; data emissione; data de emissão; data do documento; datum; datum pakbon; data wystawienia; data dokumentu; datum; utskriftsdatum; dato; følgeseddeldato; päiväys; päivämäärä; datum vystavení",
      ),
    },
    {
      pointer: "/purchase_order_number",
      kind: "identifier",
      labels: wordings(
        "your purchase; client ref; client reference; buyer ref; buyer reference; buyer's order; purchase ref; purchase reference; purchase; purchase no; ordered under; besteller-ref; besteller-referenz; kundenreferenz; kunden-bestellnummer; bestellreferenz; réf. commande; référence commande; référence de commande; commande; ref. pedido; referencia de pedido; rif. vs. ordine; vs. rif; rif. cliente; riferimento ordine; bestelnr; uw bestelnr; bestelreferentie; uw ref; nr zam; deres ref; deres referanse; din referens; kundereferens; kundens reference; asiakkaan viite; viitteenne; vaše značka; order number; order no; order no.; order #; order; order id; order nr; ordernummer; ordrenummer; ordrenr; order-nr; numero d'ordine; ordine n; commande n°; zamówienie; objednávka; pedido; encomenda; tilaus; purchase order number; purchase order no; purchase order; po number; po no; po #; po; p.o. number; customer order number; customer order no; your order number; your order no; your order; customer po; your reference; your ref; customer reference; customer ref; buyer order; order reference; client order; cust po; bestellnummer; bestell-nr; ihre bestellung; ihre bestellnummer; kundenbestellung; kundenbestellnummer; ihr zeichen; bestellung nr; ihre referenz; ihre bestell-nr; numéro de commande client; votre commande; commande client; n° commande; n° de commande; votre référence; réf. client; numéro de commande; bon de commande; nº de pedido; número de pedido; su pedido; pedido nº; pedido cliente; su referencia; pedido de compra; orden de compra; ordine cliente; vostro ordine; n. ordine; vs. ordine; numero ordine; vostro riferimento; rif. ordine; encomenda nº; vossa encomenda; nº encomenda; inkoopordernummer; uw bestelling; bestelnummer; uw referentie; uw ordernummer; ordernummer klant; numer zamówienia; zamówienie nr; nr zamówienia; zamówienie klienta; inköpsordernummer; er order; ert ordernr; beställningsnummer; innkjøpsordre; deres ordre; bestillingsnummer; deres ordrenr; kundens ordrenr; rekvisitionsnummer; ostotilausnumero; tilausnumero; teidän tilauksenne; asiakkaan tilausnumero; číslo objednávky; vaše objednávka; objednávka č",
      ),
    },
    {
      pointer: "/order_date",
      kind: "date",
      labels: wordings(
        "order placed; placed on; purchased on; purchase date; date of purchase; ordered; date order placed; bestellung vom; auftrag vom; bestellt; commande du; commandé; pedido del; ordine del; besteld op; besteld; beställd; bestilt; tilattu; objednáno; order date; date of order; ordered on; po date; purchase order date; date ordered; bestelldatum; auftragsdatum; bestellt am; date de commande; commandé le; fecha de pedido; fecha pedido; fecha del pedido; data ordine; data encomenda; data da encomenda; besteldatum; orderdatum; data zamówienia; orderdatum; beställningsdatum; ordredato; bestillingsdato; tilauspäivä; datum objednávky",
      ),
    },
    {
      pointer: "/sales_order_number",
      kind: "identifier",
      labels: wordings(
        "auftrag; sales order number; sales order no; sales order; our order; our order number; so number; so no; our reference; our ref; job number; auftragsnummer; auftrags-nr; auftrag nr; unser auftrag; unser zeichen; unsere auftragsnummer; auftragsbestätigung; notre référence; notre commande; numéro de commande interne; nuestra referencia; nuestro pedido; pedido de venta; nostro ordine; nostro riferimento; ordine di vendita; ordine interno; nossa referência; verkooporder; ons ordernummer; onze referentie; zamówienie sprzedaży; nasz numer; vårt ordernr; vår referens; vårt ordrenummer; vor ordre; myyntitilaus; tilausnumeromme; naše objednávka; zakázka č; číslo zakázky",
      ),
    },
    {
      pointer: "/customer_id",
      kind: "identifier",
      labels: wordings(
        "buyer code; buyer no; buyer id; client ref no; account ref; account code; party code; abnehmer-nr; abnehmernummer; abnehmer-kz; kundenkennung; kundenkennziffer; kunden-id; käufernummer; réf. client; référence client; identifiant client; nº de cuenta; id cliente; clave cliente; codice acquirente; id klient; relatienr; relatienummer; klantcode; afnemernummer; nr klienta; nr odbiorcy; kund-id; kunde-id; asiakastunnus; kód zákazníka; id zákazníka; customer number; customer no; customer id; customer code; account number; account no; client number; client code; cust no; customer account; kundennummer; kunden-nr; kd-nr; kundennr; debitor; debitorennummer; numéro client; n° client; code client; número de cliente; nº cliente; código de cliente; cód. cliente; codice cliente; n. cliente; cod. cliente; código cliente; klantnummer; klantnr; debiteurnummer; numer klienta; kod klienta; kundnummer; kundnr; kundenummer; kundenr; asiakasnumero; číslo zákazníka",
      ),
    },
    { pointer: "/supplier/name", kind: "name", sections: supplier, labels: [...supplier, ...name] },
    { pointer: "/supplier/address", kind: "address", sections: supplier, labels: address },
    { pointer: "/supplier/tax_id", kind: "tax_id", labels: taxId },
    { pointer: "/customer/name", kind: "name", sections: customer, labels: [...customer, ...name] },
    { pointer: "/customer/address", kind: "address", sections: customer, labels: address },
    { pointer: "/ship_to/name", kind: "name", sections: recipient, labels: [...recipient, ...name] },
    { pointer: "/ship_to/address", kind: "address", sections: recipient, labels: [...recipient, ...address] },
    {
      pointer: "/carrier",
      kind: "text",
      maxLength: 60,
      labels: wordings(
        "sent with; sent by; sent via; shipped with; moved by; taken by; brought by; delivery by; delivery partner; delivery company; logistics provider; transport company; haulage; haulage firm; driver; vehicle operator; freight company; frachtunternehmen; frachtführer/spediteur; transportunternehmen; zustelldienst; lieferdienst; befördert durch; versanddienstleister; versandpartner; kurierdienst; société de transport; acheminé par; messagerie; prestataire de transport; agencia; mensajería; transportado por; porteador; spedizioniere; trasporto a mezzo; corriere/vettore; empresa transportadora; transporte por; vervoer; vervoer door; vervoersbedrijf; bezorgdienst; firma transportowa; firma kurierska; przewóz; transport przez; transportbolag; skickas med; fraktbolag; fraktselskap; sendes med; transportfirma; fragtfirma; sendt med; kuljetusyhtiö; rahdinkuljettaja; přepravce; přeprava; carrier; shipped via; ship via; haulier; transport; transported by; courier; freight forwarder; delivery method; shipping method; delivered by; transporter; forwarder; shipper; via; carrier name; freight carrier; spediteur; spedition; frachtführer; versandart; transporteur; versand durch; versand mit; paketdienst; lieferung durch; transporteur; expédié par; mode d'expédition; mode de livraison; transport; livré par; livreur; transportista; agencia de transporte; transporte; enviado por; forma de envío; empresa de transporte; vettore; trasportatore; corriere; trasporto a cura di; spedizione a mezzo; transportador; transportadora; expedição; vervoerder; verzonden via; transporteur; verzendwijze; przewoźnik; spedytor; sposób dostawy; dostarczono przez; transportör; fraktförare; speditör; leveranssätt; transportør; speditør; fragtmand; leveringsmåte; leveringsmåde; forsendelsesmåde; kuljetusliike; kuljettaja; toimitustapa; dopravce; způsob dopravy; doprava",
      ),
    },
    {
      pointer: "/tracking_number",
      kind: "identifier",
      pattern: "(?=(?:.*\\d){4}).{6,40}",
      labels: wordings(
        "trace code; tracing number; tracing code; follow-up number; consignment ref; consignment reference; shipment ref; parcel id; parcel code; carrier reference; freight reference; barcode; frachtstück-nr; verfolgungsnummer; verfolgungscode; sendungs-id; sendungscode; sendungskennung; paket-id; paketcode; n° de récépissé; récépissé; code de suivi; référence colis; code colis; référence transport; référence d'expédition; código de seguimiento; código de envío; referencia de envío; nº expedición; codice di tracciamento; codice tracciatura; numero di spedizione; riferimento spedizione; ldv; lettera di vettura; código de envio; nº de envio; barcode; zendingcode; pakketnummer; volgnummer; volgcode; numer śledzenia; kod śledzenia; numer paczki; spårningskod; kolli-id; försändelsenummer; paketnummer; sporingskode; sendingsnr; sporings-id; pakkenummer; forsendelsesnr; track-and-trace-nummer; seurantakoodi; lähetysnumero; kollitunnus; sledovací kód; kód zásilky; číslo balíku; tracking number; tracking no; tracking; tracking #; tracking id; consignment number; consignment no; awb; airwaybill; waybill; waybill no; shipment tracking; parcel number; shipment number; shipment id; consignment; tracking code; tracking reference; sendungsnummer; sendungs-nr; paketnummer; trackingnummer; sendungsverfolgung; frachtbriefnummer; numéro de suivi; n° de suivi; n° d'expédition; numéro de colis; numéro d'expédition; suivi; número de seguimiento; nº de seguimiento; seguimiento; nº de expedición; localizador; número de envío; numero di tracking; numero spedizione; n. spedizione; codice spedizione; tracking n; número de rastreio; código de rastreio; track & trace; zendingnummer; trackingcode; zendingsnummer; numer przesyłki; numer listu przewozowego; nr przesyłki; kollinummer; sändningsnummer; spårningsnummer; sporingsnummer; sendingsnummer; forsendelsesnummer; track and trace; seurantanumero; lähetystunnus; seurantatunnus; sledovací číslo; číslo zásilky",
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
      pattern: "\\d{1,5}(?: [\\p{L}x×].{0,30})?",
      labels: wordings(
        "parcels in total; total parcels; no of parcels; number of boxes; number of cartons; number of crates; no. of crates; no. of pallets; no of boxes; crates; cases; number of pieces; pieces in total; total number of packages; units loaded; box count; carton count; totaal aantal dozen; aantal dozen; gebinde; anzahl gebinde; anzahl kartons; anzahl paletten; anzahl colli; packstückzahl; kartons; stückzahl packstücke; nombre de cartons; nombre de paquets; cartons; caisses; total colis; número de cajas; nº de cajas; cajas; nº de paquetes; paquetes; numero pacchi; numero cartoni; cartoni; pacchi; nº de caixas; caixas; embalagens; número de embalagens; dozen; colli totaal; liczba kartonów; liczba palet; kartony; antal paket; antal kartonger; paket; antall esker; esker; pakker; antal kasser; kasser; antal paller; pakettien määrä; laatikot; paketit; počet krabic; krabice; balíky; počet kolli; packages; number of packages; no of packages; no. of packages; cartons; no of cartons; boxes; parcels; pallets; number of parcels; package count; total packages; pieces; number of pallets; colli; handling units; total cartons; packstücke; anzahl packstücke; kolli; pakete; paletten; anzahl pakete; anzahl kolli; anzahl der packstücke; colis; nombre de colis; nb colis; palettes; nombre de palettes; bultos; número de bultos; nº bultos; nº de bultos; palets; total bultos; colli; numero colli; n. colli; volumes; nº de volumes; número de volumes; pakketten; aantal pakketten; aantal colli; dozen; liczba opakowań; ilość paczek; liczba paczek; opakowania; palety; kolli; antal kolli; antall kolli; antall pakker; antal pakker; kollit; kollien määrä; pakkauksia; počet balíků; počet kusů; balíků",
      ),
    },
    {
      pointer: "/gross_weight",
      kind: "number",
      labels: wordings(
        "mass; total mass; gross mass; load weight; weight of goods; weight total; gesamtmasse; bruttomasse; masse; gewicht gesamt; sendungsgewicht; ladungsgewicht; poids du chargement; masse totale; masse brute; peso de la carga; masa; masa bruta; peso complessivo; massa; peso da carga; totaal gewicht; massa; ciężar; ciężar brutto; waga łącznie; total vikt; totalvægt; totalt vekt; massa; yhteispaino; váha; celková váha; gross weight; total weight; weight; total gross weight; shipment weight; weight (kg); gross wt; gross mass; bruttogewicht; gewicht; gesamtgewicht; gewicht brutto; gesamtgewicht brutto; gewicht (kg); poids brut; poids total; poids; poids brut total; peso bruto; peso total; peso; peso bruto total; peso lordo; peso totale; peso (kg); brutogewicht; bruto gewicht; totaalgewicht; gewicht; waga brutto; waga; masa brutto; waga całkowita; bruttovikt; vikt; totalvikt; bruttovekt; vekt; totalvekt; bruttovægt; vægt; samlet vægt; bruttopaino; paino; kokonaispaino; hrubá hmotnost; hmotnost; celková hmotnost; brutto hmotnost",
      ),
    },
    {
      pointer: "/received_by",
      kind: "name",
      labels: wordings(
        "taken in by; taken over by; accepted; goods accepted by; delivery accepted by; checked in by; signed for by; handed to; receipt confirmed by; angenommen durch; entgegengenommen von; entgegengenommen durch; übernommen durch; empfang bestätigt; quittiert durch; quittiert von; accepté par; pris en charge par; remis à; signé par; aceptado por; entregado a; firma y sello; ritirato da; accettato da; consegnato a; aceite por; entregue a; aangenomen door; getekend door; afgetekend door; przyjęte przez; pokwitował; kvitterad av; mottaget; kvittert av; kvitteret af; kuittasi; kuittaus; převzal/a; received by; recipient name; accepted by; received in good order by; signed by; receiver; goods received by; signature name; print name; received; name of receiver; empfangen von; erhalten von; empfangen durch; angenommen von; ware erhalten; übernommen von; name des empfängers; reçu par; réceptionné par; nom du réceptionnaire; recibido por; recepcionado por; firmado por; conforme; ricevuto da; firma destinatario; recebido por; ontvangen door; in ontvangst genomen door; odebrał; odebrane przez; przyjął; mottaget av; mottagen av; mottatt av; modtaget af; vastaanottanut; vastaanottaja; převzal; přijal",
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
          pattern: "\\d{1,4}",
          labels: wordings(
            "line; pos; no; item; #; line no; item no; position; pos.; lfd. nr; nr; ligne; línea; riga; n; linha; regel; lp; l.p; rad; linje; rivi; poz; č; řádek; pořadí",
          ),
        },
        {
          pointer: "/product_code",
          kind: "identifier",
          labels: wordings(
            "part; part code; item #; item ref; product ref; product no; goods code; code article; réf. article; référence article; code produit; cód. artículo; cód; cod. articolo; cod. prodotto; cód. artigo; art.nr; productcode; productnr; nr art; artnr; vare-nr; art. č; code; item code; product code; article; article no; sku; part number; part no; item number; product; material; material number; reference; ref; stock code; artikelnummer; artikel-nr; art.-nr; materialnummer; artikelnr; référence; réf; code article; código; ref.; referencia; codice; cod; codice articolo; cod. art; código artigo; artikelcode; artikelnr; kod; indeks; kod towaru; artikelnummer; varenummer; varenr; tuotenumero; tuotekoodi; kód; číslo zboží; kód zboží",
          ),
        },
        {
          pointer: "/description",
          kind: "text",
          labels: wordings(
            "what is inside; contents; content; goods description; what; inside; inhalt; gegenstand; warenbezeichnung; contenu; nature de la marchandise; contenido; mercancía; contenuto; natura dei beni; conteúdo; inhoud; zawartość; innehåll; innhold; indhold; sisältö; obsah; description; item description; product description; goods; item; product; details; article; name; bezeichnung; beschreibung; artikel; artikelbezeichnung; ware; désignation; description; libellé; article; produit; descripción; concepto; artículo; producto; descrizione; descrizione merce; articolo; beni; descrição; designação; artigo; omschrijving; artikel; opis; nazwa; nazwa towaru; towar; benämning; beskrivning; artikel; varubeskrivning; beskrivelse; varebeskrivelse; vare; betegnelse; kuvaus; nimike; tuote; popis; název; položka; název zboží",
          ),
        },
        {
          pointer: "/quantity",
          kind: "number",
          labels: wordings(
            "how many; number of; shipped qty; packed; sent; amount; stückzahl; gelieferte stückzahl; wie viele; nombre; nb; combien; cuántos; unidades; número; pezzi; n. pezzi; quanti; unidades; stuks; aantal stuks; hoeveel; sztuk; szt; ilość sztuk; stycken; hur många; stykker; hvor mange; kuinka monta; kappaletta; kusů; kolik; quantity; qty; qty delivered; delivered; quantity delivered; qty shipped; shipped; delivered qty; units; pieces; count; menge; anzahl; liefermenge; gelieferte menge; geliefert; stück; quantité; qté; qté livrée; quantité livrée; livré; cantidad; cant; cant. entregada; entregado; uds; quantità; q.tà; qta; quant; quantidade; qtd; aantal; geleverd; hoeveelheid; ilość; il; liczba; antal; levererat antal; levererat; kvantitet; antall; levert; mængde; leveret; määrä; toimitettu; kpl; množství; počet; dodáno; ks",
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
  version: 3,
  title: "Delivery note",
  checks: ["dates_in_order", "dates_plausible", "parties_differ", "gtin_checksum"],
  schema,
  required: ["/delivery_note_number", "/supplier/name"],
  vocabulary: declares,
  draft: (reading, parsed) => readDelivery(reading, parsed, declares),
});
