import { z } from "zod";
import type { Declaration } from "../declared/declaration.ts";
import { draftCurrency } from "../declared/draft-currency.ts";
import { fillPeriod } from "../declared/fill-periods.ts";
import { fillSums, type Sum } from "../declared/fill-sums.ts";
import { fillParties } from "../declared/fill-parties.ts";
import { ibanAlone } from "../declared/iban-alone.ts";
import { readDeclared } from "../declared/read-declared.ts";
import { settlePay } from "../declared/settle-pay.ts";
import { wordings } from "../declared/wordings.ts";
import { defineExtractor } from "../define.ts";
import { BankAccount, CurrencyCode, IsoDate, Money, Party, Quantity } from "./shapes.ts";

const schema = z
  .object({
    employer: Party,
    employee: Party.extend({
      employee_id: z.string().optional(),
      social_security_number: z.string().optional(),
      job_title: z.string().optional(),
      department: z.string().optional(),
    }).partial(),
    period_start_date: IsoDate,
    period_end_date: IsoDate,
    pay_date: IsoDate,
    currency: CurrencyCode,
    gross_pay: Money,
    net_pay: Money,
    total_deductions: Money,
    total_taxes: Money,
    gross_pay_year_to_date: Money,
    net_pay_year_to_date: Money,
    earnings: z.array(
      z
        .object({
          description: z.string(),
          hours: Quantity,
          rate: Money,
          amount: Money,
          year_to_date: Money,
        })
        .partial(),
    ),
    deductions: z.array(z.object({ description: z.string(), amount: Money, year_to_date: Money }).partial()),
    bank_account: BankAccount,
  })
  .partial();

const employer = wordings(
  "employer; company; employer details; employer information; company details; company information; arbeitgeber; firma; unternehmen; employeur; entreprise; société; empresa; empleador; datos de la empresa; datore di lavoro; azienda; ditta; entidade empregadora; werkgever; pracodawca; arbetsgivare; arbeidsgiver; arbejdsgiver; työnantaja; zaměstnavatel; paid by; issued by",
);
const employee = wordings(
  "employee; employee details; employee information; worker; staff member; employee data; arbeitnehmer; arbeitnehmerin; mitarbeiter; mitarbeiterin; personaldaten; angaben zum arbeitnehmer; beschäftigter; salarié; salariée; employé; informations salarié; trabajador; trabajadora; empleado; datos del trabajador; datos del empleado; dipendente; lavoratore; trabalhador; funcionário; colaborador; werknemer; medewerker; pracownik; anställd; ansatt; medarbejder; työntekijä; zaměstnanec; paid to; pay to",
);
const period = wordings(
  "pay period; period; payroll period; earnings period; wage period; salary period; pay cycle; period covered; for the period; work period; period of pay",
  "abrechnungszeitraum; zeitraum; lohnzeitraum; abrechnungsperiode; entgeltzeitraum; lohnperiode; abrechnungsmonat",
  "période; période de paie; période du; période d'emploi; paie du",
  "periodo de liquidación; período de liquidación; periodo; período; periodo de pago; periodo liquidado; periodo di paga; periodo di retribuzione; período de processamento; loonperiode; periode; tijdvak; okres; löneperiod; lønnsperiode; lønperiode; palkkakausi; období",
);

const PERIOD = {
  start: "/period_start_date",
  end: "/period_end_date",
  later: "/pay_date",
  maxDays: 100,
} as const;
const SUMS: readonly Sum[] = [
  {
    pointer: "/net_pay",
    parts: [
      ["/gross_pay", 1],
      ["/total_deductions", -1],
    ],
  },
  {
    pointer: "/gross_pay",
    parts: [
      ["/net_pay", 1],
      ["/total_deductions", 1],
    ],
  },
  {
    pointer: "/total_deductions",
    parts: [
      ["/gross_pay", 1],
      ["/net_pay", -1],
    ],
  },
];

const declares: Declaration = {
  fields: [
    {
      pointer: "/employee/name",
      kind: "name",
      sections: employee,
      labels: [
        ...employee,
        ...wordings(
          "employee name; name of employee; name; full name; staff name; worker name; payee; pay to; name des arbeitnehmers; name, vorname; vor- und nachname; mitarbeitername; nom et prénom; nom prénom; nom du salarié; nom; nombre del trabajador; apellidos y nombre; nombre y apellidos; nombre; cognome e nome; nome e cognome; nome; naam werknemer; naam; imię i nazwisko; namn; navn; nimi; jméno",
        ),
      ],
    },
    {
      pointer: "/employee/address",
      kind: "address",
      sections: employee,
      labels: wordings(
        "address; employee address; home address; anschrift; adresse; wohnanschrift; adresse du salarié; domicilio; dirección; indirizzo; residenza; morada; adres; adress; osoite; adresa",
      ),
    },
    {
      pointer: "/employee/employee_id",
      kind: "identifier",
      sections: employee,
      labels: wordings(
        "employee id; employee number; employee no; employee #; emp id; emp no; emp. no; payroll number; payroll no; payroll id; staff number; staff id; staff no; works number; personnel number; personnel no; badge number; clock number; id number; associate id; file number; worker id; employee code; personalnummer; personal-nr; pers.-nr; pers. nr; mitarbeiternummer; mitarbeiter-nr; stammnummer; matricule; numéro de matricule; n° matricule; n° salarié; matricule salarié; numéro de salarié; código de empleado; nº empleado; nº de empleado; número de empleado; código trabajador; nº trabajador; número de trabajador; matricola; codice dipendente; n. matricola; numero dipendente; nº mecanográfico; número de funcionário; personeelsnummer; werknemersnummer; numer pracownika; anställningsnummer; ansattnummer; medarbejdernummer; henkilönumero; osobní číslo",
      ),
    },
    {
      pointer: "/employee/social_security_number",
      kind: "identifier",
      sections: employee,
      labels: wordings(
        "social security number; social security no; ssn; ss number; ss no; national insurance number; ni number; ni no; nino; n.i. number; national insurance no; social insurance number; sin; tax file number; pps number; sozialversicherungsnummer; sv-nummer; sv-nr; versicherungsnummer; rentenversicherungsnummer; sv-nummer; ahv-nr; ahv-nummer; rv-nummer; numéro de sécurité sociale; n° sécurité sociale; n° de sécurité sociale; n° ss; numéro ss; nir; n° sécu; número de afiliación; nº afiliación; nº afiliación seguridad social; nº seguridad social; número de seguridad social; n.s.s; naf; número afiliación s.s.; codice fiscale; cod. fiscale; niss; nº segurança social; bsn; burgerservicenummer; pesel; personnummer; fødselsnummer; cpr-nummer; cpr-nr; henkilötunnus; rodné číslo",
      ),
    },
    {
      pointer: "/employee/tax_id",
      kind: "tax_id",
      sections: employee,
      labels: wordings(
        "tax id; tax identification number; steuer-id; steuer-identifikationsnummer; identifikationsnummer; steuer-id-nr; idnr; tax reference; employee tax id; nif; dni; d.n.i.; n.i.f.; nie; dni/nif; nif trabajador",
      ),
    },
    {
      pointer: "/employee/job_title",
      kind: "text",
      sections: employee,
      maxLength: 60,
      labels: wordings(
        "job title; position; occupation; role; title; job; designation; function; grade; job description; pay grade; tätigkeit; berufsbezeichnung; funktion; position; beruf; stellenbezeichnung; emploi; poste; fonction; qualification; emploi occupé; intitulé du poste; puesto; cargo; categoría; categoría profesional; puesto de trabajo; grupo profesional; ocupación; qualifica; mansione; livello; categoria profissional; função; functie; stanowisko; befattning; stilling; tehtävä; pozice; profession",
      ),
    },
    {
      pointer: "/employee/department",
      kind: "text",
      sections: employee,
      maxLength: 60,
      labels: wordings(
        "department; dept; division; cost centre; cost center; team; unit; business unit; section; abteilung; kostenstelle; bereich; service; département; établissement; departamento; sección; centro de trabajo; reparto; dipartimento; centro di costo; departamento; afdeling; kostenplaats; dział; avdelning; avdeling; afdeling; osasto; oddělení",
      ),
    },
    {
      pointer: "/employer/name",
      kind: "name",
      sections: employer,
      labels: [
        ...employer,
        ...wordings(
          "employer name; company name; name of employer; name of company; name; name of business; legal entity; organisation; organization; business name; name des arbeitgebers; firmenname; nom de l'employeur; raison sociale; nom; dénomination; nombre de la empresa; razón social; nombre; ragione sociale; nome; denominazione; naam werkgever; naam; nazwa; navn; namn; nimi; název",
        ),
      ],
    },
    {
      pointer: "/employer/address",
      kind: "address",
      sections: employer,
      labels: wordings(
        "address; employer address; company address; business address; anschrift; adresse; adresse des arbeitgebers; anschrift des arbeitgebers; adresse de l'employeur; domicilio; dirección; domicilio de la empresa; indirizzo; sede; morada; adres; adress; osoite; adresa",
      ),
    },
    {
      pointer: "/employer/tax_id",
      kind: "tax_id",
      sections: employer,
      labels: wordings(
        "employer id; ein; fein; employer identification number; federal id; employer tax id; tax id; paye reference; employer paye reference; betriebsnummer; steuernummer arbeitgeber; siret; siren; n° siret; code siret; cif; nif; nif empresa; c.i.f.; código de cuenta de cotización; partita iva; codice fiscale azienda; nipc; loonheffingennummer; nip; org.nr; orgnr; cvr; y-tunnus; ičo",
      ),
    },
    {
      pointer: "/period_start_date",
      kind: "date",
      labels: [
        ...period,
        ...wordings(
          "period start; period from; from; start date; period start date; pay period start; period beginning; pay begin date; period begin; beginning; von; zeitraum von; beginn; du; début de période; date de début; desde; fecha inicio; inicio del periodo; dal; de; van; od; fra; från",
        ),
      ],
    },
    {
      pointer: "/period_end_date",
      kind: "date",
      labels: [
        ...period,
        ...wordings(
          "period end; period to; to; end date; period end date; pay period end; period ending; pay end date; period ended; week ending; ending; bis; zeitraum bis; ende; au; fin de période; date de fin; hasta; fecha fin; fin del periodo; al; até; tot; do; til; till",
        ),
      ],
    },
    {
      pointer: "/pay_date",
      kind: "date",
      labels: wordings(
        "pay date; payment date; date of payment; date paid; check date; cheque date; pay day; payday; paid on; payday date; salary date; process date; deposit date; advice date; issue date; date; paid; auszahlungsdatum; zahlungsdatum; zahltag; auszahlung am; valuta; zahlbar am; überweisungsdatum; abrechnungsdatum; datum; date de paiement; payé le; date de versement; paiement le; versé le; date de règlement; date; fecha de pago; fecha de cobro; fecha de abono; fecha; data di pagamento; data pagamento; data; data de pagamento; betaaldatum; datum betaling; data wypłaty; data płatności; utbetalningsdag; utbetalingsdato; dispositionsdato; maksupäivä; datum výplaty",
      ),
    },
    {
      pointer: "/currency",
      kind: "currency",
      labels: wordings(
        "currency; pay currency; währung; devise; monnaie; moneda; divisa; valuta; moeda; waluta",
      ),
    },
    {
      pointer: "/gross_pay",
      kind: "money",
      labels: wordings(
        "gross pay; gross; gross earnings; total gross; gross salary; gross wages; total earnings; total gross pay; gross amount; total pay; gross income; total payments; gross total; earnings total; total gross earnings; gross for period; pay before deductions; bruttolohn; gesamtbrutto; brutto; bruttogehalt; bruttoentgelt; bruttoverdienst; gesamt-brutto; summe brutto; bruttobezüge; brutto gesamt; summe bezüge; total bezüge; salaire brut; brut; total brut; brut total; salaire brut total; rémunération brute; montant brut; total salaire brut; total devengado; total devengos; salario bruto; bruto; total bruto; importe bruto; líquido bruto; remuneración total; total haberes; retribuzione lorda; totale competenze; lordo; totale lordo; vencimento ilíquido; total ilíquido; total abonos; total remunerações; brutoloon; bruto loon; totaal bruto; wynagrodzenie brutto; bruttolön; bruttolønn; bruttoløn; bruttopalkka; hrubá mzda",
      ),
    },
    {
      pointer: "/net_pay",
      kind: "money",
      labels: wordings(
        "net pay; net; net salary; net wages; take home pay; take-home pay; amount paid; net amount; total net pay; net payment; net earnings; net income; pay this amount; net to pay; amount payable; you receive; total net; net payable; bank transfer; direct deposit; paid to bank; payment amount; deposit amount; net paid; auszahlungsbetrag; nettolohn; netto; nettogehalt; auszahlung; nettoverdienst; überweisungsbetrag; zahlbetrag; nettoentgelt; netto-verdienst; auszuzahlender betrag; nettobezug; net à payer; net payé; salaire net; net; net à payer avant impôt; montant net; net à verser; net versé; net a payer au salarié; líquido a percibir; neto; salario neto; total neto; total líquido; líquido total a percibir; líquido; neto a percibir; importe neto; líquido a cobrar; total a percibir; netto in busta; netto; retribuzione netta; netto a pagare; netto del mese; líquido a receber; valor líquido; vencimento líquido; total líquido; nettoloon; netto loon; uit te betalen; do wypłaty; wynagrodzenie netto; nettolön; utbetalas; nettolønn; netto utbetalt; nettoløn; til udbetaling; nettopalkka; maksetaan; čistá mzda; k výplatě",
      ),
    },
    {
      pointer: "/total_deductions",
      kind: "money",
      labels: wordings(
        "total deductions; deductions; total deducted; total withholdings; deductions total; sum of deductions; total withheld; less deductions; less total deductions; gesamtabzüge; summe abzüge; abzüge gesamt; abzüge; gesetzliche abzüge gesamt; summe der abzüge; total abzüge; abzüge insgesamt; total retenues; total des retenues; total cotisations; retenues; total des cotisations; total déductions; total deducciones; total a deducir; deducciones; total retenciones; total descuentos; suma deducciones; totale trattenute; trattenute; total descontos; descontos; totaal inhoudingen; inhoudingen; suma potrąceń; summa avdrag; sum trekk; fradrag i alt; vähennykset yhteensä; srážky celkem",
      ),
    },
    {
      pointer: "/total_taxes",
      kind: "money",
      labels: wordings(
        "total taxes; total tax; taxes; tax total; tax deducted; total tax deducted; taxes withheld; total taxes withheld; tax withholdings; steuern gesamt; summe steuern; steuerabzüge; steuerrechtliche abzüge; gesamtsteuern; steuern; total impôts; total des impôts; impôts; montant de l'impôt; total impuestos; impuestos; total irpf; totale imposte; imposte; total impostos; totaal belastingen; suma podatków; skatt totalt; sum skatt; verot yhteensä; daně celkem",
      ),
    },
    {
      pointer: "/gross_pay_year_to_date",
      kind: "money",
      labels: wordings(
        "gross pay ytd; ytd gross; gross ytd; year to date gross; gross pay year to date; total gross ytd; gross earnings ytd; gross to date; total gross pay td; taxable gross to date; earnings ytd; cumulative gross; gesamtbrutto jahr; jahresbrutto; brutto kumuliert; bruttolohn jahreswerte; brutto aufgelaufen; brutto jahressumme; brut cumulé; cumul brut; brut cumulé annuel; brut annuel; cumul annuel brut; bruto acumulado; bruto anual acumulado; total devengado acumulado; acumulado bruto; lordo progressivo; bruto cumulatief; brutto ackumulerad; brutto hittil i år; brutto år til dato",
      ),
    },
    {
      pointer: "/net_pay_year_to_date",
      kind: "money",
      labels: wordings(
        "net pay ytd; ytd net; net ytd; year to date net; net pay year to date; total net ytd; net to date; cumulative net; netto kumuliert; jahresnetto; netto jahr; nettolohn jahreswerte; netto aufgelaufen; netto jahressumme; net cumulé; cumul net; cumul net payé; net cumulé annuel; neto acumulado; neto anual acumulado; acumulado neto; líquido acumulado; netto progressivo; netto cumulatief; netto ackumulerad; netto hittil i år; netto år til dato",
      ),
    },
    {
      pointer: "/bank_account/iban",
      kind: "iban",
      labels: wordings(
        "iban; bank account; account; bank account iban; paid to account; transfer to; überweisung auf konto; konto; bankverbindung; kontoverbindung; compte bancaire; compte; versé sur le compte; cuenta; cuenta bancaria; cuenta de abono; cuenta de ingreso; conto; rekening; rekeningnummer; konto bankowe; bankkonto; tili",
      ),
    },
    {
      pointer: "/bank_account/bic",
      kind: "identifier",
      labels: wordings("bic; swift; swift code; bic/swift; bic code"),
      pattern: "[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?",
    },
    {
      pointer: "/bank_account/account_number",
      kind: "identifier",
      labels: wordings(
        "account number; account no; bank account number; account #; bank account no; bank account; acct; acct no; account; deposit account; kontonummer; konto-nr; numéro de compte; n° de compte; número de cuenta; nº cuenta; numero conto; rekeningnummer; numer konta; kontonr",
      ),
    },
    {
      pointer: "/bank_account/routing",
      kind: "identifier",
      labels: wordings(
        "sort code; routing number; routing no; aba; transit number; bsb; bank code; bankleitzahl; blz; ifsc; ifsc code; branch code; clearing",
      ),
    },
  ],
  rows: [
    {
      pointer: "/earnings",
      titles: wordings(
        "earnings; payments; gross earnings; pay and allowances; hours and earnings; income; wages; pay; allowances; earnings details; gross pay; pay elements; payments and allowances; bezüge; lohnarten; entgelt; brutto-bezüge; bruttobezüge; vergütung; be- und abzüge; gains; rémunération; éléments de paie; éléments de salaire; salaire; brut; devengos; percepciones; haberes; percepciones salariales; conceptos salariales; i. devengos; competenze; abonos; remunerações; vencimentos; loon; inkomsten; składniki wynagrodzenia; lönearter; lønnsarter; løndele; ansiot; palkkalajit; příjmy",
      ),
      columns: [
        {
          pointer: "/description",
          kind: "text",
          labels: wordings(
            "description; earnings; type; item; pay element; earnings type; details; payments; pay type; element; earning; payment; pay item; code description; bezeichnung; lohnart; beschreibung; text; bezüge; art; libellé; désignation; rubrique; rubriques; intitulé; éléments de paie; gains; concepto; conceptos; descripción; devengos; percepciones; voce; descrizione; competenze; descrição; abonos; omschrijving; opis; składnik; beskrivning; löneart; lønnsart; beskrivelse; selite; popis",
          ),
        },
        {
          pointer: "/hours",
          kind: "number",
          labels: wordings(
            "hours; hrs; units; qty; quantity; hours/units; hours worked; days; no of hours; time; unit; stunden; std; menge; anzahl; tage; zeit; einheiten; nombre; base; heures; quantité; nb; qté; nombre d'heures; horas; unidades; cuantía; cantidad; días; ore; quantità; ore/giorni; ore gg; quantidade; qtd; uren; aantal; godziny; ilość; timmar; antal; timer; antall; tunnit; määrä; hodiny",
          ),
        },
        {
          pointer: "/rate",
          kind: "money",
          labels: wordings(
            "rate; pay rate; hourly rate; rate of pay; unit rate; price; unit price; satz; faktor; stundensatz; betrag je einheit; lohnsatz; ansatz; taux; taux horaire; prix unitaire; taux salarial; montant unitaire; precio; tarifa; precio unitario; valor hora; importe unitario; tasa; tariffa; paga oraria; importo unitario; valor unitário; tarief; stawka; à-pris; sats; a-hinta; sazba",
          ),
        },
        {
          pointer: "/amount",
          kind: "money",
          labels: wordings(
            "amount; current; this period; total; current amount; period amount; gross; value; pay; earnings; this pay; current period; payment; amount due; betrag; betrag eur; betrag in eur; gesamt; aktuell; monat; laufender monat; bruttobetrag; montant; gain; à payer; montant du mois; période; gains; importe; total; devengado; importe eur; este periodo; importo; competenze; valor; montante; bedrag; deze periode; kwota; belopp; beløb; beløp; määrä; summa; částka; yhteensä",
          ),
        },
        {
          pointer: "/year_to_date",
          kind: "money",
          labels: wordings(
            "ytd; year to date; year-to-date; ytd amount; y-t-d; to date; cumulative; total to date; ytd total; amount ytd; year total; jahr; jahreswert; kumuliert; jahressumme; aufgelaufen; jahreswerte; seit jahresbeginn; cumul; cumul annuel; cumulé; depuis le 1er janvier; cumul année; acumulado; acumulado anual; total acumulado; acum. año; progressivo; acumulado; cumulatief; narastająco; ackumulerat; hittil i år; år til dato; kertymä; vuoden alusta",
          ),
        },
      ],
    },
    {
      pointer: "/deductions",
      titles: wordings(
        "deductions; taxes and deductions; taxes; withholdings; tax deductions; statutory deductions; deductions and taxes; other deductions; employee deductions; deduction details; taxes & deductions; less; abzüge; gesetzliche abzüge; steuern und abgaben; steuern und sozialversicherung; gesetzliche abzüge und steuern; retenues; cotisations; déductions; cotisations et contributions; retenues salariales; charges salariales; deducciones; descuentos; retenciones; ii. deducciones; aportaciones; trattenute; ritenute; descontos; inhoudingen; potrącenia; avdrag; trekk; fradrag; vähennykset; srážky",
      ),
      columns: [
        {
          pointer: "/description",
          kind: "text",
          labels: wordings(
            "description; deductions; type; item; deduction; tax; deduction type; details; taxes; withholding; pay element; bezeichnung; abzug; abzüge; lohnart; beschreibung; text; art; libellé; désignation; rubrique; cotisation; cotisations; retenues; rubriques; intitulé; concepto; conceptos; descripción; deducciones; descuentos; voce; descrizione; trattenute; descrição; descontos; omschrijving; inhoudingen; opis; beskrivning; beskrivelse; selite; popis",
          ),
        },
        {
          pointer: "/amount",
          kind: "money",
          labels: wordings(
            "amount; current; this period; total; current amount; employee; deduction; deducted; this pay; current period; period amount; withheld; betrag; betrag eur; abzug; an-anteil; arbeitnehmeranteil; aktuell; monat; laufender monat; montant; retenue; part salarié; à déduire; part salariale; montant salarial; retenues; importe; deducción; descuento; a deducir; importe eur; este periodo; importo; trattenute; ritenute; valor; montante; bedrag; inhouding; deze periode; kwota; belopp; beløb; beløp; määrä; summa; částka",
          ),
        },
        {
          pointer: "/year_to_date",
          kind: "money",
          labels: wordings(
            "ytd; year to date; year-to-date; ytd amount; y-t-d; to date; cumulative; total to date; ytd total; amount ytd; jahr; jahreswert; kumuliert; jahressumme; aufgelaufen; jahreswerte; seit jahresbeginn; cumul; cumul annuel; cumulé; depuis le 1er janvier; acumulado; acumulado anual; total acumulado; progressivo; cumulatief; narastająco; ackumulerat; hittil i år; år til dato; kertymä; vuoden alusta",
          ),
        },
      ],
    },
  ],
};

export const payStub = defineExtractor({
  kind: "pay_stub",
  version: 3,
  title: "Pay stub",
  checks: [
    "net_pay",
    "earnings_add_up",
    "dates_in_order",
    "dates_plausible",
    "parties_differ",
    "iban_checksum",
  ],
  schema,
  required: ["/employer/name", "/employee/name", "/net_pay"],
  vocabulary: declares,
  draft: (reading) => {
    const labelled = fillSums(reading, fillPeriod(reading, readDeclared(reading, declares), PERIOD), SUMS);
    const declared = settlePay(labelled);
    const filled = fillParties(reading, declared, [
      {
        pointer: "/employer",
        role: "issuer",
        keys: ["vendor"],
        details: ["address", "phone", "email", "website"],
      },
      { pointer: "/employee", role: "addressee", keys: ["customer"], details: ["address"] },
    ]);
    return {
      values: [
        ...filled,
        ...ibanAlone(reading, filled, "/bank_account/iban"),
        ...draftCurrency(reading, filled),
      ],
    };
  },
});
