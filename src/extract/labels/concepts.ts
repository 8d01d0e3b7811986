/**
 * What the words of labels mean, across languages: words of one line announce the same thing. Folded; a word stands
 * in one line alone. They let a label that nobody listed (`Born on`, `Abonnentennummer`) score by what it says.
 */
export const CONCEPTS: Readonly<Record<string, string>> = {
  number:
    "number numbers numb no nr num nbr nummer numero numeros numer cislo nro numeron numeri identifier identification id code codigo codice kod kode kennung kennziffer kennzahl ref reference referenz referencia riferimento referentie kenmerk matricule zeichen nummern nummeret numeret viite serial series folio sequence",
  date: "date dates dated datum data fecha dato dag day jour dia giorno tag paiva paivays paivamaara dne den dnia dt datee calendar",
  name: "name names named nom nome nombre naam nazwa navn namn nimi nazev jmeno imie bezeichnung called designated denominacion denominazione denominacao denomination",
  surname:
    "surname surnames lastname apellido apellidos nachname familienname zuname cognome apelido sobrenome achternaam nazwisko efternamn etternavn efternavn sukunimi prijmeni geslachtsnaam family famille familia sur",
  given:
    "given forename forenames firstname first prenom prenoms vorname vornamen nombres voornaam voornamen imiona fornavn fornamn etunimi etunimet prenomi givennames christian other",
  birth:
    "birth born birthday dob naissance nee ne nacimiento nacido geburt geburts geboren nascita nato nascimento geboorte urodzenia urodzony fodelse fodt fodsels fodsel syntyma syntymaaika narozeni birthdate births",
  place: "place lieu lugar ort luogo local plaats miejsce sted paikka misto birthplace town city location",
  sex: "sex sexe sexo geschlecht gender genre genero sesso geslacht plec kjonn kon sukupuoli pohlavi gendre",
  nationality:
    "nationality nationalite nacionalidad staatsangehorigkeit nationalitat nazionalita cittadinanza nacionalidade nationaliteit obywatelstwo nationalitet medborgarskap statsborgerskap kansalaisuus narodnost citizenship staatsburgerschaft nation citizen burger ressortissant ciudadania citoyennete",
  authority:
    "authority autorite autoridad behorde autorita autoridade autoriteit organ myndighet myndighed viranomainen urad issuer issuedby office agency registry bureau prefecture mairie landratsamt burgeramt comisaria jefatura questura comune oficina government passbehorde ausweisbehorde competent",
  issue:
    "issue issued issuance issuing delivrance delivre expedicion expedido emision emise emission ausstellung ausgestellt ausstellungs rilascio emissione emissao afgifte wydania wystawienia utfardad utstedt udstedt utstedelse udstedelses myonnetty vydani vystaveni erstellt erstellung made prepared edicion issuedon granted produced erteilt erteilung otorgado otorgada concedido remis remise ausgegeben drawn etablie etabli",
  expiry:
    "expiry expires expire expiration expiring caducidad vencimiento expiracion ablauf ablaufdatum gultig expiracao validade scadenza geldig vervaldatum waznosci utgar utloper udlober voimassa platnost valid validity valable valide valido ablaufs vto perime gultigkeit lapses lapse ceases void ends valida validez valabilite gultigkeitsende",
  authorised: "permit permis licence license driving fuhrerschein patente carnet permiso rijbewijs prawo",
  document: "document documento dokument doc belegs beleg bescheid stuk asiakirja doklad booklet",
  passport: "passport passeport pasaporte reisepass pass passaporto passaporte paspoort paszport passi pas",
  card: "card karte carte tarjeta carta kaart karta kort kortti ausweis cartao ident",
  personal: "personal personnel persoonlijk personnummer personen osobiste rodne henkilo cpr",
  address:
    "address adresse direccion anschrift indirizzo endereco adres adress osoite adresa domicilio domicile residence wohnort wohnsitz residencia residenza addr morada siege sede wohnhaft street lives living wohnend gemeldet",
  account:
    "account accounts acct konto kontos compte comptes cuenta conto conta rekening rachunek kontoen tili tilin ucet ucetu rachunku acc kontonr ledgers konten bankkonto bankkonti",
  holder:
    "holder inhaber titulaire titular intestatario houder posiadacz innehavare innehaver indehaver haltija majitel owner proprietaire owned bearer possessor kontohavare owners depositor cuentahabiente porteur portador",
  bank: "bank banque banco banca bankverbindung banken pankki banka institut kreditinstitut institution",
  statement:
    "statement statements auszug auszugs kontoauszug releve extracto extrait estratto extrato afschrift rekeningafschrift wyciag utdrag kontoutdrag kontoutskrift kontoudtog udtog tiliote vypis",
  opening:
    "opening open starting start begin beginning initial anfang anfangs anfangsbestand alter brought forward previous anterior precedent ancien vorherig vorheriger letzter inicial iniziale beginsaldo poczatkowe ingaende inngaende indgaende alku pocatecni antigo startsaldo old vortrag ubertrag debut prior last precedente vorige vorig oud forrige edellinen predchozi poprzedni poprzednie uebertrag vortag inicio inizio pocatek poczatek alkaen",
  closing:
    "closing close ending end final endbestand neuer neue neu nouveau nouvel nuevo actual current aktueller aktuell finale nieuw eindsaldo eind koncowe utgaende slut loppu konecny fim fin ende new carried present presently actuel attuale atual huidige huidig biezace biezacy nuvarande aktuelle aktuel nykyinen soucasny ny resulting remaining finishing cierre cloture schluss abschluss",
  balance:
    "balance balances saldo saldos solde kontostand stand bal ledger saldi beholdning zustatek bestand",
  credit:
    "credit credits gutschrift gutschriften haben abono abonos ingresos ingreso credito creditos accrediti avere entrate bij deposit deposits paidin receipts einzahlung einzahlungen eingang eingange zugange versements uznania insattningar innskudd inn ind indsat panot lodgement lodgements inflow inflows incoming additions recettes entradas wplywy prijmy added plus income lodged increases zufluss zuflusse incomings abonado ingresado encaisse encaissements",
  debit:
    "debit debits soll lastschrift lastschriften belastung belastungen cargo cargos debito debitos debe addebiti dare uscite af withdrawal withdrawals withdrawn paidout outgoing auszahlungen ausgange ausgang abgange retrait retraits obciazenia uttag uttak hevet otot outflow outflows disbursements charge wydatki depenses saidas vydaje ut subtractions subtracted minus spent spending decreases outgoings abfluss abflusse ausgaben cargado decaissements",
  period:
    "period periode periodo zeitraum abrechnungszeitraum intervalle okres perioden kausi jakso obdobi interval fortnight cycle span covering covered range timeframe tiempo spanne laps",
  from: "from von du desde dal de del od fra fran van since begins",
  until: "to through thru au al hasta till tot do bis up",
  value: "value wert valuta valeur valore waarde wartosc varde verdi vaerdi arvo hodnota val",
  booking:
    "booking booked buchung buchungs buchungstag posting posted entry transaction transactions txn trans operation operations operacion operaciones movimiento movimientos umsatz umsatze operazione operazioni movimenti mouvement mouvements boeking transactie transakcji transaktioner transaksjoner tapahtuma transakce bookings vorgang trx activity",
  description:
    "description descriptions beschreibung text tekst teksti verwendungszweck buchungstext libelle designation concepto descripcion detalle descrizione causale descricao omschrijving opis beskrivning beskrivelse selite popis details detail particulars narrative memo merkmal erlauterung intitule rubrique concept detalles explanation item items element wording nature selitys purpose subject zweck betreff motif motivo about leistung",
  total:
    "total totals totale totaux totales totaal suma sum summe gesamt gesamtbetrag summa yhteensa celkem celkova razem sammanlagt overall aggregate ialt toplam ensemble gesamte insgesamt altogether all tous",
  amount:
    "amount amounts amt betrag montant importe monto importo montante valor bedrag kwota belopp belop belob maara castka betrage sums sumas cuantia figure",
  currency: "currency wahrung devise moneda moeda waluta valutta mena monnaie divisa",
  employer:
    "employer arbeitgeber employeur empleador empresa datore werkgever pracodawca arbetsgivare arbeidsgiver arbejdsgiver tyonantaja zamestnavatel company firma firm entreprise societe azienda ditta bedrijf unternehmen organisation organization yritys virksomhed foretag entidad paying establishment business betrieb dienstgeber patron etablissement patrono corporation entity auftraggeber workplace",
  employee:
    "employee employees arbeitnehmer mitarbeiter salarie employe empleado trabajador trabajadora dipendente lavoratore empregado funcionario werknemer pracownik anstalld ansatt medarbejder tyontekija zamestnanec worker staff personalnummer associate colaborador medewerker payee beneficiary individual colleague operative labourer beschaftigte beschaftigter beschaftigten perceptor operario asalariado agent collaborateur beneficiaire bezugsempfanger workers",
  pay: "pay wage wages salary salaries payroll lohn lohne gehalt gehalts entgelt verdienst salaire paie paye salario sueldo nomina retribuzione stipendio ordenado loon salaris wynagrodzenie lon lonn palkka mzda plat vyplata remuneration remuneracion remuneracao compensation verdienstes haberes cedolino bezahlung vergutung honorar emoluments stipend remunerative haber verguetung",
  gross: "gross brutto brut bruto lordo iliquido hruba bruttos gesamtbrutto bruttolohn grossed before",
  net: "net netto nettos neto liquido liquid cista cisty takehome nettolohn nets home hand payout after receive transfer transferred cobrar verser vire",
  deduction:
    "deduction deductions abzug abzuge retenue retenues deduccion deducciones trattenuta trattenute descontos desconto inhouding inhoudingen potracenia avdrag trekk fradrag vahennykset srazky withholding withholdings withheld cotisations cotisation contributions less retained held taken reductions einbehalt einbehalte prelevements prelevement descuento descuentos minoraciones kurzungen abgezogen",
  earning:
    "earnings earning earned gains verdienste bezuge lohnarten lohnart remunerations percepciones devengos competenze lonearter ansiot allowances gagne benefit benefits entitlements",
  tax: "tax taxes steuer steuern impot impots impuesto impuestos imposta imposte imposto impostos belasting belastingen podatek skatt skat vero dan lohnsteuer irpef irpf ret vat mwst tva iva btw moms ust gst duty",
  social:
    "social sozial sozialversicherung securite seguridad previdenziale seguranca ssn sv nss insurance versicherung national bsn nino sociale sociaal pesel inps niss versicherungs securitesociale rentenversicherung rentenversicherungs verzekering insured versichert versicherte assure asegurado affiliation afiliacion",
  hours:
    "hours hour hrs hr stunden std heures horas ore uren godziny timer timmar tunnit hodiny qty quantity menge anzahl quantite cantidad quantita aantal ilosc antal antall mnozstvi quantidade base cant qte days jours time",
  rate: "rate rates satz taux tasa tarifa aliquota taxa tarief stawka sats kurs price preis prix precio prezzo preco prijs cena pris hinta tarif tariff faktor factor unitprice each je",
  ytd: "ytd yeartodate cumulative cumul cumule cumules jahreswerte jahressumme kumuliert kumulativ acumulado progressivo cumulatief narastajaco ackumulerat aar jahr annee ano anno jaar rok vuosi year annual aufgelaufen jahreskumuliert hittil hidtil kertyma td accumulated running aggregated acumulada kumul laufend",
  job: "job position title occupation function role tatigkeit beruf berufsbezeichnung emploi poste fonction puesto qualifica mansione funcao functie stanowisko befattning stilling tehtava pozice grade categoria classification qualification profession post rank capacity engaged employed beschaftigung employ ocupacion",
  department:
    "department dept abteilung departamento reparto dipartimento afdeling dzial avdelning avdeling osasto oddeleni kostenstelle division team centro section cost group branch sector filiale bereich area equipe seccion",
  payment:
    "payment paid zahlung paiement pago pagamento betaling platnosc betalning utbetaling udbetaling maksu platba auszahlung auszahlungsbetrag versement verse remitted uitbetaling utbetalning pagado percibir ueberweisung uberweisung disbursed auszuzahlender zahltag settlement settled reglement liquidacion ausbezahlt verguetet",
  due: "due falligkeit fallig echeance vencimento owing payer pagar dovuto verschuldigd naleznosc forfall forfalder erapaiva splatnost owed must zahlbar payable deadline latest limit owe zahlen outstanding",
  meter:
    "meter meters zahler zahlernummer compteur medidor contador contatore licznik matare maler mittari merac elektromer meteran teller device counter instrument apparatus gerat gerate appareil aparato equipo",
  reading:
    "reading readings read ablesung zahlerstand releves index lectura lettura leitura meterstand odczyt avlasning avlesning aflaesning lukema stav odecet stande indice messwert register dial readout",
  consumption:
    "consumption consumed usage use used verbrauch consommation consumo verbruik zuzycie forbrukning forbruk forbrug kulutus spotreba volume energy burned bezug bezogen abgenommen",
  unit: "unit units einheit unite unidad unita unidade eenheid jednostka enhet enhed yksikko jednotka uom",
  service:
    "service supply premises premise site verbrauchsstelle lieferstelle lieferadresse abnahmestelle livraison suministro fornitura forniture fornecimento leveringsadres leveradres odbioru poboru anlaggning anlegg levering kayttopaikka odberne odberneho fourniture installation property delivery lieferung liefer entrega consegna dostawy leverans toimitus dodaci dodani delivered dwelling logement vivienda inmueble objekt abnahme installed supplied point punto punkt locale ubicacion wohnung",
  customer:
    "customer customers client clients kunde kunden kundennummer cliente klant klient kund asiakas zakaznik subscriber abonne abonnent abonnenten consumer contract vertrag vertrags contrat contrato contratto policy member buyer kjoper koper kaufer besteller acheteur comprador acquirente nabywca odbiorca odberatel bestiller ostaja user users usuario usager benutzer nutzer teilnehmer participant purchaser",
  invoice:
    "invoice bill rechnung rechnungs facture factura fattura fatura factuur faktura lasku billing abrechnung bills",
  order:
    "order orders bestellung bestell auftrag auftrags commande pedido orden ordine encomenda bestelling zamowienie ordre bestallning bestilling tilaus objednavka po purchase requisition",
  note: "note lieferschein bordereau albaran remito bolla ddt guia pakbon paklijst wz foljesedel folgeseddel lahete slip packing bon packliste",
  supplier:
    "supplier seller vendor lieferant verkaufer fournisseur vendeur proveedor vendedor fornitore fornecedor leverancier verkoper dostawca sprzedawca leverantor leverandor toimittaja dodavatel shipper sender absender expediteur remitente mittente consignor verzender nadawca avsandare lahettaja odesilatel dispatcher consigner origin",
  recipient:
    "recipient consignee receiver empfanger destinataire destinatario ontvanger mottagare mottaker modtager vastaanottaja prijemce ship deliver lieferanschrift addressee destination receives addressed goods unloading",
  carrier:
    "carrier transport haulier courier spediteur spedition frachtfuhrer transporteur transportista vettore transportador vervoerder przewoznik transportor fragtforer kuljetusliike dopravce forwarder trucker versandart freight shipping via versand spedizione livreur haulage logistics hauler forwarding driver chauffeur conductor vehicle hauled",
  tracking:
    "tracking sendung sendungs sendungsnummer suivi seguimiento trackingnummer waybill awb consignment shipment rastreo zending przesylki forsendelse sporing seuranta trace follow parcelid",
  package:
    "package packages pkg pkgs parcels cartons carton boxes colis packstucke packstuck bultos colli pakete paket pallets palletten pallet opakowan kolli pakket pakker baliku volumes pieces collis box embalajes ctn handling crates bundles count containers palets cases loads",
  weight: "weight gewicht poids peso waga vikt vekt vaegt paino hmotnost masse mass kg load",
  received:
    "received empfangen recu recibido ricevuto recebido ontvangen odebral mottagen mottatt modtaget vastaanotettu prevzal signature unterschrift signed acknowledged erhalten quittiert accepted signatory unloaded taker quittung",
  delivery: "despatch dispatch dispatched shipped handed handover leaving arrival uebergabe ubergabe",
  phone:
    "phone tel telephone telefon telefono telefoon telefone mobile handy fon puhelin gsm cell portable movil",
  email: "email mail courriel correo epost sahkoposti",
  website: "website web internet www url homepage",
  iban: "iban",
  swift: "bic swift",
  routing: "routing aba sort blz bankleitzahl clearing transit bsb sortcode guichet abi cab",
  type: "type typ art tipo soort rodzaj tyyppi druh category kategorie categorie class classe klasse clase kategori product produkt classes classi klassen",
  country: "country land pays pais paese kraj maa zeme state staat stat etat estado stato panstwo lander",
  code: "postal zip plz",
  current: "this month monat mois mes mese maand miesiac manad maned kuukausi mesic period's",
  annual: "yearly jahrlich",
  machine: "machine readable mrz",
};

/** Words of labels that say nothing of what is announced; folded. */
export const EMPTY_WORDS =
  "the on am le of for your our his her their its an in at by with and or is are der die das des dem ihr ihre ihrer ihren fur im zum zur und oder la les des un une et ou pour votre vos el los las y o su sus para por en il lo gli della dello dei degli delle e per vostro os as da das dos em seu sua het een uw voor en van w z ze na i for av och din ditt og din af til ja sek v s pro l d c h p m mr nr's mrs bitte please";
