import type { Block, Column, Pair } from "../content.ts";
import { addDays, decimal } from "../locale.ts";
import type { Scene } from "../scene.ts";
import type { Wording } from "../wording.ts";
import { drawCompany, drawPerson } from "../words/names.ts";
import { FOUR_LANGUAGES, finish, issue, optional, period } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

const W = {
  title: {
    en: "Bank Statement|Account Statement|Statement of Account|Current Account Statement||Account Activity|Your Account Summary|Movements on your account",
    de: "Kontoauszug|Girokonto Auszug||Umsatzübersicht|Aufstellung der Kontobewegungen",
    fr: "Relevé de compte|Relevé bancaire||Extrait de compte|Situation de votre compte",
    es: "Extracto de cuenta|Extracto bancario||Movimientos de la cuenta|Estado de cuenta",
  },
  holder: {
    en: "Account holder|Account name|Customer||In the name of|Titled to|Customer of record",
    de: "Kontoinhaber|Inhaber||Lautend auf|Kunde",
    fr: "Titulaire|Titulaire du compte||Au nom de|Client",
    es: "Titular|Titular de la cuenta||A nombre de|Cliente",
  },
  number: {
    en: "Account number|Account No.|A/C No.||Acct|Account ref.",
    de: "Kontonummer|Konto-Nr.||Konto",
    fr: "N° de compte|Compte n°||Numéro",
    es: "Nº de cuenta|Cuenta||Núm. cta.",
  },
  iban: {
    en: "IBAN||International account no.",
    de: "IBAN||Internat. Kontonummer",
    fr: "IBAN||Compte international",
    es: "IBAN||Código IBAN",
  },
  bic: {
    en: "BIC|SWIFT/BIC|SWIFT||Bank identifier",
    de: "BIC||SWIFT-Code",
    fr: "BIC||Code SWIFT",
    es: "BIC|SWIFT||Código BIC",
  },
  routing: {
    en: "Routing number|Sort code||Bank code|Branch code",
    de: "BLZ|Bankleitzahl||Bankcode",
    fr: "Code banque||Code guichet",
    es: "Entidad/Oficina||Código entidad",
  },
  type: {
    en: "Account type|Type of account||Product|Account class",
    de: "Kontoart||Produkt|Kontomodell",
    fr: "Type de compte||Produit",
    es: "Tipo de cuenta||Producto",
  },
  statement_number: {
    en: "Statement No.|Statement number|Sheet number||Issue|Statement ref.",
    de: "Auszug Nr.|Kontoauszug-Nr.||Blatt/Jahr|Lfd. Auszug",
    fr: "Relevé n°|N° de relevé||Extrait n°",
    es: "Extracto nº|Nº extracto||Hoja nº",
  },
  statement_date: {
    en: "Statement date|Date|Issue date||Produced on|Compiled",
    de: "Auszugsdatum|Erstellt am|Datum||Stand vom",
    fr: "Date du relevé|Édité le||Arrêté le",
    es: "Fecha|Fecha de emisión||Emitido el",
  },
  range: {
    en: "Statement period|Period|Period covered||Activity for|Dates covered|Transactions between",
    de: "Zeitraum|Auszugszeitraum||Umsätze vom",
    fr: "Période|Période du relevé||Opérations du",
    es: "Periodo|Período del extracto||Movimientos del",
  },
  from: {
    en: "From|Period from|Start date||Beginning|First day",
    de: "von|Zeitraum von||Beginn",
    fr: "Du|Période du||Début",
    es: "Desde|Fecha inicio||Inicio",
  },
  to: {
    en: "To|Period to|End date||Ending|Last day",
    de: "bis|Zeitraum bis||Ende",
    fr: "Au|Période au||Fin",
    es: "Hasta|Fecha fin||Final",
  },
  opening: {
    en: "Opening balance|Balance brought forward|Previous balance|Beginning balance||Balance at start|Brought over|Carried in|You started with",
    de: "Anfangssaldo|Alter Kontostand|Saldovortrag||Kontostand zu Beginn|Vortrag",
    fr: "Solde initial|Solde précédent|Ancien solde||Report|Solde au début",
    es: "Saldo inicial|Saldo anterior||Saldo de partida|Saldo de apertura",
  },
  closing: {
    en: "Closing balance|Balance carried forward|New balance|Ending balance||Balance at end|Carried out|You finished with|Funds at close",
    de: "Endsaldo|Neuer Kontostand|Schlusssaldo||Kontostand am Ende|Saldo neu",
    fr: "Solde final|Nouveau solde||Solde en fin de période|Solde à reporter",
    es: "Saldo final|Nuevo saldo||Saldo de cierre|Saldo resultante",
  },
  credits: {
    en: "Total credits|Total deposits|Money in|Total paid in||Sum received|Inflows|All receipts",
    de: "Summe Gutschriften|Summe Eingänge|Haben gesamt||Zuflüsse|Einnahmen",
    fr: "Total des crédits|Total crédit||Somme des entrées|Encaissements",
    es: "Total abonos|Total haber||Suma de ingresos|Entradas",
  },
  debits: {
    en: "Total debits|Total withdrawals|Money out|Total paid out||Sum spent|Outflows|All payments",
    de: "Summe Lastschriften|Summe Ausgänge|Soll gesamt||Abflüsse|Ausgaben",
    fr: "Total des débits|Total débit||Somme des sorties|Décaissements",
    es: "Total cargos|Total debe||Suma de pagos|Salidas",
  },
  date: {
    en: "Date|Post date|Trans. date||Day|Booked",
    de: "Datum|Buchung|Buchungstag||Tag",
    fr: "Date|Date opération||Jour",
    es: "Fecha|F. operación||Día",
  },
  value_date: {
    en: "Value date|Value||Effective",
    de: "Wert|Valuta||Wertstellung",
    fr: "Date valeur|Valeur||Effet",
    es: "F. valor|Valor||Efectivo",
  },
  description: {
    en: "Description|Details|Transaction|Particulars||Narrative|What",
    de: "Verwendungszweck|Buchungstext|Umsatz||Vorgang|Text",
    fr: "Libellé|Opération|Nature||Détail",
    es: "Concepto|Descripción||Detalle",
  },
  reference: {
    en: "Reference|Ref.||Trace",
    de: "Referenz||Beleg",
    fr: "Référence||Pièce",
    es: "Referencia||Documento",
  },
  debit: {
    en: "Debit|Withdrawals|Paid out|Payments||Out|Charges",
    de: "Soll|Belastung|Ausgang||Lastschrift",
    fr: "Débit||Sorties",
    es: "Debe|Cargo||Pagos",
  },
  credit: {
    en: "Credit|Deposits|Paid in|Receipts||In|Additions",
    de: "Haben|Gutschrift|Eingang||Zugang",
    fr: "Crédit||Entrées",
    es: "Haber|Abono||Ingresos",
  },
  amount: {
    en: "Amount|Amount (±)||Movement|+/-",
    de: "Betrag||Umsatz",
    fr: "Montant||Mouvement",
    es: "Importe||Movimiento",
  },
  currency: { en: "Currency||Denominated in", de: "Währung", fr: "Devise||Monnaie", es: "Moneda|Divisa" },
  balance: {
    en: "Balance|Running balance||Holding|After",
    de: "Saldo|Kontostand||Stand",
    fr: "Solde||Position",
    es: "Saldo||Disponible",
  },
} satisfies Record<string, Wording>;

const BANKS: Wording = {
  en: "* Bank|Bank of *|* Savings Bank|* Credit Union|First * Bank|* & Co. Bankers",
  de: "* Bank AG|Sparkasse *|Volksbank * eG|Bankhaus *|* Privatbank",
  fr: "Banque *|Crédit *|Caisse d'Épargne *|Société Bancaire *",
  es: "Banco *|Caja Rural de *|Banco de *|Caixa *",
};
const TYPES: Wording = {
  en: "Current account|Checking|Savings|Business Current|Premier Checking",
  de: "Girokonto|Geschäftskonto|Tagesgeld",
  fr: "Compte courant|Compte chèques|Compte professionnel",
  es: "Cuenta corriente|Cuenta nómina|Cuenta de ahorro",
};
const OUT: Wording = {
  en: "CARD PURCHASE *|DIRECT DEBIT *|Standing order *|ATM withdrawal *|Transfer to *|Cheque|Service charge",
  de: "KARTENZAHLUNG *|LASTSCHRIFT *|Dauerauftrag *|Geldautomat *|Überweisung an *|Kontoführungsgebühr",
  fr: "PAIEMENT CB *|PRLV SEPA *|Virement à *|RETRAIT DAB *|Chèque|Frais de tenue de compte",
  es: "COMPRA TARJETA *|RECIBO *|Transferencia a *|REINTEGRO CAJERO *|Comisión mantenimiento",
};
const IN: Wording = {
  en: "Salary *|Transfer from *|Deposit|Refund *|Interest paid|Dividend *",
  de: "GEHALT *|Gutschrift von *|Einzahlung|Erstattung *|Zinsen",
  fr: "VIR SALAIRE *|Virement de *|Remise de chèque|Remboursement *|Intérêts",
  es: "NÓMINA *|Transferencia de *|Ingreso efectivo|Devolución *|Intereses",
};

export const bankStatement: KindSpec = {
  type: "bank_statement",
  languages: FOUR_LANGUAGES,
  form: "page",
  draw: (scene) => {
    const { house, random, truth } = scene;
    const bank = {
      ...scene.company(house),
      name: house
        .pick((BANKS[scene.language] ?? "").split("|"))
        .replace("*", drawPerson(scene.language, house).surname),
    };
    const letterhead = issue(scene, "/bank", bank);
    const holder = random.chance(0.4) ? scene.company(random) : scene.person(random);
    const start = scene.day();
    const end = addDays(start, house.pick([6, 27, 29, 30, 89]));
    const account = drawAccount(scene);
    const facts = [
      ...optional(scene, 0.5, () =>
        scene.pair(
          "/statement_number",
          W.statement_number,
          house.chance(0.5) ? String(random.int(1, 60)) : random.pattern("#/Y", Number(end.slice(0, 4))),
        ),
      ),
      ...optional(scene, 0.55, () =>
        scene.datePair("/statement_date", W.statement_date, addDays(end, random.int(0, 3))),
      ),
      ...period(scene, ["/period_start_date", "/period_end_date"], W, [start, end]),
      ...account,
    ];
    const named = house.chance(0.5);
    const parties = [{ lines: [holder.name, ...holder.address] }];
    truth.set("/account_holder/name", holder.name);
    if (!named) truth.set("/account_holder/address", holder.address.join(", "));
    const people = named ? [scene.pair("/account_holder/name", W.holder, holder.name)] : [];
    const movements = drawMovements(scene, start, end);
    const currency = optional(scene, 0.4, () => scene.pair("/currency", W.currency, scene.currency));
    const blocks = arrange(scene, movements);
    if (currency.length === 0) scene.noteCurrency();
    return finish(scene, bank.name, {
      title: scene.word(W.title),
      letterhead,
      facts: [...people, ...facts, ...currency],
      parties: named ? [] : parties,
      blocks,
    });
  },
};

function drawAccount(scene: Scene): Pair[] {
  const { house, random, country } = scene;
  const number = scene.iban(random);
  const plain = country.iban === "" || house.chance(0.25);
  const own = plain
    ? scene.pair("/account/account_number", W.number, random.digits(house.int(8, 11)))
    : scene.pair("/account/iban", W.iban, number, number.replaceAll(" ", ""));
  return [
    own,
    ...optional(scene, 0.35, () =>
      plain
        ? scene.pair(
            "/account/routing",
            W.routing,
            random.pattern(country.code === "GB" ? "##-##-##" : "#########"),
          )
        : scene.pair("/account/bic", W.bic, random.pattern(`@@@@${country.code}@#`)),
    ),
    ...optional(scene, 0.4, () =>
      scene.pair("/account_type", W.type, random.pick((TYPES[scene.language] ?? "").split("|"))),
    ),
  ];
}

interface Movement {
  readonly date: string;
  readonly value: string;
  readonly description: string;
  readonly reference: string;
  readonly minor: number;
  readonly balance: number;
}

interface Movements {
  readonly opening: number;
  readonly closing: number;
  readonly rows: readonly Movement[];
}

function drawMovements(scene: Scene, start: string, end: string): Movements {
  const { random, language } = scene;
  const opening = random.int(20_000, 900_000);
  const count = random.chance(0.3) ? random.int(30, 90) : random.int(4, 18);
  const days = (Date.parse(end) - Date.parse(start)) / 86_400_000;
  const offsets = Array.from({ length: count }, () => random.int(0, days)).sort((a, b) => a - b);
  let balance = opening;
  const rows = offsets.map((offset): Movement => {
    const incoming = random.chance(0.3) || balance < 30_000;
    const minor = incoming
      ? random.int(1_000, 350_000)
      : -random.int(150, Math.max(400, Math.floor(balance / 3)));
    balance += minor;
    const text = random.pick(((incoming ? IN : OUT)[language] ?? "").split("|"));
    const who = random.chance(0.5)
      ? drawPerson(language, random).name
      : drawCompany(language, scene.country.forms, random);
    const date = addDays(start, offset);
    const reference = random.pattern(random.pick(["########", "@@######", "REF ######"]));
    const description = text.replace("*", /^[^a-z]+\*/u.test(text) ? who.toUpperCase() : who);
    return { date, value: addDays(date, random.chance(0.7) ? 0 : 1), description, reference, minor, balance };
  });
  return { opening, closing: balance, rows };
}

function arrange(scene: Scene, movements: Movements): Block[] {
  const { house } = scene;
  const inside = house.chance(0.35);
  const { rows } = movements;
  const credits = rows.filter(({ minor }) => minor > 0).reduce((sum, { minor }) => sum + minor, 0);
  const debits = rows.filter(({ minor }) => minor < 0).reduce((sum, { minor }) => sum - minor, 0);
  const sums = optional(scene, 0.5, () => [
    scene.moneyPair("/total_credits", W.credits, credits),
    scene.moneyPair("/total_debits", W.debits, debits),
  ]);
  const opening = scene.label(W.opening);
  const closing = scene.label(W.closing);
  const printed = inside ? (minor: number) => scene.amount(minor) : (minor: number) => scene.money(minor);
  scene.truth.set("/opening_balance", decimal(movements.opening), printed(movements.opening));
  scene.truth.set("/closing_balance", decimal(movements.closing), printed(movements.closing));
  const table = drawTable(scene, movements, inside ? { opening, closing } : null);
  if (inside) return [table, ...(sums.length > 0 ? [{ kind: "totals", pairs: sums } as const] : [])];
  const pairs = [
    { label: opening, value: scene.money(movements.opening) },
    ...sums,
    { label: closing, value: scene.money(movements.closing) },
  ];
  return house.chance(0.5) ? [{ kind: "pairs", pairs }, table] : [table, { kind: "totals", pairs }];
}

function drawTable(
  scene: Scene,
  { rows, opening, closing }: Movements,
  ends: { opening: string; closing: string } | null,
): Block {
  const { house } = scene;
  const split = house.chance(0.6);
  const [value, reference, balance] = [
    house.chance(0.35),
    house.chance(0.25),
    ends !== null || house.chance(0.6),
  ];
  const minus = house.pick(["before", "before", "behind"] as const);
  const signed = (minor: number): string =>
    minus === "behind" && minor < 0 ? `${scene.amount(-minor)}-` : scene.amount(minor);
  rows.forEach((row, index) =>
    note(scene, row, `/transactions/${index}`, { split, value, reference, balance, signed }),
  );
  const column = (wording: Wording, align: "left" | "right", weight = 1): Column => ({
    title: scene.word(wording),
    align,
    weight,
  });
  const columns = [
    column(W.date, "left", 0.3),
    ...(value ? [column(W.value_date, "left", 0.3)] : []),
    column(W.description, "left", 4),
    ...(reference ? [column(W.reference, "left")] : []),
    ...(split ? [column(W.debit, "right"), column(W.credit, "right")] : [column(W.amount, "right")]),
    ...(balance ? [column(W.balance, "right")] : []),
  ];
  const line = (row: Movement): string[] => [
    scene.date(row.date),
    ...(value ? [scene.date(row.value)] : []),
    row.description,
    ...(reference ? [row.reference] : []),
    ...(split
      ? [row.minor < 0 ? scene.amount(-row.minor) : "", row.minor > 0 ? scene.amount(row.minor) : ""]
      : [signed(row.minor)]),
    ...(balance ? [scene.amount(row.balance)] : []),
  ];
  const edge = (label: string, minor: number): string[] =>
    columns.map((_, index) =>
      index === (value ? 2 : 1) ? label : index === columns.length - 1 ? scene.amount(minor) : "",
    );
  const body = rows.map(line);
  if (!ends) return { kind: "table", columns, rows: body };
  return {
    kind: "table",
    columns,
    rows: [edge(ends.opening, opening), ...body, edge(ends.closing, closing)],
    strong: [0, body.length + 1],
  };
}

function note(
  scene: Scene,
  row: Movement,
  at: string,
  look: {
    split: boolean;
    value: boolean;
    reference: boolean;
    balance: boolean;
    signed: (minor: number) => string;
  },
): void {
  const { truth } = scene;
  truth.set(`${at}/date`, row.date, scene.date(row.date));
  if (look.value) truth.set(`${at}/value_date`, row.value, scene.date(row.value));
  truth.set(`${at}/description`, row.description);
  if (look.reference) truth.set(`${at}/reference`, row.reference);
  if (!look.split) truth.set(`${at}/amount`, decimal(row.minor), look.signed(row.minor));
  else
    truth.set(
      `${at}/${row.minor < 0 ? "debit" : "credit"}`,
      decimal(Math.abs(row.minor)),
      scene.amount(Math.abs(row.minor)),
    );
  if (look.balance) truth.set(`${at}/balance`, decimal(row.balance), scene.amount(row.balance));
}
