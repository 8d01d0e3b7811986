import type { Language } from "../locale.ts";
import type { Wording } from "../wording.ts";

export const FACILITIES: Partial<Record<Language, string>> = {
  en: "* General Hospital|St. * Medical Center|* Family Practice|* Cardiology Associates|University Hospital *|* Urgent Care Clinic",
  de: "Klinikum *|Krankenhaus *|Praxisgemeinschaft *|Universitätsklinikum *|St.-*-Krankenhaus",
  fr: "Hôpital *|Clinique *|Centre hospitalier de *|Cabinet médical *",
  es: "Hospital *|Clínica *|Centro de Salud *|Policlínico *",
};
/** Diagnoses with their codes (ICD-10). */
export const DIAGNOSES: Partial<Record<Language, string>> = {
  en: "Essential hypertension=I10|Type 2 diabetes mellitus=E11.9|Acute bronchitis=J20.9|Migraine without aura=G43.0|Low back pain=M54.5|Gastro-oesophageal reflux disease=K21.9|Hypothyroidism=E03.9|Atrial fibrillation=I48.91|Iron deficiency anaemia=D50.9|Closed fracture of distal radius=S52.50|Pneumonia=J18.9|Urinary tract infection=N39.0|Asthma=J45.909|Hyperlipidaemia=E78.5",
  de: "Essentielle Hypertonie=I10.90|Diabetes mellitus Typ 2=E11.90|Akute Bronchitis=J20.9|Migräne=G43.0|Lumboischialgie=M54.4|Refluxkrankheit=K21.0|Vorhofflimmern=I48.9|Eisenmangelanämie=D50.9|Distale Radiusfraktur=S52.50|Pneumonie=J18.9",
  fr: "Hypertension artérielle essentielle=I10|Diabète de type 2=E11.9|Bronchite aiguë=J20.9|Migraine sans aura=G43.0|Lombalgie=M54.5|Reflux gastro-œsophagien=K21.9|Fibrillation auriculaire=I48.9|Anémie ferriprive=D50.9",
  es: "Hipertensión arterial esencial=I10|Diabetes mellitus tipo 2=E11.9|Bronquitis aguda=J20.9|Migraña sin aura=G43.0|Lumbalgia=M54.5|Reflujo gastroesofágico=K21.9|Fibrilación auricular=I48.9|Neumonía=J18.9",
};
export const MEDICINES =
  "Lisinopril Metformin Atorvastatin Amlodipine Omeprazole Levothyroxine Bisoprolol Ramipril Pantoprazole Amoxicillin Ibuprofen Apixaban Furosemide Sertraline Salbutamol".split(
    " ",
  );
export const DOSES = [
  "5 mg",
  "10 mg",
  "20 mg",
  "40 mg",
  "500 mg",
  "850 mg",
  "75 mcg",
  "2.5 mg",
  "1 g",
  "100 mg",
];
export const FREQUENCIES: Partial<Record<Language, string>> = {
  en: "once daily|twice daily|three times a day|every 8 hours|at bedtime|as needed|BID|1-0-1",
  de: "1-0-0|1-0-1|0-0-1|1-1-1|bei Bedarf|zweimal täglich",
  fr: "1 fois par jour|2 fois par jour|matin et soir|au coucher|si besoin",
  es: "cada 8 horas|cada 12 horas|una vez al día|por la noche|si precisa",
};
export const COMPLAINTS: Partial<Record<Language, string>> = {
  en: "Shortness of breath on exertion|Chest tightness since this morning|Persistent cough|Dizziness when standing up|Pain in the right wrist after a fall|Headache for three days|Routine follow-up",
  de: "Belastungsdyspnoe|Druckgefühl in der Brust|Anhaltender Husten|Schwindel beim Aufstehen|Schmerzen im rechten Handgelenk nach Sturz|Kopfschmerzen seit drei Tagen",
  fr: "Essoufflement à l'effort|Oppression thoracique|Toux persistante|Vertiges au lever|Douleur du poignet droit après chute",
  es: "Disnea de esfuerzo|Opresión torácica|Tos persistente|Mareo al levantarse|Dolor en la muñeca derecha tras caída",
};
export const PROCEDURES: Partial<Record<Language, string>> = {
  en: "12-lead ECG|Chest X-ray, two views|Echocardiogram|Upper endoscopy|Spirometry|Closed reduction and cast|CT of the abdomen",
  de: "EKG in Ruhe|Röntgen-Thorax|Echokardiographie|Gastroskopie|Lungenfunktion|Gipsverband",
  fr: "ECG 12 dérivations|Radiographie thoracique|Échocardiographie|Fibroscopie|Spirométrie",
  es: "ECG de 12 derivaciones|Radiografía de tórax|Ecocardiograma|Gastroscopia|Espirometría",
};
export const ALLERGIES: Partial<Record<Language, string>> = {
  en: "Penicillin|Latex|Peanuts|Sulfa drugs|Iodine contrast|Aspirin",
  de: "Penicillin|Latex|Erdnüsse|Jod|Acetylsalicylsäure",
  fr: "Pénicilline|Latex|Arachides|Iode|Aspirine",
  es: "Penicilina|Látex|Cacahuetes|Yodo|Aspirina",
};
/** Laboratory tests: name, unit, lowest and highest usual value, decimals. */
export const TESTS =
  "Hemoglobin;g/dL;12;16;1|Glucose;mg/dL;70;99;0|Creatinine;mg/dL;0.6;1.2;2|Sodium;mmol/L;136;145;0|Potassium;mmol/L;3.5;5.1;1|WBC;10^9/L;4;11;1|Platelets;10^9/L;150;400;0|TSH;mIU/L;0.4;4;2|ALT;U/L;7;56;0|CRP;mg/L;0;5;1|HbA1c;%;4;5.6;1|LDL;mg/dL;50;130;0";

export const LABELS = {
  title: {
    en: "Discharge Summary|Clinical Summary|Progress Note|Laboratory Report|Medical Record|Visit Summary||Consultation Letter|After-Visit Report|Encounter Record|Hospital Course",
    de: "Arztbrief|Entlassungsbericht|Befundbericht|Laborbefund||Epikrise|Ambulanzbrief",
    fr: "Compte rendu de consultation|Compte rendu d'hospitalisation|Résultats d'analyses||Lettre de liaison",
    es: "Informe de alta|Informe clínico|Informe médico||Nota de evolución|Informe de consulta externa",
  },
  patient: {
    en: "Patient|Patient name|Name||Pt.|Person seen|Name of patient",
    de: "Patient|Patientin|Name||Pat.|Versicherter",
    fr: "Patient|Nom du patient||Patiente|Personne examinée",
    es: "Paciente|Nombre del paciente||Nombre y apellidos",
  },
  birth: {
    en: "Date of birth|DOB|Birth date||Born|D.O.B.",
    de: "Geburtsdatum|geb. am||Geb.-Dat.",
    fr: "Date de naissance|Né(e) le||DDN",
    es: "Fecha de nacimiento|F. nacimiento||Nacido/a el",
  },
  sex: { en: "Sex|Gender||Sex at birth", de: "Geschlecht", fr: "Sexe", es: "Sexo||Género" },
  sexes: {
    en: "Female/Male|F/M",
    de: "weiblich/männlich|w/m",
    fr: "Féminin/Masculin|F/M",
    es: "Mujer/Varón|Femenino/Masculino",
  },
  record: {
    en: "MRN|Medical record number|Patient ID|Record No.||Hospital no.|Chart #|Unit number|Case file",
    de: "Patientennummer|Patienten-ID|Fallnummer||Aufnahmenr.",
    fr: "N° dossier|IPP|N° patient||Identifiant",
    es: "N.º historia clínica|NHC||Nº de expediente",
  },
  address: {
    en: "Address||Home address",
    de: "Anschrift||wohnhaft",
    fr: "Adresse||Domicile",
    es: "Domicilio||Dirección",
  },
  phone: {
    en: "Phone|Patient phone||Contact no.",
    de: "Telefon Patient||Tel. privat",
    fr: "Tél. patient||Téléphone",
    es: "Tel. paciente||Teléfono",
  },
  provider: {
    en: "Provider|Physician|Attending physician|Doctor||Seen by|Consultant|Clinician in charge|Signed",
    de: "Arzt|Behandelnder Arzt||Stationsärztin|Unterzeichner",
    fr: "Médecin|Praticien||Docteur|Rédigé par",
    es: "Médico|Facultativo||Dr./Dra. responsable",
  },
  encounter: {
    en: "Visit date|Date of service|Encounter date|Admission date|Admitted||Seen on|Day of attendance|Attended",
    de: "Aufnahmedatum|Behandlungsdatum|Aufnahme||vorgestellt am|Untersucht am",
    fr: "Date de consultation|Date d'admission||Vu le|Entrée le",
    es: "Fecha de ingreso|Fecha de consulta||Atendido el|Visita del",
  },
  discharge: {
    en: "Discharge date|Discharged||Left hospital|Date of leaving",
    de: "Entlassungsdatum|Entlassung||entlassen am",
    fr: "Date de sortie|Sortie||Sorti le",
    es: "Fecha de alta|Alta||Egreso",
  },
  complaint: {
    en: "Chief complaint|Reason for visit|Presenting complaint||Came in with|Why seen|Problem on arrival",
    de: "Vorstellungsgrund|Beschwerden||Aufnahmegrund|Anlass",
    fr: "Motif de consultation|Motif||Raison de la venue",
    es: "Motivo de consulta|Motivo de ingreso||Razón de la visita",
  },
  diagnoses: {
    en: "Diagnoses|Diagnosis|Assessment||Impression|Problem list|Conditions found",
    de: "Diagnosen|Diagnose||Beurteilung",
    fr: "Diagnostic|Diagnostics||Conclusion",
    es: "Diagnósticos|Diagnóstico||Juicio clínico",
  },
  code: { en: "ICD-10|Code||ICD", de: "ICD-10|ICD", fr: "CIM-10|Code", es: "CIE-10|Código" },
  medications: {
    en: "Medications|Current medications|Discharge medications||Rx|Drugs on leaving|Treatment given",
    de: "Medikation|Entlassmedikation||Therapie|Verordnungen",
    fr: "Traitement|Médicaments||Ordonnance de sortie",
    es: "Medicación|Tratamiento||Pauta al alta",
  },
  drug: {
    en: "Medication|Drug||Preparation",
    de: "Wirkstoff|Medikament||Präparat",
    fr: "Médicament||Spécialité",
    es: "Medicamento||Fármaco",
  },
  dose: {
    en: "Dose|Dosage||Strength",
    de: "Dosis|Dosierung||Stärke",
    fr: "Dose|Posologie||Dosage",
    es: "Dosis||Cantidad",
  },
  frequency: {
    en: "Frequency|Instructions||How often|Sig",
    de: "Einnahme||Häufigkeit",
    fr: "Fréquence|Prise||Rythme",
    es: "Frecuencia|Pauta||Cada cuánto",
  },
  procedures: {
    en: "Procedures|Procedures performed||Investigations|What was done",
    de: "Prozeduren|Maßnahmen||Durchgeführt wurde",
    fr: "Actes|Examens réalisés||Gestes",
    es: "Procedimientos|Pruebas realizadas||Exploraciones",
  },
  allergies: {
    en: "Allergies|Known allergies||Adverse reactions|Sensitivities",
    de: "Allergien||Unverträglichkeiten",
    fr: "Allergies||Intolérances",
    es: "Alergias||Intolerancias",
  },
  vitals: {
    en: "Vital signs|Vitals||Observations|Obs",
    de: "Vitalparameter|Vitalzeichen||Messwerte",
    fr: "Constantes|Signes vitaux||Paramètres",
    es: "Constantes vitales|Constantes||Signos",
  },
  pressure: {
    en: "BP|Blood pressure||Art. pressure",
    de: "RR|Blutdruck",
    fr: "TA|Tension artérielle",
    es: "TA|Tensión arterial||PA",
  },
  pulse: {
    en: "HR|Heart rate|Pulse||P",
    de: "Puls|HF||Herzfrequenz",
    fr: "FC|Pouls||Fréq. cardiaque",
    es: "FC|Pulso||Frec. cardiaca",
  },
  breath: {
    en: "RR|Respiratory rate|Resp||Breaths/min",
    de: "AF|Atemfrequenz",
    fr: "FR||Fréq. respiratoire",
    es: "FR||Frec. respiratoria",
  },
  temperature: {
    en: "Temp|Temperature||T",
    de: "Temp.|Temperatur",
    fr: "T°|Température",
    es: "Tª|Temperatura",
  },
  oxygen: {
    en: "SpO2|O2 sat|Oxygen saturation||Sats",
    de: "SpO2|Sättigung",
    fr: "SpO2|Saturation",
    es: "SatO2|Saturación",
  },
  weight: { en: "Weight|Wt", de: "Gewicht", fr: "Poids", es: "Peso" },
  height: { en: "Height|Ht", de: "Größe", fr: "Taille", es: "Talla" },
  bmi: { en: "BMI", de: "BMI", fr: "IMC", es: "IMC" },
  labs: {
    en: "Laboratory results|Lab results||Chemistry and haematology|Test findings",
    de: "Laborwerte|Labor||Laborchemie",
    fr: "Biologie|Résultats biologiques||Bilan",
    es: "Analítica|Resultados de laboratorio||Laboratorio",
  },
  test: {
    en: "Test|Analyte||Measurement|Assay",
    de: "Parameter|Analyse||Untersuchung",
    fr: "Analyse|Paramètre||Examen",
    es: "Prueba|Parámetro||Determinación",
  },
  result: {
    en: "Result|Value||Finding",
    de: "Wert|Ergebnis||Messwert",
    fr: "Résultat|Valeur",
    es: "Resultado|Valor",
  },
  unit: { en: "Unit|Units", de: "Einheit", fr: "Unité", es: "Unidad" },
  range: {
    en: "Reference range|Ref. range|Normal range||Expected|Limits",
    de: "Referenzbereich|Normbereich||Norm",
    fr: "Valeurs de référence|Normes||Usuelles",
    es: "Valores de referencia|Rango||Intervalo normal",
  },
  flag: { en: "Flag||Abn.", de: "Hinweis||+/-", fr: "Indic.", es: "Indicador" },
  course: {
    en: "History|Course|Plan||Narrative|What happened",
    de: "Verlauf|Anamnese||Epikrise",
    fr: "Évolution|Anamnèse||Commentaire",
    es: "Evolución|Anamnesis||Comentario",
  },
} satisfies Record<string, Wording>;

export const COURSES: Partial<Record<Language, string>> = {
  en: "The patient was comfortable at rest and examined without difficulty.|There was no history of similar episodes.|Follow-up with the general practitioner is advised.|Symptoms improved over the following hours and the remaining stay was uneventful.|Smoking was stopped four years ago. Alcohol is taken occasionally.",
  de: "Der weitere Verlauf gestaltete sich komplikationslos.|Eine ambulante Kontrolle wird empfohlen.|Die Beschwerden besserten sich rasch.|Nikotinkarenz seit vier Jahren.",
  fr: "L'évolution a été favorable.|Un contrôle chez le médecin traitant est recommandé.|Pas d'antécédent notable.",
  es: "La evolución fue favorable.|Se recomienda control por su médico de cabecera.|Sin antecedentes de interés.",
};
