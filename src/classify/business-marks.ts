import { marks, type Marks } from "./marks.ts";

/** What only such papers say, and what they often say, in the languages of the labels. */
export const BUSINESS_MARKS: readonly Marks[] = [
  marks(
    "bank_statement",
    0.9,
    4,
    `(?:opening|closing|beginning|ending|starting) balance|balance (?:brought|carried) forward|statement (?:period|no\\b|number|date)|available balance|average (?:daily|ledger) balance|running balance|money (?:in|out)\\b|paid (?:in|out)\\b|withdrawals?\\b|deposits?\\b|daily balance|
    (?:alter|neuer) (?:konto|saldo)|(?:anfangs|end|schluss|zwischen)saldo|kontostand|buchungs(?:tag|datum)|wertstellung|valuta\\b|kontoauszug|
    (?:ancien|nouveau) solde|solde (?:initial|final|precedent|crediteur|debiteur|au\\b|en fin|de depart|d.ouverture)|date (?:de )?valeur|date d.?operation|releve de compte|
    saldo (?:anterior|inicial|final|disponible|actual)|f(?:echa|\\.) valor|fecha (?:de )?operacion|
    saldo (?:iniziale|finale|contabile|precedente)|data (?:contabile|valuta|operazione)|
    data.?valor|data (?:do |de )?movimento|saldo contabilistico|
    (?:begin|eind)saldo|(?:vorig|nieuw|oud) saldo|boekdatum|boekingsdatum|rentedatum|valutadatum|
    saldo (?:poczatkowe|koncowe|po operacji|poprzednie)|data (?:ksiegowania|waluty|operacji)|
    (?:ingaende|utgaende|inngaende) saldo|bokforingsd|bogforingsd|bokforingsd|alkusaldo|loppusaldo|pocatecni zustatek|konecny zustatek`,
  ),
  marks(
    "bank_statement",
    0.3,
    4,
    `transactions?\\b|direct debit|standing order|atm\\b|interest (?:earned|paid|charged)|overdraft|account (?:holder|number|type|summary)|debits?\\b|credits?\\b|checks? paid|sort code|iban\\b|bic\\b|
    lastschrift|dauerauftrag|gutschrift|uberweisung|umsatze|soll\\b|haben\\b|virement|prelevement|retrait|debit\\b|credit\\b|operations|
    cargos?\\b|abonos?\\b|movimientos|transferencia|domiciliacion|bonifico|addebit|accredit|movimenti|dare\\b|avere\\b|movimentos|levantamento|debito|credito|
    bij(?:geschreven)?\\b|af(?:geschreven)?\\b|incasso|overboeking|przelew|obciazeni|uznani|operacj|saldo\\b|overforing|insattning|uttag|tilisiirto|pano\\b|otto\\b`,
  ),
  marks(
    "pay_stub",
    0.9,
    5,
    `gross (?:pay|salary|wages|earnings)|net (?:pay|salary|wages)|take.?home pay|pay (?:period|date|rate)|year.to.date|ytd\\b|employee (?:id|no|number|name|code)|tax code|national insurance|n\\.?i\\.? (?:no|number|contribution)|paye\\b|fica\\b|federal (?:income )?(?:tax|withholding)|social security tax|401\\(?k|total (?:deductions|earnings)|overtime|payroll|basic (?:pay|salary)|
    (?:gesamt|steuer|sv-|lohn|monats)-?brutto|brutto(?:lohn|gehalt|bezuge|verdienst|entgelt)|netto(?:lohn|gehalt|verdienst|entgelt|bezuge)|auszahlungsbetrag|steuerklasse|lohnsteuer|sozialversicherung|(?:renten|kranken|arbeitslosen|pflege)versicherung|kirchensteuer|solidaritatszuschlag|personal-?(?:nummer|nr)|pers\\.?-?nr|
    salaire (?:brut|net|de base|mensuel)|net (?:imposable|a payer avant|social|verse)|cotisations?\\b|csg\\b|crds\\b|urssaf|matricule|convention collective|part (?:salariale|patronale|employeur)|conges payes|
    salario (?:base|bruto|neto)|devengos|devengado|deducciones|liquido (?:total )?a percibir|i\\.?r\\.?p\\.?f|cotizacion|contingencias|antiguedad|
    retribuzione|netto (?:in busta|del mese)|trattenute|competenze|inps\\b|inail\\b|irpef|t\\.?f\\.?r\\.?\\b|imponibile (?:fiscale|previdenziale)|
    vencimento base|remunerac|seguranca social|liquido a receber|subsidio de|fgts\\b|inss\\b|salario (?:base|liquido)|
    bruto ?loon|netto ?loon|bruto ?salaris|netto ?salaris|loonheffing|heffingskorting|vakantiegeld|personeelsnummer|loontijdvak|dienstverband|
    wynagrodzenie|skladk[ai] |zus\\b|zaliczka na podatek|do wyplaty|placa zasadnicza|ubezpieczenie (?:emerytalne|rentowe|chorobowe|zdrowotne)|
    brutto ?lon|netto ?lon|preliminarskatt|skattetabell|feriepenge|am-bidrag|skattetrekk|palkkakausi|bruttopalkka|nettopalkka|ennakonpidatys|hruba mzda|cista mzda|zdravotni pojisteni`,
  ),
  marks(
    "pay_stub",
    0.3,
    4,
    `earnings|deductions|hours\\b|rate\\b|salary|wages|pension|employer\\b|employee\\b|medicare|bonus\\b|allowance|arbeitgeber|arbeitnehmer|stunden|eintritt|salarie|employeur|heures|empresa\\b|trabajador|dipendente|azienda|ore\\b|trabalhador|entidade|categoria|werkgever|werknemer|uren\\b|pracodawca|pracownik|arbetsgivare|anstalld|medarbejder|arbeidsgiver|ansatt`,
  ),
  marks(
    "utility_bill",
    0.9,
    4,
    `kwh\\b|(?:previous|present|current|last|meter|opening|closing) reading|meter (?:number|no\\b|id|type|point|read)|standing charge|unit rate|(?:supply|service|premises?|site) (?:address|number|point)|adresse du (?:service|site|lieu|logement)|lieu de consommation|direccion (?:de|del) (?:suministro|servicio)|indirizzo (?:di|della) fornitura|morada (?:de|do) (?:fornecimento|local)|leveringspunt|verbruiksadres|forbrugssted|forbrukssted|anleggsadresse|anlaggningsadress|kayttopaik|kulutus(?:piste|lasku)|odbern[a-z]+ mist|adres (?:punktu|poboru)|dodavky elektr|mpan\\b|mprn\\b|therms?\\b|ccf\\b|(?:electricity|gas|water|energy) (?:charge|usage|supply|used|consumption|service)|daily (?:supply|standing|service) charge|wastewater|sewer(?:age)?\\b|usage (?:charge|summary|history|period)|delivery charge|kilowatt|
    zahler(?:nummer|stand|-?nr|art)|arbeitspreis|grundpreis|liefer(?:stelle|stellen)|verbrauchs?stelle|marktlokation|messlokation|verbrauch\\b|netznutzung|konzessionsabgabe|stromsteuer|abschlag|abwasser|
    compteur|ancien index|nouvel index|releve (?:precedent|actuel)|consommation|point de (?:livraison|comptage)|pdl\\b|pce\\b|acheminement|puissance souscrite|cta\\b|accise|
    contador|lectura (?:anterior|actual)|potencia (?:contratada|facturada)|energia (?:consumida|activa|facturada)|cups\\b|peaje|consumo\\b|alquiler (?:de )?(?:equipos|contador)|alcantarillado|impuesto (?:sobre|especial)[a-z ]{0,12} electricidad|
    contatore|lettura (?:precedente|attuale|finale|iniziale|rilevata|stimata)|pod\\b|pdr\\b|oneri di sistema|spesa per (?:la )?(?:materia|il trasporto)|quota (?:fissa|energia|potenza)|smc\\b|fornitura|
    leitura (?:anterior|atual|inicial|final)|cpe\\b|cui\\b|termo (?:fixo|de potencia)|consumo (?:medio|total|faturado)|potencia contratada|tarifa de acesso|
    meter ?stand|verbruik|netbeheer|vastrecht|ean(?:-?code)?\\b|leveringskosten|energiebelasting|begin ?stand|eind ?stand|
    licznik|odczyt|zuzycie|punkt poboru|ppe\\b|energia (?:czynna|elektryczna)|oplata (?:sieciowa|abonamentowa|mocowa|handlowa|dystrybucyjna|stala)|sprzedaz energii|dystrybucj|
    matarnummer|matarstall|forbrukning|elnat|elhandel|anlaggnings-?id|malernummer|malerstand|forbrug\\b|nettleie|stromforbruk|stromstotte|mittari|kulutus|sahkon|elektromer|spotreba|odberne misto|cislo mista spotreby`,
  ),
  marks(
    "utility_bill",
    0.35,
    3,
    `electricity|natural gas|water\\b|internet\\b|telephone|mobile\\b|line rental|monthly (?:fee|charge|plan|rental)|network (?:fee|charge)|regulatory (?:fee|charge)|your (?:account|plan|bill)\\b|(?:service|supply) (?:period|type)|utility\\b|supply:|service:|puhelin|telefoni\\b|telefonie|vesi\\b|vand\\b|vatten|vann\\b|voda\\b|plyn|jatehuolto|kuukausi|laskutus|jakso|perusmaksu|siirtomaksu|manadsavgift|natavgift|manedsafgift|manedsavgift|fast (?:afgift|avgift)|renovation|renhallning|dechets|rifiuti|residuos|residuos|abfall|mull(?:entsorgung|gebuhr)|odpad|smieci|sluzba|verbrauchszeitraum|monatliche|grundgebuhr|flatrate|telefon|mobilfunk|ihre rechnung|forfait|votre facture|consommations|conso\\b|periode (?:du|au|de consommation)|mensual|cuota (?:fija|mensual)|su factura|telefonia|canone|la tua bolletta|sua fatura|mensalidade|maandbedrag|uw rekening|verbruiksperiode|okres (?:rozliczeniowy|zuzycia)|abonament|twoj rachunek|avgift|abonnemang|elnet|periode\\b|abonnement|kuukausimaksu|perusmaksu|kausi\\b|mesicni|pausal|vyuctovani|odber|zuctovaci obdobi|fakturacni obdobi|faktureringsperiod|laskutuskausi|energy\\b|tariff|(?:billing|service|usage|consumption) period|period (?:from|covered)|bill(?:ing)? date|waste (?:collection|disposal)|line charge|calls\\b|account number|your bill|customer number|broadband|line rental|data plan|strom\\b|erdgas|wasser\\b|energie|tarif|vertragskonto|abrechnungszeitraum|electricite|gaz\\b|eau\\b|abonnement|periode de facturation|electricidad|luz\\b|agua\\b|periodo de (?:facturacion|consumo)|energia\\b|luce\\b|acqua\\b|periodo (?:di )?(?:fatturazione|riferimento)|eletricidade|tarifario|stroom\\b|elektriciteit|prad\\b|taryf|okres rozliczeniowy|m3\\b`,
  ),
  marks(
    "delivery_note",
    0.8,
    4,
    `delivery (?:note|docket|ticket|no\\b|number)|packing (?:slip|list)|despatch(?:ed)?\\b|goods received|(?<!payment )received (?:in good|by)|(?:qty|quantity) (?:ordered|shipped|delivered|despatched|dispatched|sent|backordered)|back.?order|ordered\\b[^\\n]{0,20}\\b(?:shipped|delivered)|consignee|consignor|no\\.? of (?:packages|cartons|pallets|boxes)|(?:gross|net|total) weight|delivered by|driver\\b|carrier\\b|tracking|
    lieferschein|liefer-?nr|liefermenge|versandart|frachtfuhrer|spediteur|ware (?:ordnungsgemass )?erhalten|empfangen am|bestellt\\b[^\\n]{0,20}\\bgeliefert|warenempfanger|packstucke|kolli\\b|bruttogewicht|
    bon de livraison|livraison n|(?:qte|quantite)s? (?:commandee|livree|expediee)|transporteur|colis\\b|recu (?:en bon etat|par|conforme)|poids (?:brut|total|net)|
    albaran|cantidad (?:servida|entregada|pedida|enviada)|transportista|bultos|recibi(?:do)? (?:conforme|por)|peso (?:bruto|neto|total)|
    documento di trasporto|d\\.?d\\.?t\\.?\\b|causale (?:del )?trasporto|vettore|colli\\b|aspetto (?:esteriore|dei beni)|trasporto a (?:cura|mezzo)|firma (?:del )?(?:conducente|destinatario|vettore)|peso lordo|
    guia de (?:remessa|transporte)|local de (?:carga|descarga)|matricula|transportador|volumes\\b|quantidade (?:entregue|encomendada|enviada)|
    pakbon|vrachtbrief|afleverbon|(?:aantal )?geleverd|aantal colli|vervoerder|voor ontvangst|goede staat ontvangen|
    wydanie zewnetrzne|\\bwz\\b|przewoznik|ilosc (?:wydana|zamowiona|dostarczona)|wydal\\b|odebral\\b|opakowan|waga brutto|
    foljesedel|fraktsedel|godsmottagare|antal kolli|levererat|folgeseddel|fragtmand|leveret\\b|pakkseddel|levert\\b|transportor|lahetysluettelo|toimitettu|rahdinkuljettaja|dodaci list|dopravce|prevzal`,
  ),
  marks(
    "delivery_note",
    0.3,
    3,
    `ship(?:ped)? (?:to|via|date|from)|deliver(?:y|ed) (?:to|address|date)|pallets?\\b|cartons?\\b|packages?\\b|signature|condition\\b|lieferadresse|lieferdatum|lieferanschrift|unterschrift|menge\\b|adresse de livraison|date de livraison|signature du|direccion de entrega|fecha de entrega|firma\\b|destinatario|destinazione|luogo di (?:consegna|destinazione)|morada de entrega|destinatario|leveradres|leverdatum|handtekening|adres dostawy|data (?:wydania|dostawy)|podpis|leveransadress|leveringsadresse|toimitusosoite|dodaci adresa`,
  ),
  marks(
    "order_response",
    1.1,
    3,
    `order (?:confirmation|acknowledg)|(?:we|hereby) (?:hereby )?(?:confirm|acknowledge|accept)[a-z ]{0,30} (?:your |the )?(?:purchase )?order|(?:thank you|thanks) for your (?:purchase )?order|confirmed (?:delivery|ship|quantity|date|price)|
    auftragsbestatigung|bestellbestatigung|(?:danken|dank) (?:wir )?(?:ihnen )?fur ihr(?:e|en) (?:bestellung|auftrag)|bestatigen wir|wir bestatigen|
    confirmation de (?:votre )?commande|(?:nous )?(?:vous )?(?:confirmons|accusons reception)|confirmacion de(?:l)? pedido|(?:le )?confirmamos|conferma (?:d.)?ordine|confermiamo|confirmacao d[ea] encomenda|
    orderbevestiging|bevestigen wij|wij bevestigen|potwierdzenie zamowienia|potwierdzamy|orderbekraftelse|ordrebekr[ae]+ftelse|tilausvahvistus|potvrzeni objednavky|potvrzujeme`,
  ),
];
