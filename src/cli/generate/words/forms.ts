import type { Wording } from "../wording.ts";

export const FORMS: Wording = {
  en: "Application for Membership|Registration Form|Change of Address Form|Benefit Claim Form|Employment Application||Enrolment Sheet|Request for Housing|Declaration of Means",
  de: "Antrag auf Mitgliedschaft|Anmeldeformular|Antrag auf Leistungen|Meldebogen||Erklärungsbogen|Aufnahmeantrag",
  fr: "Demande d'inscription|Formulaire de déclaration|Demande d'aide||Fiche de renseignements",
  es: "Solicitud de inscripción|Formulario de registro|Solicitud de ayuda||Hoja de datos",
};
export const SECTIONS: Wording = {
  en: "Personal details;Contact;Employment;Your circumstances||About you;Work and money;How we reach you",
  de: "Persönliche Angaben;Kontakt;Beschäftigung||Zur Person;Erreichbarkeit",
  fr: "État civil;Coordonnées;Emploi||À propos de vous;Situation",
  es: "Datos personales;Contacto;Empleo||Sobre usted;Situación",
};
export const QUESTIONS: Wording = {
  en: "I live alone;I have read the notes;I am self-employed;I consent to data processing;I have a disability;I own a vehicle",
  de: "Ich lebe allein;Ich habe die Hinweise gelesen;Ich bin selbständig;Ich stimme der Verarbeitung zu",
  fr: "Je vis seul;J'ai lu la notice;Je suis indépendant;J'accepte le traitement des données",
  es: "Vivo solo;He leído las notas;Soy autónomo;Acepto el tratamiento de datos",
};
export const FORM_FIELDS = {
  surname: {
    en: "Surname|Last name|Family name||Your last name in full",
    de: "Nachname|Familienname||Zuname",
    fr: "Nom|Nom de famille||Nom d'usage",
    es: "Apellidos|Primer apellido||Apellido(s)",
  },
  given: {
    en: "First name|Given name(s)||Forename",
    de: "Vorname|Vornamen||Rufname",
    fr: "Prénom|Prénom(s)||Prénom usuel",
    es: "Nombre||Nombre de pila",
  },
  birth: {
    en: "Date of birth|Birth date||Born on (day, month, year)",
    de: "Geburtsdatum||Geboren am",
    fr: "Date de naissance||Né(e) le",
    es: "Fecha de nacimiento||Nacido/a el",
  },
  place: {
    en: "Place of birth|Town||Where born",
    de: "Geburtsort||Geboren in",
    fr: "Lieu de naissance||Né(e) à",
    es: "Lugar de nacimiento||Nacido/a en",
  },
  address: {
    en: "Address|Home address||Where you live",
    de: "Anschrift|Adresse||Wohnhaft",
    fr: "Adresse|Domicile||Demeurant à",
    es: "Domicilio|Dirección||Residente en",
  },
  phone: {
    en: "Telephone|Phone number||Daytime number",
    de: "Telefon|Telefonnummer||Rufnummer",
    fr: "Téléphone||N° d'appel",
    es: "Teléfono||Número de contacto",
  },
  email: {
    en: "E-mail|Email address||Electronic mail",
    de: "E-Mail",
    fr: "Courriel|E-mail",
    es: "Correo electrónico",
  },
  occupation: {
    en: "Occupation|Job||What you do",
    de: "Beruf|Tätigkeit",
    fr: "Profession|Métier",
    es: "Profesión|Ocupación",
  },
  employer: {
    en: "Employer|Name of employer||Where you work",
    de: "Arbeitgeber||Beschäftigt bei",
    fr: "Employeur||Entreprise",
    es: "Empresa|Empleador",
  },
  income: {
    en: "Annual income|Gross income||What you earn a year",
    de: "Jahreseinkommen||Bruttoeinkommen",
    fr: "Revenu annuel||Ressources",
    es: "Ingresos anuales||Renta",
  },
  number: {
    en: "Reference number|Insurance number||Number on your card",
    de: "Versicherungsnummer||Kennnummer",
    fr: "N° d'assuré||Numéro",
    es: "Número de afiliado||Núm.",
  },
  start: {
    en: "Start date|Valid from||From which day",
    de: "Beginn|Gültig ab",
    fr: "Date de début||À compter du",
    es: "Fecha de inicio||A partir del",
  },
  children: {
    en: "Number of children|Dependants||How many live with you",
    de: "Anzahl Kinder||Personen im Haushalt",
    fr: "Nombre d'enfants||Personnes à charge",
    es: "Número de hijos||Personas a cargo",
  },
  contact: {
    en: "Emergency contact|Contact person||Whom to call",
    de: "Notfallkontakt|Ansprechpartner",
    fr: "Personne à prévenir||Contact",
    es: "Persona de contacto||Avisar a",
  },
  account: {
    en: "Bank account|IBAN||Pay me into",
    de: "IBAN|Kontoverbindung",
    fr: "IBAN|Compte",
    es: "IBAN|Cuenta",
  },
  reason: {
    en: "Reason for application|Purpose||Why you write",
    de: "Grund des Antrags|Anlass",
    fr: "Motif de la demande|Objet",
    es: "Motivo de la solicitud",
  },
  signature: { en: "Signature|Signed||Your mark", de: "Unterschrift", fr: "Signature", es: "Firma" },
} satisfies Record<string, Wording>;
