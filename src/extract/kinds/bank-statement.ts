import { z } from "zod";
import type { Declaration } from "../declared/declaration.ts";
import { readStatement } from "../declared/read-statement.ts";
import { wordings } from "../declared/wordings.ts";
import { defineExtractor } from "../define.ts";
import { BankAccount, CurrencyCode, IsoDate, Money, Party } from "./shapes.ts";

const schema = z
  .object({
    bank: Party,
    account_holder: Party,
    account: BankAccount,
    account_type: z.string(),
    statement_number: z.string(),
    statement_date: IsoDate,
    period_start_date: IsoDate,
    period_end_date: IsoDate,
    currency: CurrencyCode,
    opening_balance: Money,
    closing_balance: Money,
    total_credits: Money,
    total_debits: Money,
    transactions: z.array(
      z
        .object({
          date: IsoDate,
          value_date: IsoDate,
          description: z.string(),
          reference: z.string(),
          /** Money out. */
          debit: Money,
          /** Money in. */
          credit: Money,
          /** Signed, where the statement has one column for both. */
          amount: Money,
          balance: Money,
        })
        .partial(),
    ),
  })
  .partial();

const period = wordings(
  "statement period; period; for the period; period covered; statement dates; statement from; billing cycle; account activity for",
  "zeitraum; auszugszeitraum; berichtszeitraum; abrechnungszeitraum; umsätze vom; buchungszeitraum",
  "période; période du relevé; période du; relevé du; opérations du",
  "periodo; período; periodo del extracto; período de liquidación; movimientos del; periode; okres; period; perioden; obdobi",
);

const declares: Declaration = {
  fields: [
    {
      pointer: "/bank/name",
      kind: "name",
      labels: wordings(
        "bank name; bank; name of bank; financial institution; kreditinstitut; bankinstitut; banque; nom de la banque; établissement; banco; entidad; nombre del banco; banca; instituição; naam bank",
      ),
    },
    {
      pointer: "/account_holder/name",
      kind: "name",
      labels: wordings(
        "account holder; account name; name of account; account owner; account in the name of; customer name; customer; primary account holder; client name; holder; account title; account of; in the name of; member name; prepared for; statement for",
        "kontoinhaber; kontoinhaberin; inhaber; kontobezeichnung; kunde; kundenname; name des kontoinhabers; konto von",
        "titulaire; titulaire du compte; nom du titulaire; intitulé du compte; client; nom du client",
        "titular; titular de la cuenta; nombre del titular; cliente; nombre del cliente; titulares",
        "intestatario; intestatario del conto; titular da conta; rekeninghouder; tenaamstelling; posiadacz rachunku; właściciel rachunku; kontohavare; kontoinnehavare; kontohaver; tilinomistaja; tilinhaltija; majitel účtu",
      ),
    },
    {
      pointer: "/account_holder/address",
      kind: "address",
      labels: wordings(
        "address; customer address; mailing address; account holder address; anschrift; adresse; adresse du titulaire; dirección; domicilio; indirizzo; endereço; adres",
      ),
    },
    {
      pointer: "/account/iban",
      kind: "iban",
      labels: wordings(
        "iban; iban number; international bank account number; iban code; account iban; iban-nr; code iban; código iban; iban nummer",
      ),
    },
    {
      pointer: "/account/bic",
      kind: "identifier",
      labels: wordings(
        "bic; swift; swift code; bic code; bic/swift; swift/bic; swift-code; código bic; code bic; bic-code",
      ),
      pattern: "[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?",
    },
    {
      pointer: "/account/account_number",
      kind: "identifier",
      labels: wordings(
        "account number; account no; account #; acct no; acct number; a/c no; a/c number; your account number; account; primary account number; number of account; account id",
        "kontonummer; konto-nr; konto nr; kontonr; konto; kunden-/kontonummer",
        "numéro de compte; n° de compte; compte n°; compte; compte numéro; n° compte",
        "número de cuenta; nº de cuenta; cuenta nº; cuenta; n.º cuenta; c.c.c",
        "numero di conto; numero conto; conto corrente n; conto n; número da conta; conta nº; n.º de conta; rekeningnummer; rekening; numer rachunku; nr rachunku; kontonummer; tilinumero; číslo účtu",
      ),
    },
    {
      pointer: "/account/routing",
      kind: "identifier",
      labels: wordings(
        "sort code; routing number; routing no; aba number; aba routing number; bank code; branch sort code; transit number; bsb; bsb number; ifsc; ifsc code; bankleitzahl; blz; code banque; code guichet; clearing number; abi; cab; código de banco; nsc",
      ),
    },
    {
      pointer: "/account_type",
      kind: "text",
      labels: wordings(
        "account type; type of account; product; account product; account category; kontoart; kontomodell; kontotyp; produkt; type de compte; nature du compte; tipo de cuenta; tipo de producto; tipo di conto; tipo de conta; soort rekening; rekeningtype; rodzaj rachunku; kontotype; tilin tyyppi; typ účtu",
      ),
      maxLength: 60,
    },
    {
      pointer: "/statement_number",
      kind: "identifier",
      labels: wordings(
        "statement number; statement no; statement #; sheet number; sheet no; statement id; statement reference; issue number",
        "auszug nr; auszug-nr; auszugsnummer; kontoauszug nr; kontoauszug nummer; auszug nummer; kontoauszugsnummer; blatt nr",
        "relevé n°; numéro de relevé; n° de relevé; relevé numéro; extrait n°; extrait numéro",
        "extracto nº; número de extracto; n.º extracto; nº de extracto; extracto número; estratto conto n; numero estratto; extrato nº; afschriftnummer; volgnummer; numer wyciągu; wyciąg nr; kontoutdragsnummer; tiliotteen numero; číslo výpisu",
      ),
    },
    {
      pointer: "/statement_date",
      kind: "date",
      labels: wordings(
        "statement date; date of statement; issue date; date issued; issued on; date; statement issued; prepared on; produced on; date of issue; print date",
        "auszugsdatum; datum; erstellt am; ausstellungsdatum; kontoauszug vom; druckdatum",
        "date du relevé; date d'arrêté; édité le; date; date d'édition; arrêté au; date d'émission",
        "fecha de emisión; fecha del extracto; fecha; fecha de extracto; emitido el; data; data estratto conto; data do extrato; data de emissão; datum afschrift; data wyciągu; data wystawienia; utskriftsdatum; dato; utskrevet; päiväys; datum výpisu",
      ),
    },
    {
      pointer: "/period_start_date",
      kind: "date",
      labels: [
        ...period,
        ...wordings(
          "from; period start; start date; period from; beginning; statement start date; period beginning; opening date; von; zeitraum von; beginn; ab; du; date de début; début de période; desde; fecha inicio; fecha desde; fecha inicial; dal; de; data de início; van; od; fra; från",
        ),
      ],
    },
    {
      pointer: "/period_end_date",
      kind: "date",
      labels: [
        ...period,
        ...wordings(
          "to; period end; end date; period to; ending; statement end date; period ending; through; closing date; statement closing date; bis; zeitraum bis; ende; au; date de fin; fin de période; hasta; fecha fin; fecha hasta; fecha final; al; até; data de fim; tot; do; til; till; t/m",
        ),
      ],
    },
    {
      pointer: "/currency",
      kind: "currency",
      labels: wordings(
        "currency; account currency; ccy; currency code; währung; kontowährung; devise; monnaie; devise du compte; moneda; divisa; valuta; moeda; munt; waluta; valutta; měna; amounts in; beträge in; montants en; importes en",
      ),
    },
    {
      pointer: "/opening_balance",
      kind: "money",
      labels: wordings(
        "opening balance; balance brought forward; beginning balance; previous balance; starting balance; start balance; balance forward; brought forward; balance b/f; balance at start; prior balance; last statement balance; balance at beginning of period; initial balance; old balance; balance from last statement; carried over; balance on",
        "anfangssaldo; alter saldo; alter kontostand; saldovortrag; vortrag; anfangsbestand; kontostand am; eröffnungssaldo; startsaldo; saldo alt; übertrag; letzter kontostand; saldo vorheriger auszug",
        "ancien solde; solde précédent; solde initial; solde d'ouverture; solde antérieur; solde de départ; solde début de période; report; solde au; solde en début de période",
        "saldo anterior; saldo inicial; saldo de apertura; saldo previo; saldo al inicio; saldo a su favor anterior; saldo iniziale; saldo precedente; saldo de abertura; beginsaldo; vorig saldo; oud saldo; saldo początkowe; saldo poprzednie; ingående saldo; inngående saldo; indgående saldo; primosaldo; alkusaldo; počáteční zůstatek",
      ),
    },
    {
      pointer: "/closing_balance",
      kind: "money",
      labels: wordings(
        "closing balance; ending balance; balance carried forward; new balance; end balance; balance c/f; carried forward; current balance; final balance; balance at end; balance at end of period; closing ledger balance; your balance; account balance; balance at close; available balance; statement balance; balance on",
        "endsaldo; neuer saldo; neuer kontostand; schlusssaldo; endbestand; aktueller saldo; kontostand; aktueller kontostand; saldo neu; abschlusssaldo; saldo per; ihr kontostand",
        "nouveau solde; solde final; solde de clôture; solde fin de période; solde actuel; solde créditeur; solde au; solde en fin de période",
        "saldo final; saldo actual; saldo nuevo; saldo de cierre; saldo al cierre; nuevo saldo; saldo disponible; saldo finale; saldo attuale; saldo de fecho; saldo atual; eindsaldo; nieuw saldo; saldo końcowe; utgående saldo; utgående saldo; slutsaldo; ultimosaldo; loppusaldo; konečný zůstatek",
      ),
    },
    {
      pointer: "/total_credits",
      kind: "money",
      labels: wordings(
        "total credits; total deposits; total money in; total paid in; money in; deposits; total credit; credits; deposits and credits; deposits and additions; total received; total receipts; paid in; total payments in; sum of credits; total lodgements; inflows; total inflows; incoming",
        "summe gutschriften; summe haben; gutschriften; summe eingänge; eingänge; zahlungseingänge; summe der gutschriften; total gutschriften; gesamt haben; einzahlungen; zugänge; habenumsätze; gesamteingänge; summe zahlungseingänge",
        "total crédits; total des crédits; total au crédit; crédits; total des opérations au crédit; total crédit; total des entrées; entrées; encaissements; montant total des crédits",
        "total abonos; total haber; total ingresos; abonos; ingresos; total de abonos; total créditos; total entradas; totale accrediti; totale avere; totale entrate; total de créditos; totaal bij; totaal bijgeschreven; suma uznań; suma wpływów; summa insättningar; sum innskudd; sum inn; indbetalinger i alt; panot yhteensä; připsáno celkem",
      ),
    },
    {
      pointer: "/total_debits",
      kind: "money",
      labels: wordings(
        "total debits; total withdrawals; total money out; total paid out; money out; withdrawals; total debit; debits; withdrawals and debits; total payments; checks and other debits; paid out; total payments out; sum of debits; outflows; total outflows; outgoing; withdrawals and other subtractions; payments out",
        "summe lastschriften; summe soll; lastschriften; summe ausgänge; ausgänge; zahlungsausgänge; summe der lastschriften; total belastungen; gesamt soll; auszahlungen; abgänge; belastungen; summe belastungen; sollumsätze; gesamtausgänge; summe zahlungsausgänge",
        "total débits; total des débits; total au débit; débits; total des opérations au débit; total débit; total des sorties; sorties; décaissements; montant total des débits",
        "total cargos; total debe; total gastos; cargos; total de cargos; total débitos; total salidas; salidas; totale addebiti; totale dare; totale uscite; total de débitos; totaal af; totaal afgeschreven; suma obciążeń; suma wydatków; summa uttag; sum uttak; sum ut; udbetalinger i alt; otot yhteensä; odepsáno celkem",
      ),
    },
  ],
  rows: [
    {
      pointer: "/transactions",
      titles: wordings(
        "transactions; account transactions; transaction history; account activity; transaction details; activity; your transactions; movements; account movements; transaction list; entries; statement of account",
        "umsätze; buchungen; kontobewegungen; umsatzübersicht; buchungsübersicht; umsatzdetails; bewegungen",
        "opérations; mouvements; détail des opérations; détail des mouvements; liste des opérations; vos opérations",
        "movimientos; operaciones; detalle de movimientos; movimientos de la cuenta; movimenti; lista movimenti; movimentos; transacties; mutaties; transakcje; transaktioner; transaksjoner; tapahtumat; transakce",
      ),
      columns: [
        {
          pointer: "/date",
          kind: "date",
          labels: wordings(
            "date; transaction date; posting date; booking date; entry date; trans date; post date; date posted; txn date; process date; book date; effective date",
            "datum; buchungstag; buchungsdatum; bu-tag; buchung; buch.-datum; tag; bu.tag; buchungs-datum",
            "date; date opération; date d'opération; date de l'opération; date comptable; date compta; jour",
            "fecha; fecha operación; fecha de operación; f. operación; fecha mov; f. oper; fecha contable; data; data operazione; data contabile; data contab; data movimento; data mov; boekdatum; datum; data operacji; data księgowania; bokföringsdag; bokført; dato; bogført; kirjauspäivä; päivä; datum zaúčtování",
          ),
        },
        {
          pointer: "/value_date",
          kind: "date",
          labels: wordings(
            "value date; val date; value; effective; wertstellung; valuta; wert; valutadatum; wertstellungsdatum; wert-datum; date de valeur; date valeur; valeur; fecha valor; f. valor; f.valor; valor; data valuta; data valor; valutadatum; data waluty; valutadag; rentedato; valørdato; arvopäivä; datum valuty",
          ),
        },
        {
          pointer: "/description",
          kind: "text",
          labels: wordings(
            "description; details; particulars; transaction; transaction details; transaction description; narrative; memo; payee; payment type and details; text; details of transaction; activity",
            "buchungstext; verwendungszweck; text; vorgang; beschreibung; buchung; umsatz; vorgang/verwendungszweck; empfänger/verwendungszweck; erläuterung; buchungsinformation; auftraggeber/empfänger",
            "libellé; opération; nature de l'opération; description; détail; intitulé; nature des opérations; libellé de l'opération; opérations",
            "concepto; descripción; detalle; operación; movimiento; descrizione; causale; descrizione operazione; descrição; descritivo; omschrijving; opis; tytuł; opis operacji; beskrivning; beskrivelse; forklaring; tekst; selite; saaja; popis",
          ),
        },
        {
          pointer: "/reference",
          kind: "identifier",
          labels: wordings(
            "reference; ref; ref no; reference no; cheque no; check no; check number; chq no; transaction id; transaction ref; txn ref; transaction number; id; beleg-nr; belegnummer; referenz; ref.-nr; beleg; pn-nr; primanota; référence; réf; n° opération; chèque n°; referencia; nº documento; documento; riferimento; referentie; kenmerk; numer; referens; referanse; viite; reference",
          ),
        },
        {
          pointer: "/debit",
          kind: "money",
          labels: wordings(
            "debit; debits; withdrawals; withdrawal; paid out; money out; payments; debit amount; out; withdrawals (dr); dr; charges; payments out; withdrawn; outgoing; checks/debits; outflow; soll; lastschrift; belastung; lastschriften; belastungen; ausgang; ausgänge; auszahlung; soll/lastschrift; betrag soll; umsatz soll; abgang; zu ihren lasten; débit; débits; débit euros; sorties; retrait; retraits; montant débit; cargo; cargos; debe; débito; salidas; gastos; pagos; adeudos; dare; addebiti; uscite; addebito; débito; a débito; af; afschrijving; uitgaven; obciążenia; obciążenie; wydatki; uttag; ut; ut av konto; udbetaling; hævet; otot; má dáti; odepsáno",
          ),
        },
        {
          pointer: "/credit",
          kind: "money",
          labels: wordings(
            "credit; credits; deposits; deposit; paid in; money in; receipts; credit amount; in; deposits (cr); cr; payments in; deposited; incoming; deposits/credits; inflow; lodgements; haben; gutschrift; gutschriften; eingang; eingänge; einzahlung; haben/gutschrift; betrag haben; umsatz haben; zugang; zu ihren gunsten; crédit; crédits; crédit euros; entrées; versement; versements; montant crédit; abono; abonos; haber; crédito; entradas; ingresos; cobros; avere; accrediti; entrate; accredito; crédito; a crédito; bij; bijschrijving; inkomsten; uznania; uznanie; wpływy; insättning; in; inn på konto; indbetaling; indsat; panot; dal; připsáno",
          ),
        },
        {
          pointer: "/amount",
          kind: "money",
          labels: wordings(
            "amount; transaction amount; amount (eur); value; net amount; debit/credit; amount (usd); amount (gbp); in/out; betrag; umsatz; betrag in eur; betrag eur; umsatz in eur; soll/haben; montant; montant (eur); montant en euros; importe; importe (eur); importe eur; cantidad; importo; importo eur; valor; montante; bedrag; bedrag (eur); kwota; kwota operacji; belopp; beløp; beløb; määrä; summa; částka",
          ),
        },
        {
          pointer: "/balance",
          kind: "money",
          labels: wordings(
            "balance; running balance; account balance; daily balance; balance (eur); closing balance; ledger balance; available balance; balance after; saldo; kontostand; saldo in eur; saldo eur; neuer saldo; solde; solde (eur); solde progressif; nouveau solde; saldo disponible; saldo contable; saldo contabile; saldo resultante; saldo po operacji; saldo na eftir; saldot; zůstatek; bestand",
          ),
        },
      ],
    },
  ],
};

export const bankStatement = defineExtractor({
  kind: "bank_statement",
  version: 3,
  title: "Bank statement",
  checks: [
    "balances_close",
    "running_balance",
    "currency_agrees",
    "dates_in_order",
    "dates_plausible",
    "iban_checksum",
  ],
  schema,
  required: ["/account_holder/name", "/opening_balance", "/closing_balance"],
  vocabulary: declares,
  draft: (reading) => readStatement(reading, declares),
});
