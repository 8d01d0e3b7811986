import { z } from "zod";
import type { Declaration } from "../declared/declaration.ts";
import { readDeclared } from "../declared/read-declared.ts";
import { wordings } from "../declared/wordings.ts";
import { defineExtractor, type Draft } from "../define.ts";
import type { Reading } from "../engine/reading.ts";
import { draftLabResults } from "../prose/lab-results.ts";
import {
  draftAllergies,
  draftComplaint,
  draftDiagnoses,
  draftMedications,
  draftProcedures,
} from "../prose/medical-items.ts";
import { findSections } from "../prose/medical-sections.ts";
import { draftMedicalTables } from "../prose/medical-tables.ts";
import { mergeDrafts } from "../prose/merge-drafts.ts";
import { draftMedicalPairs, draftVitalPairs } from "../prose/medical-pairs.ts";
import { draftPatient, draftStay, findFacility, findPatientPhone, findProvider } from "../prose/patient.ts";
import { makeProse } from "../prose/prose.ts";
import { draftVitals } from "../prose/vitals.ts";
import { IsoDate } from "./shapes.ts";

const schema = z
  .object({
    patient: z
      .object({
        name: z.string(),
        date_of_birth: IsoDate,
        sex: z.enum(["female", "male", "other"]),
        record_number: z.string(),
        address: z.string(),
        phone: z.string(),
      })
      .partial(),
    provider: z.string(),
    facility: z.string(),
    encounter_date: IsoDate,
    discharge_date: IsoDate,
    chief_complaint: z.string(),
    diagnoses: z.array(z.object({ text: z.string(), icd10: z.string() }).partial()),
    medications: z.array(z.object({ name: z.string(), dose: z.string(), frequency: z.string() }).partial()),
    procedures: z.array(z.string()),
    allergies: z
      .array(z.string())
      .meta({ description: "As printed, also where it says that none are known" }),
    vitals: z
      .object({
        blood_pressure: z.string(),
        heart_rate: z.string(),
        respiratory_rate: z.string(),
        temperature: z.string(),
        oxygen_saturation: z.string(),
        weight: z.string(),
        height: z.string(),
        bmi: z.string(),
      })
      .partial()
      .meta({ description: "As printed, with their units" }),
    lab_results: z.array(
      z
        .object({
          test: z.string(),
          value: z.string(),
          unit: z.string(),
          reference_range: z.string(),
          flag: z.string(),
        })
        .partial(),
    ),
  })
  .partial();

const declares: Declaration = {
  fields: [
    {
      pointer: "/patient/name",
      kind: "name",
      labels: wordings(
        "patient; patient name; name of patient; patient's name; pt name; pt; name; full name; patient full name; client name; member name; patientenname; name des patienten; name, vorname; patient/in; patientin; name der patientin; versicherter; nom du patient; nom; nom et prénom; nom prénom; patient(e); nom, prénom; paciente; nombre del paciente; nombre; nombre y apellidos; apellidos y nombre; apellidos, nombre; paziente; nome; cognome e nome; patiënt; naam; nome do paciente; pacjent; subject; patient identification",
      ),
    },
    {
      pointer: "/patient/date_of_birth",
      kind: "date",
      labels: wordings(
        "date of birth; dob; d.o.b.; birth date; birthdate; born; born on; geburtsdatum; geb.; geb. am; geboren; geboren am; geb.-datum; geb.datum; date de naissance; né le; née le; né(e) le; ddn; fecha de nacimiento; f. nacimiento; fecha nac.; fecha nacimiento; f. nac.; nacido el; data di nascita; nato il; geboortedatum; data de nascimento; data urodzenia; birth",
      ),
    },
    {
      pointer: "/patient/sex",
      kind: "choice",
      labels: wordings(
        "sex; gender; sex at birth; geschlecht; sexe; sexo; género; sesso; geslacht; płeć; m/f; administrative sex",
      ),
      choices: {
        female: wordings(
          "f; female; woman; weiblich; w; féminin; femme; femenino; mujer; femmina; femminile; feminino; vrouw; v; kobieta",
        ),
        male: wordings(
          "m; male; man; männlich; masculin; homme; masculino; hombre; varón; maschio; maschile; h; mężczyzna",
        ),
        other: wordings(
          "x; other; divers; d; non-binary; nonbinary; indeterminado; autre; otro; intersex; unknown",
        ),
      },
    },
    {
      pointer: "/patient/record_number",
      kind: "identifier",
      labels: wordings(
        "mrn; medical record number; medical record no; medical record #; record number; record no; chart number; chart no; chart #; chart; patient id; patient no; patient number; patient #; hospital number; hospital no; unit number; nhs number; nhs no; account number; case number; patient identifier; file number; ur number; urn; patienten-id; patientennummer; patienten-nr; pat.-nr; pat.-id; fallnummer; fall-nr; fallnr; aufnahmenummer; ipp; nip; numéro de dossier; n° dossier; n° de dossier; numéro patient; n° patient; numéro ipp; dossier n°; nhc; n.h.c.; historia clínica; nº historia; nº de historia; nº historia clínica; número de historia clínica; número de historia; hc; id paciente; cip; numero cartella; patiëntnummer; número do processo; nº processo; id",
      ),
    },
    {
      pointer: "/patient/address",
      kind: "address",
      labels: wordings(
        "patient address; address; home address; residence; adresse; anschrift; wohnhaft; wohnort; adresse du patient; domicile; dirección; domicilio; indirizzo; adres; morada",
      ),
    },
    {
      pointer: "/provider",
      kind: "name",
      labels: wordings(
        "attending; attending physician; attending provider; attending doctor; provider; physician; doctor; clinician; treating physician; treating doctor; primary care physician; pcp; prescriber; prescribing physician; prescribed by; ordering physician; ordering provider; referring physician; referring provider; referring doctor; consultant; consulting physician; surgeon; author; dictated by; signed by; electronically signed by; examined by; seen by; rendering provider; responsible clinician; gp; general practitioner; reported by; pathologist; arzt; ärztin; behandelnder arzt; behandelnde ärztin; stationsarzt; oberarzt; chefarzt; facharzt; verordnender arzt; einsender; einsendender arzt; überweisender arzt; unterzeichner; hausarzt; médecin; médecin traitant; médecin prescripteur; prescripteur; médecin responsable; praticien; docteur; dr; chirurgien; médico; médico responsable; médica; facultativo; doctor/a; médico tratante; médico prescriptor; cirujano; medico; medico curante; arts; behandelend arts; lekarz",
      ),
    },
    {
      pointer: "/facility",
      kind: "name",
      labels: wordings(
        "facility; facility name; hospital name; name of facility; clinic name; institution; care site; performing lab; performing laboratory; treating facility; einrichtung; behandelnde einrichtung; établissement; nom de l'établissement; centro sanitario; centro médico; centro hospitalario; nombre del centro",
      ),
    },
    {
      pointer: "/encounter_date",
      kind: "date",
      labels: wordings(
        "date of admission; admission date; admission; admitted; admitted on; admit date; date of service; service date; dos; date of visit; visit date; visit; encounter date; encounter; date of encounter; appointment date; date of consultation; consultation date; consult date; exam date; date of exam; date of examination; examination date; date seen; seen on; date; collected; collection date; date collected; specimen collected; date written; date prescribed; date issued; aufnahme; aufnahmedatum; aufnahme am; aufgenommen am; stationäre aufnahme; behandlungsdatum; untersuchungsdatum; untersuchung am; vorstellung; vorstellung am; konsultation am; besuchsdatum; datum; ausstellungsdatum; entnahmedatum; abnahmedatum; probenentnahme; date d'admission; date d'entrée; entrée; entrée le; date de consultation; date de la consultation; consultation du; consultation; date d'hospitalisation; date de l'examen; date de prélèvement; prélèvement; date; fecha de ingreso; ingreso; fecha ingreso; fecha de consulta; fecha consulta; fecha de atención; fecha de la visita; fecha; fecha de extracción; fecha de la toma; fecha visita; data di ricovero; data visita; opnamedatum; data da consulta",
      ),
    },
    {
      pointer: "/discharge_date",
      kind: "date",
      labels: wordings(
        "date of discharge; discharge date; discharged; discharged on; discharge; entlassung; entlassungsdatum; entlassen am; entlassung am; date de sortie; sortie; sortie le; fecha de alta; alta; fecha alta; data di dimissione; ontslagdatum; data de alta",
      ),
    },
    {
      pointer: "/chief_complaint",
      kind: "paragraph",
      maxLength: 300,
      labels: wordings(
        "chief complaint; cc; c/c; presenting complaint; presenting problem; presenting concern; reason for visit; reason for admission; reason for consultation; reason for referral; reason for encounter; reason for presentation; complaint; main complaint; hauptbeschwerde; beschwerden; aktuelle beschwerden; aufnahmegrund; vorstellungsgrund; konsultationsgrund; anlass; überweisungsgrund; einweisungsgrund; motif de consultation; motif d'hospitalisation; motif d'admission; motif; motif de la consultation; motivo de consulta; motivo de ingreso; motivo; motivo de la consulta; motivo della visita; reden van komst; motivo da consulta",
      ),
    },
  ],
  rows: [
    {
      pointer: "/medications",
      titles: wordings(
        "medications; current medications; discharge medications; home medications; medication list; medications on discharge; medications on admission; prescriptions; prescription; rx; medication; drugs; active medications; medikation; aktuelle medikation; entlassmedikation; medikamente; medikationsplan; therapie; entlassungsmedikation; verordnung; traitement; traitement de sortie; traitement en cours; médicaments; ordonnance; prescription médicale; tratamiento; tratamiento al alta; medicación; medicación actual; medicamentos; prescripción; terapia; medicatie; medicação",
      ),
      columns: [
        {
          pointer: "/name",
          kind: "text",
          maxLength: 80,
          labels: wordings(
            "medication; drug; name; medicine; medication name; drug name; generic name; item; product; agent; medikament; wirkstoff; präparat; arzneimittel; handelsname; medikation; médicament; dénomination; nom; spécialité; medicamento; fármaco; principio activo; nombre; farmaco; geneesmiddel",
          ),
        },
        {
          pointer: "/dose",
          kind: "text",
          maxLength: 50,
          labels: wordings(
            "dose; dosage; strength; amount; dosing; dosis; stärke; dosierung; posologie; dose prescrite; dosis; concentración; dosaggio; dosering; dose/strength",
          ),
        },
        {
          pointer: "/frequency",
          kind: "text",
          maxLength: 80,
          labels: wordings(
            "frequency; freq; schedule; sig; directions; instructions; how often; times; interval; regimen; taken; häufigkeit; einnahme; einnahmeschema; einnahmezeit; schema; anwendung; fréquence; prise; prises; rythme; frecuencia; pauta; frecuencia de toma; posología; frequenza; frequentie",
          ),
        },
      ],
    },
    {
      pointer: "/lab_results",
      titles: wordings(
        "lab results; laboratory results; labs; laboratory; laboratory data; results; test results; blood tests; laboratory findings; laboratory values; pathology results; laborwerte; laborbefunde; labor; laborparameter; laborergebnisse; bilan biologique; résultats; biologie; analyses; résultats d'analyses; analítica; resultados; análisis; laboratorio; resultados de laboratorio; resultados analíticos; esami; laboratorium",
      ),
      columns: [
        {
          pointer: "/test",
          kind: "text",
          maxLength: 80,
          labels: wordings(
            "test; test name; analyte; component; parameter; investigation; assay; name; examination; measurement; determination; untersuchung; parameter; analyse; messgröße; bezeichnung; laborwert; examen; analyse; paramètre; dosage; prueba; determinación; parámetro; análisis; esame; bepaling",
          ),
        },
        {
          pointer: "/value",
          kind: "text",
          maxLength: 40,
          labels: wordings(
            "result; value; your result; results; finding; observed value; patient value; wert; ergebnis; messwert; resultat; résultat; valeur; resultado; valor; risultato; uitslag",
          ),
        },
        {
          pointer: "/unit",
          kind: "text",
          maxLength: 25,
          labels: wordings(
            "unit; units; uom; unit of measure; einheit; dimension; unité; unités; unidad; unidades; unità; eenheid",
          ),
        },
        {
          pointer: "/reference_range",
          kind: "text",
          maxLength: 50,
          labels: wordings(
            "reference range; reference; ref range; ref. range; normal range; range; reference interval; normal; expected; biological reference; normal values; referenzbereich; referenz; normbereich; normwert; normwerte; referenzwerte; valeurs de référence; valeurs usuelles; normes; référence; norme; valores de referencia; rango de referencia; rango; referencia; valor de referencia; rango normal; valori di riferimento; referentiewaarden",
          ),
        },
        {
          pointer: "/flag",
          kind: "text",
          maxLength: 20,
          labels: wordings(
            "flag; flags; abnormal; status; h/l; alert; indicator; interpretation; abn; bewertung; auffällig; markierung; kennung; alerte; anomalie; indicateur; alerta; indicador; aviso",
          ),
        },
      ],
    },
    {
      pointer: "/diagnoses",
      titles: wordings(
        "diagnoses; diagnosis; assessment; problem list; discharge diagnoses; final diagnosis; admission diagnosis; impression; active problems; diagnosen; diagnose; entlassungsdiagnosen; hauptdiagnose; nebendiagnosen; diagnostics; diagnostic; diagnostic de sortie; diagnósticos; diagnóstico; diagnóstico principal; juicio clínico; diagnosi",
      ),
      columns: [
        {
          pointer: "/text",
          kind: "text",
          maxLength: 160,
          labels: wordings(
            "diagnosis; description; condition; problem; diagnoses; finding; diagnose; beschreibung; bezeichnung; diagnostic; libellé; description; diagnóstico; descripción; enfermedad; diagnosi",
          ),
        },
        {
          pointer: "/icd10",
          kind: "identifier",
          pattern: "[A-TV-Z]\\d[\\dAB](?:\\.[\\dA-Z]{1,4})?",
          labels: wordings(
            "icd-10; icd10; icd; icd-10 code; code; icd code; icd-10-cm; icd-10-gm; icd-code; cim-10; code cim; cie-10; código; código cie; codice; dx code",
          ),
        },
      ],
    },
  ],
};

export const medicalRecord = defineExtractor({
  kind: "medical_record",
  version: 2,
  title: "Medical record",
  checks: ["dates_plausible"],
  schema,
  required: ["/patient/name"],
  draft: draftMedicalRecord,
});

/** Units and numbers of the United States, where the month comes first. */
const AMERICAN =
  /\d\s?lbs?\b|°\s?F\b|\b\d{2}\.\d\s?F\b|\d'\s?\d{1,2}"|\(\d{3}\) \d{3}-\d{4}|\b[A-Z]{2} \d{5}\b/;

/** Labels and tables as declared, sections and sentences as a reader takes them; the surer one is given. */
function draftMedicalRecord(reading: Reading): Draft {
  const { view } = reading;
  const dayFirst = reading.dayFirst ?? (AMERICAN.test(view.text) ? false : null);
  const prose = makeProse(view.parsed);
  const sections = findSections(prose);
  const tables = draftMedicalTables(view);
  const own = [
    ...draftPatient(prose, dayFirst),
    ...findProvider(view, prose),
    ...findFacility(view),
    ...findPatientPhone(view),
    ...draftStay(prose, dayFirst),
    ...draftComplaint(prose, sections),
    ...mergeDrafts(draftDiagnoses(prose, sections), tables.diagnoses),
    ...mergeDrafts(draftMedications(prose, sections), tables.medications),
    ...draftProcedures(prose, sections),
    ...draftAllergies(prose, sections),
    ...mergeDrafts(draftVitals(view), draftVitalPairs(view)),
    ...draftLabResults(view),
  ];
  return {
    values: mergeDrafts(mergeDrafts(own, draftMedicalPairs(view, dayFirst)), readDeclared(reading, declares)),
  };
}
