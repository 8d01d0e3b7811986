import type { Block, Pair } from "../content.ts";
import { addDays, decimal } from "../locale.ts";
import type { Actor, Scene } from "../scene.ts";
import type { Wording } from "../wording.ts";
import { FOUR_LANGUAGES, finish, issue, optional, period } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

const W = {
  title: {
    en: "Pay Stub|Payslip|Earnings Statement|Pay Advice|Salary Slip||Statement of Earnings and Deductions|Wage Slip|Remuneration Advice",
    de: "Gehaltsabrechnung|Lohnabrechnung|Entgeltabrechnung||Verdienstabrechnung|Bezügemitteilung|Abrechnung der Brutto-Netto-Bezüge",
    fr: "Bulletin de paie|Bulletin de salaire|Fiche de paie||Décompte de rémunération",
    es: "Nómina|Recibo de salarios|Recibo de nómina||Hoja de haberes|Liquidación de haberes",
  },
  employee: {
    en: "Employee|Employee name|Name||Team member|Payee|Staff member|Worker",
    de: "Mitarbeiter|Arbeitnehmer|Name||Beschäftigte/r|Empfänger der Bezüge",
    fr: "Salarié|Nom du salarié|Employé||Bénéficiaire|Collaborateur",
    es: "Trabajador|Empleado|Nombre||Perceptor|Productor",
  },
  employee_id: {
    en: "Employee ID|Employee No.|Payroll No.|Staff No.||Works number|Clock no.|Badge|Associate ID",
    de: "Personalnummer|Pers.-Nr.|Personal-Nr.||Stammnummer|Kennziffer",
    fr: "Matricule|N° salarié||Code agent|Réf. collaborateur",
    es: "Nº empleado|Código empleado||Ficha|Nº matrícula",
  },
  ssn: {
    en: "SSN|Social Security No.|NI Number|National Insurance No.||Soc. Sec.|Insurance number|Nat. Ins.",
    de: "SV-Nummer|Sozialversicherungsnummer||RV-Nummer|Vers.-Nr.",
    fr: "N° Sécurité sociale|N° SS||NIR|Immatriculation",
    es: "Nº Seguridad Social|Nº afiliación S.S.||NAF|Núm. afiliación",
  },
  job: {
    en: "Job title|Position|Occupation||Role|Grade / post|Designation",
    de: "Tätigkeit|Position||Funktion|Eingruppierung",
    fr: "Emploi|Poste||Fonction|Qualification",
    es: "Puesto|Categoría profesional||Cargo|Grupo profesional",
  },
  department: {
    en: "Department|Dept.||Cost centre|Division|Unit",
    de: "Abteilung||Kostenstelle|Bereich",
    fr: "Service|Département||Affectation|Unité",
    es: "Departamento||Centro de trabajo|Sección",
  },
  range: {
    en: "Pay period|Period||Wages for|Earnings from|Covering",
    de: "Abrechnungszeitraum|Zeitraum||Abrechnung für|Lohnperiode",
    fr: "Période|Période de paie||Rémunération du|Période d'emploi",
    es: "Periodo de liquidación|Período||Devengado del|Liquidación del",
  },
  from: {
    en: "Period start|Period from|Period beginning|Pay begin date||Worked from|Start of cycle|Commencing",
    de: "Zeitraum von|Periode von||Beginn der Abrechnung",
    fr: "Début de période|Période du||Depuis le",
    es: "Inicio del periodo|Desde||Fecha inicial",
  },
  to: {
    en: "Period end|Period ending|Period to|Pay end date||Worked to|End of cycle|Up to",
    de: "Zeitraum bis|Periode bis||Ende der Abrechnung",
    fr: "Fin de période|au||Jusqu'au",
    es: "Fin del periodo|Hasta||Fecha final",
  },
  pay_date: {
    en: "Pay date|Payment date|Date paid|Check date||Credited on|Date of issue of wages|Advice date|Funds available",
    de: "Auszahlungsdatum|Zahltag|Zahlungsdatum||Wertstellung|Gutschrift am",
    fr: "Date de paiement|Payé le||Date de virement|Règlement le",
    es: "Fecha de pago|Fecha de abono||Abonado el|Día de cobro",
  },
  gross: {
    en: "Gross pay|Total gross|Gross earnings|Total earnings||Total payments|Gross for period|Pay before deductions",
    de: "Bruttolohn|Gesamtbrutto|Brutto gesamt||Summe Bezüge|Steuer-/SV-Brutto",
    fr: "Salaire brut|Total brut|Rémunération brute||Brut du mois|Total des gains",
    es: "Total devengado|Salario bruto|Bruto||Suma de devengos|Haberes totales",
  },
  deductions: {
    en: "Total deductions|Deductions||Less: all withholdings|Sum withheld|Amounts taken",
    de: "Summe Abzüge|Gesamtabzüge||Abzüge gesamt|Einbehalte",
    fr: "Total des retenues|Total cotisations||Somme retenue|Prélèvements",
    es: "Total a deducir|Total deducciones||Suma de retenciones|Descuentos",
  },
  net: {
    en: "Net pay|Net amount|Take home pay|NET PAY||Amount payable|Paid to you|Net to bank|Final amount",
    de: "Auszahlungsbetrag|Nettolohn|Nettobezug||Überweisung|Zahlbetrag",
    fr: "Net à payer|Salaire net|Net payé||Montant viré|Somme versée",
    es: "Líquido a percibir|Neto a percibir|Salario neto||Importe transferido|Total a recibir",
  },
  gross_ytd: {
    en: "Gross YTD|YTD gross|Gross pay year to date||Cumulative gross|Gross this tax year",
    de: "Brutto kumuliert|Jahresbrutto||Brutto aufgelaufen",
    fr: "Brut cumulé|Cumul brut||Brut annuel",
    es: "Bruto acumulado||Devengos del año",
  },
  net_ytd: {
    en: "Net YTD|YTD net|Net pay year to date||Cumulative net|Net this tax year",
    de: "Netto kumuliert||Netto aufgelaufen",
    fr: "Net cumulé|Cumul net||Net annuel",
    es: "Neto acumulado||Líquido del año",
  },
  bank: {
    en: "Bank account|Paid into account|Account||Deposited to|Credit a/c",
    de: "Bankverbindung|IBAN|Konto||Überweisung an",
    fr: "IBAN|Compte bancaire||Viré sur",
    es: "IBAN|Cuenta bancaria||Ingresado en",
  },
  tax_code: {
    en: "Tax code|Filing status||Tax basis",
    de: "Steuerklasse||StKl",
    fr: "Taux PAS||Taux fiscal",
    es: "Tipo IRPF||Retención",
  },
  earnings: {
    en: "Earnings|Payments||Pay elements|Credits",
    de: "Bezüge||Lohnarten",
    fr: "Gains||Éléments de paie",
    es: "Devengos||Percepciones",
  },
  deducted: {
    en: "Deductions|Taxes and deductions||Withholdings|Debits",
    de: "Abzüge||Gesetzliche Einbehalte",
    fr: "Retenues|Cotisations||Prélèvements",
    es: "Deducciones||Retenciones",
  },
  description: {
    en: "Description||Element|Item",
    de: "Bezeichnung||Lohnart",
    fr: "Libellé|Désignation||Rubrique",
    es: "Concepto||Detalle",
  },
  hours: {
    en: "Hours|Units||Qty|Time",
    de: "Stunden|Std.||Menge",
    fr: "Heures|Base||Nombre",
    es: "Horas||Cantidad",
  },
  rate: { en: "Rate||Per unit", de: "Satz||Faktor", fr: "Taux||Tarif", es: "Precio||Valor" },
  amount: {
    en: "Amount|Current|This period||Value",
    de: "Betrag||EUR",
    fr: "Montant||Valeur",
    es: "Importe||Total",
  },
  ytd: {
    en: "YTD|Year to date||Cumulative|To date",
    de: "kumuliert|Jahr||aufgelaufen",
    fr: "Cumul||Total année",
    es: "Acumulado||Total año",
  },
} satisfies Record<string, Wording>;

const EARNINGS: Wording = {
  en: "Overtime|Bonus|Shift allowance|Holiday pay|Commission|Car allowance|On-call|Back pay",
  de: "Überstunden|Bonus|Schichtzulage|Urlaubsgeld|Provision|Fahrtkosten|VWL AG-Anteil",
  fr: "Heures supplémentaires|Prime d'ancienneté|Prime de panier|Indemnité transport|Prime exceptionnelle",
  es: "Horas extra|Plus convenio|Antigüedad|Plus transporte|Incentivos|Prorrata paga extra",
};
const BASE: Wording = {
  en: "Basic salary|Regular pay|Base pay|Regular hours||Standard time",
  de: "Grundgehalt|Monatsgehalt|Stundenlohn||Tarifentgelt",
  fr: "Salaire de base||Appointements",
  es: "Salario base||Sueldo",
};
const DEDUCTIONS: Wording = {
  en: "Federal tax|Income tax|Social security|Medicare|National insurance|Pension|Health plan|Student loan|Union dues|Dental",
  de: "Lohnsteuer|Solidaritätszuschlag|Kirchensteuer|Krankenversicherung|Rentenversicherung|Arbeitslosenversicherung|Pflegeversicherung",
  fr: "Assurance maladie|Assurance vieillesse|CSG déductible|CRDS|Retraite complémentaire|Prévoyance|Impôt sur le revenu",
  es: "Contingencias comunes|Desempleo|Formación profesional|I.R.P.F.|Anticipo|Cuota sindical",
};
const JOBS: Wording = {
  en: "Warehouse Operative|Senior Analyst|Machine Operator|Nurse|Site Engineer|Office Manager|Driver|Baker",
  de: "Sachbearbeiterin|Facharbeiter|Ingenieur|Kraftfahrer|Buchhalterin|Verkäufer",
  fr: "Comptable|Technicien|Chauffeur|Vendeuse|Ingénieur|Cuisinier",
  es: "Administrativo|Técnico|Conductor|Oficial 2ª|Dependienta|Ingeniera",
};
const DEPARTMENTS: Wording = {
  en: "Logistics|Finance|Production|Sales|Field Services|Ward 7|Night Shift",
  de: "Produktion|Vertrieb|Einkauf|Verwaltung|Versand",
  fr: "Production|Ventes|Achats|Administration|Logistique",
  es: "Producción|Ventas|Compras|Administración|Almacén",
};
const SSN: Readonly<Record<string, string>> = {
  US: "###-##-####",
  GB: "@@ ## ## ## @",
  DE: "## ###### @ ###",
  FR: "# ## ## ## ### ### ##",
  ES: "##/########/##",
};

export const payStub: KindSpec = {
  type: "pay_stub",
  languages: FOUR_LANGUAGES,
  form: "page",
  draw: (scene) => {
    const employer = scene.company(scene.house);
    const letterhead = issue(scene, "/employer", employer);
    const facts = drawFacts(scene);
    const employee = scene.person(scene.random);
    const pay = drawPay(scene);
    const people = drawEmployee(scene, employee);
    const sums = [
      ...optional(scene, 0.85, () => scene.moneyPair("/gross_pay", W.gross, pay.gross)),
      ...optional(scene, 0.7, () => scene.moneyPair("/total_deductions", W.deductions, pay.deducted)),
      scene.moneyPair("/net_pay", W.net, pay.gross - pay.deducted),
    ];
    const cumulated = scene.house.chance(0.4)
      ? [
          scene.moneyPair("/gross_pay_year_to_date", W.gross_ytd, pay.gross * pay.months),
          scene.moneyPair("/net_pay_year_to_date", W.net_ytd, (pay.gross - pay.deducted) * pay.months),
        ]
      : [];
    scene.noteCurrency();
    const blocks: Block[] = [
      { kind: "pairs", pairs: people.pairs },
      ...pay.blocks,
      { kind: "totals", pairs: sums },
      { kind: "pairs", pairs: [...cumulated, ...drawBank(scene)] },
    ];
    const parties = people.address ? [people.address] : [];
    const title = scene.word(W.title);
    return finish(scene, employer.name, {
      title,
      letterhead,
      facts,
      parties,
      blocks: blocks.filter((block) => block.kind !== "pairs" || block.pairs.length > 0),
    });
  },
};

function drawFacts(scene: Scene): Pair[] {
  const { house } = scene;
  const start = scene.day();
  const days = house.pick([6, 13, 14, 29, 30]);
  const end = addDays(start, days);
  return [
    ...period(scene, ["/period_start_date", "/period_end_date"], W, [start, end]),
    ...optional(scene, 0.8, () =>
      scene.datePair("/pay_date", W.pay_date, addDays(end, scene.random.int(0, 6))),
    ),
    ...optional(scene, 0.4, () =>
      scene.extra(W.tax_code, scene.random.pick(["1257L", "I", "III", "S", "M-2", "12,4 %", "0T"])),
    ),
  ];
}

function drawEmployee(scene: Scene, employee: Actor): { pairs: Pair[]; address?: { lines: string[] } } {
  const { house, random } = scene;
  const inWindow = house.chance(0.35);
  scene.truth.set("/employee/name", employee.name);
  const pairs = [
    ...(inWindow ? [] : [scene.pair("/employee/name", W.employee, employee.name)]),
    ...optional(scene, 0.75, () =>
      scene.pair("/employee/employee_id", W.employee_id, random.digits(house.int(4, 7))),
    ),
    ...optional(scene, 0.6, () =>
      scene.pair(
        "/employee/social_security_number",
        W.ssn,
        random.pattern(SSN[scene.country.code] ?? "### ### ###"),
      ),
    ),
    ...optional(scene, 0.5, () => scene.pair("/employee/job_title", W.job, pickOf(scene, JOBS))),
    ...optional(scene, 0.5, () =>
      scene.pair("/employee/department", W.department, pickOf(scene, DEPARTMENTS)),
    ),
  ];
  if (!inWindow) return { pairs };
  scene.truth.set("/employee/address", employee.address.join(", "));
  return { pairs, address: { lines: [employee.name, ...employee.address] } };
}

function pickOf(scene: Scene, list: Wording): string {
  return scene.random.pick((list[scene.language] ?? list.en ?? "").split("|"));
}

interface Entry {
  readonly description: string;
  readonly hours: string;
  readonly rate: string;
  readonly amount: number;
}

interface Pay {
  readonly gross: number;
  readonly deducted: number;
  readonly months: number;
  readonly blocks: Block[];
}

function drawPay(scene: Scene): Pay {
  const { random } = scene;
  const months = random.int(1, 12);
  const rate = random.int(1_250, 5_400);
  const hours = random.int(60, 168);
  const base: Entry = {
    description: scene.word(BASE),
    hours: scene.number(hours, 2),
    rate: scene.amount(rate),
    amount: rate * hours,
  };
  const names = (list: Wording): string[] => (list[scene.language] ?? list.en ?? "").split("|");
  const further = random
    .some(names(EARNINGS), random.int(0, 3))
    .map((description): Entry => ({ description, hours: "", rate: "", amount: random.int(2_000, 60_000) }));
  const earnings = [base, ...further];
  const gross = earnings.reduce((sum, entry) => sum + entry.amount, 0);
  const deductions = random.some(names(DEDUCTIONS), random.int(2, 5)).map((description): Entry => ({
    description,
    hours: "",
    rate: "",
    amount: Math.round(gross * random.real(0.01, 0.11)),
  }));
  const deducted = deductions.reduce((sum, entry) => sum + entry.amount, 0);
  const tables = scene.house.chance(0.3)
    ? drawJoined(scene, earnings, deductions)
    : drawApart(scene, earnings, deductions, months);
  return { gross, deducted, months, blocks: tables };
}

function drawApart(scene: Scene, earnings: Entry[], deductions: Entry[], months: number): Block[] {
  const { house, truth } = scene;
  const [hours, ytd] = [house.chance(0.6), house.chance(0.5)];
  const right = (wording: Wording): { title: string; align: "right"; weight: number } => ({
    title: scene.word(wording),
    align: "right",
    weight: 1,
  });
  const first = { title: scene.word(W.description), align: "left", weight: 3 } as const;
  earnings.forEach((entry, index) => {
    const at = `/earnings/${index}`;
    truth.set(`${at}/description`, entry.description);
    if (hours && entry.hours !== "") {
      truth.set(`${at}/hours`, entry.hours.replace(",", "."), entry.hours);
      truth.set(
        `${at}/rate`,
        decimal(Math.round(entry.amount / Number(entry.hours.replace(",", ".")))),
        entry.rate,
      );
    }
    noteAmount(scene, at, entry.amount, ytd ? months : 0);
  });
  noteDeductions(scene, deductions, ytd ? months : 0);
  const [amount, total] = [right(W.amount), right(W.ytd)];
  const tail = (entry: Entry): string[] => [
    scene.amount(entry.amount),
    ...(ytd ? [scene.amount(entry.amount * months)] : []),
  ];
  return [
    {
      kind: "table",
      heading: scene.word(W.earnings),
      columns: [first, ...(hours ? [right(W.hours), right(W.rate)] : []), amount, ...(ytd ? [total] : [])],
      rows: earnings.map((entry) => [
        entry.description,
        ...(hours ? [entry.hours, entry.rate] : []),
        ...tail(entry),
      ]),
    },
    {
      kind: "table",
      heading: scene.word(W.deducted),
      columns: [first, amount, ...(ytd ? [total] : [])],
      rows: deductions.map((entry) => [entry.description, ...tail(entry)]),
    },
  ];
}

/** One table with a column for what is earned and one for what is deducted. */
function drawJoined(scene: Scene, earnings: Entry[], deductions: Entry[]): Block[] {
  earnings.forEach((entry, index) => {
    scene.truth.set(`/earnings/${index}/description`, entry.description);
    noteAmount(scene, `/earnings/${index}`, entry.amount, 0);
  });
  noteDeductions(scene, deductions, 0);
  const column = (wording: Wording): { title: string; align: "right"; weight: number } => ({
    title: scene.word(wording),
    align: "right",
    weight: 1,
  });
  return [
    {
      kind: "table",
      columns: [
        { title: scene.word(W.description), align: "left", weight: 3 },
        column(W.earnings),
        column(W.deducted),
      ],
      rows: [
        ...earnings.map((entry) => [entry.description, scene.amount(entry.amount), ""]),
        ...deductions.map((entry) => [entry.description, "", scene.amount(entry.amount)]),
      ],
    },
  ];
}

function noteDeductions(scene: Scene, deductions: Entry[], months: number): void {
  deductions.forEach((entry, index) => {
    scene.truth.set(`/deductions/${index}/description`, entry.description);
    noteAmount(scene, `/deductions/${index}`, entry.amount, months);
  });
}

function noteAmount(scene: Scene, at: string, minor: number, months: number): void {
  scene.truth.set(`${at}/amount`, decimal(minor), scene.amount(minor));
  if (months > 0)
    scene.truth.set(`${at}/year_to_date`, decimal(minor * months), scene.amount(minor * months));
}

function drawBank(scene: Scene): Pair[] {
  return optional(scene, 0.6, () => {
    const number = scene.iban(scene.random);
    const pointer = scene.country.iban === "" ? "/bank_account/account_number" : "/bank_account/iban";
    return scene.pair(pointer, W.bank, number, number.replaceAll(" ", ""));
  });
}
