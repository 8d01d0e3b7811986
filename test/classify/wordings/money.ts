import type { DocumentType } from "../../../src/model/extraction.ts";

/** A paper as it is printed somewhere in the world, invented but for its wording. */
export type Wording = readonly [type: DocumentType, name: string, text: string];

/** Bills, receipts and orders, many without the word that names them. */
export const MONEY: readonly Wording[] = [
  [
    "invoice",
    "a Swiss fee note",
    `Praxis für Architektur Wyss & Kern
Honorarnote Nr. 2024-118
Sehr geehrte Frau Amstad, für unsere Bemühungen erlauben wir uns zu verrechnen:
Entwurf  12 Std.  145.00  1740.00
Bauleitung  6 Std.  160.00  960.00
Zwischensumme  2700.00
MWST 8.1 %  218.70
Rechnungsbetrag CHF  2918.70
Zahlbar innert 30 Tagen auf IBAN CH93 0076 2011 6238 5295 7`,
  ],
  [
    "invoice",
    "a freelancer's bill without the word invoice",
    `Mira Okafor Design
12 Quay Lane, Bristol   VAT Reg No. GB 203 4411 02
To: Harbour Books Ltd
Ref: HB-0098   Date: 14 March 2024   Payment due: 28 March 2024
Description  Qty  Rate  Amount
Cover artwork  2  350.00  700.00
Typesetting  5  60.00  300.00
Net  1,000.00
VAT @ 20%  200.00
Total payable  £1,200.00
Please pay by bank transfer: sort code 20-11-44, account 33920117`,
  ],
  [
    "invoice",
    "a French note of fees",
    `Cabinet Lemoine, avocats à la cour
Note d'honoraires n° 2023-447
Doit : SARL Les Ormes
Consultation et rédaction d'actes  1 250,00
Débours  84,00
Total HT  1 334,00
TVA 20 %  266,80
Total TTC  1 600,80 €
Règlement à réception par virement, IBAN FR76 3000 6000 0112 3456 7890 189`,
  ],
  [
    "invoice",
    "a Spanish bill of a workshop",
    `TALLERES ECHEVARRÍA S.L.  C.I.F. B-48112233
Cliente: Panadería Lasa
N.º 0233/24   Fecha 11/04/2024
Concepto  Cantidad  Precio  Importe
Cambio de aceite  1  48,00  48,00
Pastillas de freno  2  36,50  73,00
Base imponible  121,00
I.V.A. 21%  25,41
TOTAL A PAGAR  146,41 €
Forma de pago: transferencia. Vencimiento 11/05/2024`,
  ],
  [
    "invoice",
    "an Italian parcel",
    `Studio Bianchi commercialisti  P. IVA 01234567890
Parcella n. 58 del 03/06/2024
Spett.le Officine Riva srl
Consulenza fiscale  900,00
Cassa previdenza 4%  36,00
Imponibile  936,00
IVA 22%  205,92
Ritenuta d'acconto 20%  -180,00
Netto a pagare  961,92
Pagamento entro 30 giorni data documento fine mese`,
  ],
  [
    "invoice",
    "a Dutch bill",
    `Timmerbedrijf De Wit   KvK 55123344   BTW NL812345678B01
Nota 20240077   Datum 2 mei 2024   Vervaldatum 16 mei 2024
Omschrijving  Aantal  Prijs  Bedrag
Kozijn plaatsen  3  220,00  660,00
Voorrijkosten  1  45,00  45,00
Subtotaal excl. BTW  705,00
21% BTW  148,05
Te betalen  € 853,05
Gelieve over te maken op NL91 ABNA 0417 1643 00`,
  ],
  [
    "invoice",
    "a Polish VAT bill",
    `Sprzedawca: Hurtownia Lipa Sp. z o.o. NIP 525-000-11-22
Nabywca: Sklep Dębowy
Faktura VAT 12/05/2024   Data wystawienia 2024-05-07   Termin płatności 2024-05-21
Lp. Nazwa towaru  Ilość  Cena netto  Wartość netto
1 Deska sosnowa  40  12,00  480,00
VAT 23%  110,40
Razem do zapłaty  590,40 PLN
Słownie: pięćset dziewięćdziesiąt zł`,
  ],
  [
    "invoice",
    "a hotel's folio",
    `GRAND ALPINE LODGE
Guest: Mr T. Sauer   Room 214   Arrival 02-07-24   Departure 05-07-24   Folio 88213
02-07-24  Room charge  140.00
03-07-24  Room charge  140.00
04-07-24  Minibar  12.50
Net amount  265.91
VAT 10%  26.59
Total due  292.50
Kindly settle within 14 days. IBAN AT61 1904 3002 3457 3201`,
  ],
  [
    "credit_note",
    "a refund of returned goods",
    `Alder Tools Ltd
CREDIT MEMORANDUM  CM-3301
Reason: goods returned, original invoice 88120 of 3 May
Hammer  -2  12.50  -25.00
VAT 20%  -5.00
Total credited to your account  -30.00`,
  ],
  [
    "credit_note",
    "a German cancellation",
    `Stornorechnung ST-2024-09
Wir stornieren hiermit unsere Rechnung RE-2024-551 vom 04.03.2024
Lieferung Büroregale  -480,00
MwSt. 19 %  -91,20
Gutschriftsbetrag  -571,20 EUR
Der Betrag wird Ihnen erstattet.`,
  ],
  [
    "credit_note",
    "a French avoir",
    `AVOIR N° AV-0042
Annule et remplace partiellement la facture F-2231 du 12/02/2024
Remise exceptionnelle  150,00
TVA 20 %  30,00
Montant de l'avoir TTC  180,00 €`,
  ],
  [
    "credit_note",
    "a Spanish rectification",
    `FACTURA RECTIFICATIVA R-14
Factura que se rectifica: A-220 de 02/03/2024
Motivo: devolución de mercancía
Base imponible  -90,00
IVA 21%  -18,90
Total abono  -108,90`,
  ],
  [
    "receipt",
    "a coffee bar's slip",
    `THE DAILY GRIND
44 Pier Rd
Till 2  Op: Sam  12/08/2024 09:41
1 Flat white  3.40
1 Almond croissant  2.90
TOTAL  6.30
CARD SALE  VISA ****1188
AUTH CODE 055123  AID A0000000031010
Please retain for your records`,
  ],
  [
    "receipt",
    "a German till slip",
    `Bäckerei Holm
Hauptstr. 4, 24937 Flensburg
2 x Brötchen  0,45  0,90
Roggenbrot  3,80
SUMME EUR  4,70
Bar  10,00
Rückgeld  5,30
TSE-Signatur  Bon 004812  14:22 Uhr
Es bediente Sie: Frau Jansen`,
  ],
  [
    "receipt",
    "a French till slip",
    `SUPERETTE DU PORT
CAISSE 03  12/06/24 18:07
LAIT 1L  1,15
POMMES  2,40
TOTAL EUR  3,55
CB SANS CONTACT  3,55
NOMBRE D'ARTICLES 2
MERCI ET A BIENTOT`,
  ],
  [
    "receipt",
    "a taxi's slip",
    `CITY CABS
MEDALLION 4K21
TRIP 0081   START 22:10   END 22:31
FARE  18.50
TOLL  6.94
TIP  4.00
TOTAL  29.44
CARD ENDING 7712`,
  ],
  [
    "receipt",
    "a fuel slip",
    `PETRO EXPRESS
PUMP 06  UNLEADED 95
31.42 LTR @ 1.459
SALE  45.84
VAT INCL 7.64
DEBIT MASTERCARD  TERMINAL 22140091
APPROVED 12:02`,
  ],
  [
    "receipt",
    "a Spanish simplified bill",
    `BAR LA PLAZA  NIF 12345678Z
FACTURA SIMPLIFICADA T-00981
Mesa 7   Camarero: Luis   21:35
2 Caña  5,00
1 Ración calamares  9,50
TOTAL  14,50
Efectivo 20,00  Cambio 5,50
IVA incluido. Gracias por su visita`,
  ],
  [
    "receipt",
    "an Italian commercial document",
    `TRATTORIA DA NILLA
DOCUMENTO COMMERCIALE di vendita o prestazione
Coperto 2  5,00
Menu  24,00
TOTALE COMPLESSIVO  29,00
di cui IVA  2,64
Pagamento elettronico  29,00
RT 99MEY012345  13:58`,
  ],
  [
    "receipt",
    "a receipt of rent",
    `RENT RECEIPT  No. 118
Received from Carla Munn the sum of seven hundred pounds 700.00
for rent of 9 Mill Street, June
Paid by: cash
Received by: J. Pike`,
  ],
  [
    "purchase_order",
    "a German order",
    `Einkauf  Bestellung 4500118822
Lieferant: Nordlicht Kabel GmbH
Bitte liefern Sie frei Haus bis KW 34:
Pos  Material  Menge  Preis  Gesamt
10  Kabel NYM 3x1,5  500 m  0,62  310,00
20  Klemmen  200  0,15  30,00
Gesamtwert netto  340,00
Bitte senden Sie uns eine Auftragsbestätigung`,
  ],
  [
    "purchase_order",
    "an English order",
    `PURCHASE REQUISITION / ORDER
P.O. 77120   Vendor code 3381   Requested by: D. Hale
Ship to: Dock 4   Deliver by 9 June   Terms: net 45   FOB destination
Item  Qty  Unit price  Extended
Gasket A12  100  1.10  110.00
Order total  110.00
Authorized by ____`,
  ],
  [
    "purchase_order",
    "a Portuguese order",
    `NOTA DE ENCOMENDA N.º 334
Fornecedor: Cortiças do Sul
Local de entrega: Armazém 2   Prazo de entrega: 15 dias
Artigo  Qtd  Preço unit.  Valor
Rolhas  5000  0,08  400,00
Total da encomenda  400,00`,
  ],
  [
    "order_response",
    "a German confirmation",
    `Auftragsbestätigung AB-10233
Ihre Bestellung 4500118822 vom 02.05.
Wir bedanken uns für Ihren Auftrag und bestätigen wie folgt:
Kabel NYM  500 m  0,62  310,00
Voraussichtlicher Liefertermin KW 33
Gesamt 310,00`,
  ],
  [
    "order_response",
    "an English confirmation",
    `SALES ORDER ACKNOWLEDGEMENT
Your PO 77120   Our ref SO-5512
We have pleasure in acknowledging your order as follows:
Gasket A12  100  1.10  110.00
Estimated despatch 7 June
Order value 110.00`,
  ],
  [
    "utility_bill",
    "a British energy bill",
    `Your energy, March to May
Customer reference 8817 2210   Supply number S 03 801 100 1900 0123 4567 89
Electricity used: previous 10422 actual, latest 10910 estimated  488 units
488 kWh at 27.4p  133.71
Daily charge 91 days at 53.0p  48.23
VAT at 5%  9.10
Total to pay  191.04
Your tariff: Standard Variable`,
  ],
  [
    "utility_bill",
    "a German yearly account",
    `Stadtwerke Auental
Jahresverbrauchsabrechnung Strom
Vertragskonto 2201889   Zähler-Nr. 1EMH0088
Zählerstand alt 22.140  neu 24.802  Verbrauch 2.662 kWh
Arbeitspreis 28,9 ct/kWh  769,32
Grundpreis  119,88
Abschlagszahlungen  -840,00
Nachzahlung  49,20 EUR
Neuer Abschlag ab 01.06.: 78,00`,
  ],
  [
    "utility_bill",
    "a French water bill",
    `Régie des eaux du Val
Référence client 00412   Abonnement et consommation
Relevé compteur n° B114 : ancien 312 nouveau 366 soit 54 m3
Distribution de l'eau 54 m3 x 1,62  87,48
Collecte et traitement des eaux usées  71,10
Organismes publics  16,20
TVA 5,5 %  9,61
Montant prélevé le 15/05  184,39 €`,
  ],
  [
    "utility_bill",
    "a Spanish light bill",
    `Datos del contrato  CUPS ES0021000001234567AB
Titular: Iker Soto   Peaje 2.0TD
Término de potencia 4,6 kW  18,20
Término de energía 212 kWh  31,06
Impuesto eléctrico 5,11%  2,52
Alquiler equipos de medida  0,81
IVA 21%  11,04
TOTAL IMPORTE  63,63 €
Fecha de cargo 22 de mayo`,
  ],
  [
    "utility_bill",
    "a mobile bill",
    `Northstar Mobile
Account 55-2218   Mobile number 07700 900123   Bill period 3 Apr - 2 May
Monthly plan: Unlimited SIM  18.00
Calls outside your allowance  2.14
Data roaming  5.00
Total this month  25.14
We will collect this by Direct Debit on 16 May`,
  ],
  [
    "utility_bill",
    "an American water bill",
    `CITY OF HARLAN WATER DEPARTMENT
Service address 18 Elm St   Acct 004-221
Present 8841  Previous 8796  Usage 45 (100 gal)
Water  31.20
Sewer  40.15
Trash  12.00
Past due  0.00
Pay this amount by 6/15  83.35   After 6/15  91.69`,
  ],
  [
    "utility_bill",
    "an Italian light bill",
    `Bolletta per la fornitura di energia elettrica
Codice POD IT001E12345678   Potenza impegnata 3 kW
Consumi fatturati 318 kWh   Lettura rilevata
Spesa per la materia energia  52,40
Spesa per il trasporto e la gestione del contatore  21,15
Oneri di sistema  9,80
Accise e IVA  12,06
Importo da pagare 95,41 € entro il 20/07`,
  ],
  [
    "utility_bill",
    "a Dutch yearly bill",
    `Jaarnota energie
Klantnummer 11820   EAN-code elektriciteit 871685900012345678
Meterstand begin 4.120  eind 6.480  verbruik 2.360 kWh
Leveringskosten stroom  684,40
Netbeheerkosten  214,00
Betaalde termijnbedragen  -900,00
Nog te betalen  € 12,32`,
  ],
];
