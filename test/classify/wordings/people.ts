import type { Wording } from "./money.ts";

/** Papers of work, banks, goods, parties, courts, patients, holders and applicants. */
export const PEOPLE: readonly Wording[] = [
  [
    "pay_stub",
    "a remittance advice of salary",
    `Remittance advice of salary
Staff no. 20118   Name P. Anand   Month: August
Basic  2,400.00   Income tax  310.00
Overtime 1.5  180.00   NI  206.40
Lunch allowance  60.00   Pension scheme  132.00
Total payments  2,640.00   Total stoppages  648.40
Amount credited to bank  1,991.60`,
  ],
  [
    "pay_stub",
    "a German salary notice",
    `Gehaltsmitteilung Mai 2024
Personal-Nr. 4411   StKl 1   Kinder 0,0   SV-Nr. 12 150380 K 001
Monatslohn  3.450,00
Vermögenswirksame Leistung  26,59
Lohnsteuer  488,25
KV 7,3 %  253,79   RV 9,3 %  323,32   AV  45,19   PV  79,08
Gesetzliches Netto  2.286,96
Überweisung  2.246,96`,
  ],
  [
    "pay_stub",
    "an American earnings statement",
    `Check date 06/14/2024   Period ending 06/09/2024   Employee 00382
Regular  80.00 hrs  24.50  1,960.00   YTD 23,520.00
FIT  182.11   SS  121.52   MED  28.42   State  71.00
401k  98.00   Dental  12.50
Net check  1,446.45
This is not a check. Deposited to checking xxxx4410`,
  ],
  [
    "pay_stub",
    "a French pay slip",
    `Période : du 01/04 au 30/04   Emploi : vendeuse   Coefficient 170
Salaire de base 151,67 h  1 850,00
Sécurité sociale plafonnée  127,65
Complémentaire santé  22,00
CSG déductible  123,60
Net imposable  1 520,10
Net payé  1 468,31
Congés acquis 2,08`,
  ],
  [
    "pay_stub",
    "a Spanish pay slip",
    `Trabajador: Nuria Vidal   Categoría: oficial 2ª   N.º afiliación S.S. 08/1234567890
I. DEVENGOS  Salario base  1.320,00   Plus convenio  110,00
II. DEDUCCIONES  Contingencias comunes 4,70%  67,21   Desempleo 1,55%  22,17   I.R.P.F. 12%  171,60
Líquido total a percibir  1.169,02`,
  ],
  [
    "pay_stub",
    "a Dutch pay slip",
    `Salarisspecificatie periode 5
Werknemer 00881   Datum in dienst 01-03-2019   BSN 123456782
Salaris  3.100,00
Loonheffing  522,17
Pensioenpremie  148,00
Reiskostenvergoeding  84,00
Uitbetaald op rekening  2.513,83`,
  ],
  [
    "pay_stub",
    "a Brazilian pay slip",
    `Demonstrativo de pagamento de salário   Competência 05/2024
Funcionário 118 - Davi Rocha   Cargo: analista   Admissão 02/2020
001 Salário  3.800,00
998 INSS  388,12
999 IRRF  142,80
Total de vencimentos 3.800,00   Total de descontos 530,92
Valor líquido  3.269,08   Base FGTS 3.800,00`,
  ],
  [
    "pay_stub",
    "an Italian pay slip",
    `Mese retribuito Marzo   Livello 3   Matricola 0412
Paga base 1.480,00   Contingenza 520,00   Scatti 40,00
Contributi INPS 9,19%  187,47
Irpef netta  214,30
Addizionale regionale  22,15
Netto del mese  1.616,08   TFR maturato 151,11`,
  ],
  [
    "bank_statement",
    "a German list of bookings",
    `Umsätze Girokonto DE89 3704 0044 0532 0130 00
Buchung  Valuta  Vorgang  Betrag
02.05.  02.05.  Miete  -720,00
03.05.  03.05.  Gehalt  2.246,96
07.05.  08.05.  Kartenzahlung  -41,20
Kontostand am 31.05.  1.932,10`,
  ],
  [
    "bank_statement",
    "an English statement",
    `Current account   Sort code 11-22-33   Account 44556677
Date  Details  Out  In  Balance
1 Jun  Balance brought forward  310.00
3 Jun  DD Water board  24.00    286.00
5 Jun  Salary    1,446.00  1,732.00
9 Jun  Card purchase  52.10    1,679.90
Balance carried forward  1,679.90`,
  ],
  [
    "bank_statement",
    "a French statement",
    `Votre compte courant n° 00412 887
Ancien solde créditeur au 30/04  812,40
02/05 PRLV Assurance  34,10
06/05 VIR Salaire  1 468,31
11/05 CARTE Librairie  22,80
Nouveau solde au 31/05  2 223,81`,
  ],
  [
    "bank_statement",
    "a Spanish list of movements",
    `Extracto de su cuenta ES91 2100 0418 4502 0005 1332
F. Oper.  F. Valor  Concepto  Importe  Saldo
02-05  02-05  Recibo comunidad  -60,00  940,00
04-05  04-05  Nómina  1.169,02  2.109,02
09-05  10-05  Pago tarjeta  -18,40  2.090,62`,
  ],
  [
    "bank_statement",
    "a card's monthly account",
    `Card account ending 8812   Statement date 12 May
Previous balance 210.40   Payments received -210.40
Apr 14  Bookshop  18.99
Apr 20  Rail tickets  64.00
May 02  Groceries  41.55
New balance 124.54   Minimum payment 5.00   Credit limit 3,000.00`,
  ],
  [
    "delivery_note",
    "an English docket",
    `Goods Delivered   Docket 55120
Deliver to: Mill Lane Site   Order ref 77120
4 pallets  Concrete block 100mm  288
2 bags  Mortar  12
Vehicle reg BD51 SMR   Driver: Lee
Received in good condition  Print name  Sign`,
  ],
  [
    "delivery_note",
    "a German slip",
    `Warenbegleitpapier 88121
Empfänger: Gasthof Linde
Art.-Nr.  Bezeichnung  Menge  Einheit
1020  Weißbier Kiste  12  Ki
1044  Apfelsaft  6  Ki
Leergut zurück: 10 Ki
Ware vollständig und unbeschädigt erhalten, Datum, Unterschrift`,
  ],
  [
    "delivery_note",
    "an Italian transport paper",
    `D.D.T. n. 441 del 12/06/2024 (D.P.R. 472/96)
Causale: vendita   Porto franco   Aspetto: scatole   N. colli 8   Peso kg 96
Articolo  Descrizione  UM  Q.tà
R12  Rubinetto cromato  pz  40
Inizio trasporto 12/06 ore 8:30   Firma conducente`,
  ],
  [
    "delivery_note",
    "a Polish release of goods",
    `WZ 118/2024   Magazyn główny
Odbiorca: Sklep Dębowy
Lp.  Towar  Jm  Ilość
1  Deska sosnowa  szt  40
2  Wkręty  op  5
Wydał:   Odebrał:`,
  ],
  [
    "delivery_note",
    "a packing list",
    `Packing details   Shipment 90021
Carton 1 of 3   contents: 24 mugs   gross 8.4 kg   net 7.6 kg
Carton 2 of 3   contents: 24 mugs   gross 8.4 kg   net 7.6 kg
Carton 3 of 3   contents: 12 bowls   gross 9.1 kg   net 8.0 kg
Marks and numbers: as addressed   Measurement 0.42 cbm`,
  ],
  [
    "contract",
    "an English letter agreement",
    `Consultancy terms
These terms are agreed on 1 May 2024 by Rowan Ltd ("the Client") and Ada Finch ("the Consultant").
1. Services. The Consultant shall provide the services set out in the Schedule with reasonable care and skill.
2. Fees. The Client shall pay the fees within 30 days of the end of each month in which the work was done.
3. Duration. Either side may end this arrangement by giving the other not less than one month's written notice.
4. Law. These terms are subject to the law of Scotland.
Signed for and on behalf of the Client`,
  ],
  [
    "contract",
    "a German sale of a car",
    `Kaufvertrag über ein gebrauchtes Kraftfahrzeug
Verkäufer: Uwe Timm   Käufer: Lea Brandt
§ 1 Der Verkäufer verkauft das nachstehend bezeichnete Fahrzeug.
§ 2 Der Kaufpreis beträgt 4.500,00 EUR.
§ 3 Das Fahrzeug wird unter Ausschluss der Sachmängelhaftung verkauft.
Ort, Datum, Unterschriften beider Vertragsparteien`,
  ],
  [
    "contract",
    "a French lease",
    `Bail d'habitation
Entre les soussignés : M. Roche, bailleur, et Mme Petit, locataire
Il a été convenu ce qui suit : Article 1 Désignation des lieux. Article 2 Durée. Article 3 Loyer et charges.
Le dépôt de garantie est fixé à un mois de loyer. Le préavis est de trois mois.`,
  ],
  [
    "contract",
    "a Spanish contract of work",
    `CONTRATO DE TRABAJO INDEFINIDO
REUNIDOS de una parte la empresa y de otra el trabajador
ACUERDAN las siguientes CLÁUSULAS
PRIMERA. El trabajador prestará sus servicios como cocinero.
SEGUNDA. La jornada será de 40 horas. TERCERA. El período de prueba será de dos meses.`,
  ],
  [
    "legal_document",
    "an English claim",
    `In the County Court at Leeds   Claim No. K04YX112
BETWEEN   Mary Vole   Claimant   and   Tom Reed   Defendant
PARTICULARS OF CLAIM
1. The Claimant is the owner of the property. 2. By reason of the Defendant's negligence the Claimant suffered loss.
AND the Claimant claims damages and interest. Statement of truth`,
  ],
  [
    "legal_document",
    "a German order for payment",
    `Amtsgericht Hünfeld Mahnabteilung
Geschäftszeichen 24-118822-0-5
Mahnbescheid
Antragsteller macht gegen den Antragsgegner folgenden Anspruch geltend
Hauptforderung 840,00 EUR nebst Zinsen. Gegen den Bescheid kann Widerspruch eingelegt werden.`,
  ],
  [
    "legal_document",
    "a French judgment",
    `TRIBUNAL JUDICIAIRE DE RENNES   Minute n° 24/118   RG 23/00412
JUGEMENT rendu publiquement le 12 mars 2024
Demandeur : M. Roche   Défendeur : Mme Petit
PAR CES MOTIFS, le tribunal, statuant contradictoirement, CONDAMNE Mme Petit aux dépens.`,
  ],
  [
    "legal_document",
    "an Italian power of attorney",
    `PROCURA SPECIALE
Io sottoscritta Anna Riva, nata a Lecco, nomino mio procuratore il signor Luca Riva
affinché in mio nome e per mio conto venda l'immobile. Autentica di firma, Repertorio n. 118, notaio in Lecco.`,
  ],
  [
    "legal_document",
    "a Polish ruling",
    `Sygn. akt I C 118/24
POSTANOWIENIE
Sąd Rejonowy w Gdyni, Wydział I Cywilny, po rozpoznaniu na posiedzeniu sprawy z powództwa A. Lis przeciwko B. Sowa
postanawia: oddalić wniosek`,
  ],
  [
    "medical_record",
    "a lab report",
    `Laboratory report   Collected 04/05/2024   Requesting doctor Dr Hale
Test  Result  Units  Reference range  Flag
Haemoglobin  128  g/L  130-170  L
Sodium  139  mmol/L  135-145
Glucose  7.9  mmol/L  3.9-5.8  H
Creatinine  88  umol/L  60-110`,
  ],
  [
    "medical_record",
    "a German discharge letter",
    `Sehr geehrter Herr Kollege, wir berichten über Ihren Patienten, der sich vom 2. bis 9. Mai in unserer stationären Behandlung befand.
Diagnosen: I10.90 essentielle Hypertonie
Anamnese: Belastungsdyspnoe seit drei Wochen.
Befund: RR 160/95 mmHg, Puls 88/min
Medikation bei Entlassung: Ramipril 5 mg 1-0-0`,
  ],
  [
    "medical_record",
    "a prescription",
    `Dr. L. Moreau, médecine générale   Ordonnance
M. Jean Roux, né le 02/03/1961
Amoxicilline 1 g : 1 comprimé matin et soir pendant 7 jours
Paracétamol 500 mg si douleur, maximum 6 par jour
À renouveler 1 fois`,
  ],
  [
    "medical_record",
    "a visit's notes",
    `Visit note   DOB 11/02/1957   PCP: Dr Shaw
CC: cough for 2 weeks   HPI: nonproductive, no fever
BP 138/84  HR 72  Temp 98.4 F  SpO2 97%
A/P: 1. Bronchitis - supportive care. 2. HTN - continue lisinopril 10 mg daily. RTC 3 months`,
  ],
  [
    "medical_record",
    "a Spanish report of images",
    `Servicio de Radiodiagnóstico   Paciente: Eva Ríos   NHC 118822
TC de tórax con contraste. Hallazgos: no se observan adenopatías. Parénquima pulmonar sin alteraciones.
Conclusión: estudio sin hallazgos patológicos`,
  ],
  [
    "id_document",
    "a driving licence of the Union",
    `FÜHRERSCHEIN BUNDESREPUBLIK DEUTSCHLAND
1. BRANDT
2. LEA
3. 04.05.91 Husum
4a. 12.06.19   4c. Landkreis Nordfriesland   4b. 11.06.34
5. N0220A1B2C3
9. AM/B/L`,
  ],
  [
    "id_document",
    "an American licence",
    `DRIVER LICENSE   STATE OF COLUMBIA
DL A1234567   EXP 08/31/2027
LN MUNN   FN CARLA
DOB 08/31/1984   SEX F   HGT 5-06   EYES BRN
CLASS C   END NONE   ISS 09/02/2022   RSTR CORR LENS`,
  ],
  [
    "id_document",
    "a Spanish card",
    `ESPAÑA   DOCUMENTO NACIONAL DE IDENTIDAD
APELLIDOS SOTO RUIZ   NOMBRE IKER
SEXO M   NACIONALIDAD ESP   FECHA DE NACIMIENTO 02 03 1990
VÁLIDO HASTA 04 05 2030   NÚM SOPORT ABC123456   DNI 12345678Z`,
  ],
  [
    "id_document",
    "a residence permit",
    `RESIDENCE PERMIT   TITRE DE SÉJOUR
Name OKAFOR MIRA
Valid until 11.02.2027   Place of issue Lyon   Type of permit: work
Remarks: unlimited   Sex F   Nationality NGA   Date of birth 01.01.1992`,
  ],
  [
    "id_document",
    "a Polish card",
    `RZECZPOSPOLITA POLSKA   DOWÓD OSOBISTY
NAZWISKO SOWA   IMIONA BARBARA MARIA
OBYWATELSTWO POLSKIE   DATA URODZENIA 11.02.1980   PŁEĆ K
NUMER ABC 123456   TERMIN WAŻNOŚCI 11.02.2032`,
  ],
  [
    "form",
    "an enrolment sheet",
    `Summer camp enrolment
Child's name ______________________   Age ______
Parent or guardian ______________________
Telephone (day) ______________ (evening) ______________
Any allergies or medical needs? ☐ Yes ☐ No   If yes, give details ____________
Signature ________________ Date ________
Office use: paid ☐ entered ☐`,
  ],
  [
    "form",
    "a German notice of moving",
    `Meldeschein
Bitte deutlich in Druckschrift ausfüllen, Zutreffendes ankreuzen
Neue Wohnung: Straße, Hausnummer   Tag des Einzugs
Bisherige Wohnung   ☐ einzige ☐ Haupt- ☐ Nebenwohnung
Familienname   Vornamen   Geburtsdatum   Familienstand
Unterschrift der meldepflichtigen Person`,
  ],
  [
    "form",
    "a French request",
    `Formulaire de demande d'aide au logement   cerfa n° 10840*07
À remplir en lettres capitales
1. Identité du demandeur : Nom, Prénoms, Date de naissance
2. Situation familiale : ☐ célibataire ☐ marié(e) ☐ pacsé(e)
3. Pièces à joindre
Je certifie sur l'honneur l'exactitude des renseignements   Fait à   le`,
  ],
  [
    "form",
    "an Italian request",
    `Domanda di iscrizione
Il/La sottoscritto/a __________________ nato/a a ____________ il ________
residente in ______________ via ______________ n. ____ CAP ________
CHIEDE di essere iscritto al corso di ______________
Data ____________ Firma ____________________`,
  ],
  [
    "form",
    "a claim for travel money",
    `Expense claim   Employee to complete all sections   Cost centre
Section 1 Claimant details   Name   Department
Section 2 Journey   From   To   Purpose of trip
Section 3 Declaration  I certify that these expenses were incurred on company business
Signed   Approved by   Finance use only`,
  ],
];
