import type { Language } from "../locale.ts";
import type { Wording } from "../wording.ts";

/** Titles with the roles of their two parties. */
export const TYPES: Wording = {
  en: "Service Agreement/Service Provider/Client|Consulting Agreement/Consultant/Company|Lease Agreement/Landlord/Tenant|Employment Contract/Employer/Employee|Supply Agreement/Supplier/Purchaser|Software License Agreement/Licensor/Licensee|Loan Agreement/Lender/Borrower||Memorandum of Engagement/Principal/Contractor|Tenancy Deed/Lessor/Lessee|Deed of Hire/Owner/Hirer|Distribution Accord/Manufacturer/Distributor",
  de: "Dienstleistungsvertrag/Auftragnehmer/Auftraggeber|Mietvertrag/Vermieter/Mieter|Arbeitsvertrag/Arbeitgeber/Arbeitnehmer|Kaufvertrag/Verkäufer/Käufer|Rahmenvertrag/Lieferant/Besteller||Werkvertrag/Unternehmer/Besteller|Pachtvertrag/Verpächter/Pächter|Darlehensvertrag/Darlehensgeber/Darlehensnehmer",
  fr: "Contrat de prestation de services/Prestataire/Client|Contrat de bail/Bailleur/Locataire|Contrat de travail/Employeur/Salarié|Contrat de fourniture/Fournisseur/Acheteur||Convention de mandat/Mandant/Mandataire|Contrat de licence/Concédant/Licencié",
  es: "Contrato de prestación de servicios/Prestador/Cliente|Contrato de arrendamiento/Arrendador/Arrendatario|Contrato de trabajo/Empresa/Trabajador|Contrato de suministro/Proveedor/Comprador||Convenio de colaboración/Entidad/Colaborador|Contrato de préstamo/Prestamista/Prestatario",
};

export const LABELS = {
  number: {
    en: "Contract No.|Agreement No.|Contract number|Reference||Instrument no.|Our file|Deed number",
    de: "Vertragsnummer|Vertrags-Nr.||Aktenzeichen|Kennung",
    fr: "Contrat n°|N° de contrat||Réf. de l'acte",
    es: "Contrato nº|Nº de contrato||Expediente",
  },
  effective: {
    en: "Effective date|Start date|Commencement date||In force from|Taking effect|Begins on",
    de: "Vertragsbeginn|Beginn|Gültig ab||In Kraft ab|Wirksam ab",
    fr: "Date d'effet|Date d'entrée en vigueur|Début||Prise d'effet",
    es: "Fecha de inicio|Fecha de entrada en vigor||Vigente desde|Con efectos desde",
  },
  expiration: {
    en: "Expiration date|End date|Expiry date||Runs until|Ceases on|Last day",
    de: "Vertragsende|Ende|Gültig bis||Läuft bis|Ablauf",
    fr: "Date de fin|Échéance|Date d'expiration||Prend fin le",
    es: "Fecha de fin|Fecha de vencimiento||Vigente hasta|Termina el",
  },
  term: {
    en: "Term|Initial term|Contract term||Duration|Runs for|Length of engagement",
    de: "Laufzeit|Vertragsdauer||Dauer",
    fr: "Durée|Durée du contrat||Période convenue",
    es: "Duración|Plazo||Vigencia",
  },
  notice: {
    en: "Notice period|Termination notice||To end it|Notice to quit|Cancellation period",
    de: "Kündigungsfrist||Frist zur Beendigung",
    fr: "Préavis|Délai de préavis||Délai de dénonciation",
    es: "Preaviso|Plazo de preaviso||Antelación para resolver",
  },
  value: {
    en: "Contract value|Total fee|Contract price||Consideration|Sum agreed|Price payable",
    de: "Vertragswert|Auftragssumme|Vergütung||Vereinbartes Entgelt",
    fr: "Montant du contrat|Prix total||Rémunération convenue",
    es: "Importe del contrato|Precio total||Contraprestación",
  },
  law: {
    en: "Governing law|Applicable law||Law|Laws that apply|Proper law",
    de: "Anwendbares Recht|Geltendes Recht||Rechtsordnung",
    fr: "Droit applicable|Loi applicable||Régi par",
    es: "Ley aplicable|Derecho aplicable||Legislación",
  },
  jurisdiction: {
    en: "Jurisdiction|Place of jurisdiction|Venue||Courts|Disputes heard in|Forum",
    de: "Gerichtsstand||Zuständiges Gericht",
    fr: "Juridiction compétente|Tribunal compétent||For",
    es: "Jurisdicción|Fuero||Tribunales",
  },
  execution: {
    en: "Date signed|Signature date|Date of agreement||Executed on|Dated|Made on",
    de: "Datum der Unterzeichnung|Unterzeichnet am||Geschlossen am",
    fr: "Date de signature|Signé le||Conclu le",
    es: "Fecha de firma|Firmado el||Otorgado el",
  },
  sheet: {
    en: "Key terms|Summary of terms|Contract particulars||Schedule of particulars|At a glance",
    de: "Eckdaten|Vertragsdaten||Überblick",
    fr: "Conditions particulières|Conditions essentielles||Synthèse",
    es: "Condiciones particulares|Datos del contrato||Resumen",
  },
} satisfies Record<string, Wording>;

export const SENTENCES = {
  opening: {
    en: "This {title} (the “Agreement”) is made on {date} between:¶{a}, whose registered office is at {addressA} (the “{roleA}”); and¶{b}, of {addressB} (the “{roleB}”).|THIS AGREEMENT is entered into as of {date}, by and between {a}, located at {addressA} (“{roleA}”), and {b}, located at {addressB} (“{roleB}”).||Executed {date}.¶{a} of {addressA}, hereinafter called the {roleA}, of the one part, and {b} of {addressB}, hereinafter called the {roleB}, of the other part, agree as follows.|On {date} the undersigned, namely (1) {a}, {addressA} (hereafter “{roleA}”) and (2) {b}, {addressB} (hereafter “{roleB}”), have concluded the present instrument.",
    de: "Zwischen¶{a}, {addressA} (nachfolgend „{roleA}“ genannt)¶und¶{b}, {addressB} (nachfolgend „{roleB}“ genannt)¶wird am {date} folgender Vertrag geschlossen.||Am {date} haben {a}, ansässig in {addressA}, im Folgenden {roleA}, und {b}, wohnhaft oder ansässig in {addressB}, im Folgenden {roleB}, Nachstehendes vereinbart.",
    fr: "Entre les soussignés :¶{a}, dont le siège est situé {addressA}, ci-après dénommé « {roleA} »,¶et¶{b}, demeurant {addressB}, ci-après dénommé « {roleB} »,¶il a été convenu le {date} ce qui suit.||Par acte du {date}, {a} ({addressA}), désigné ci-dessous le {roleA}, d'une part, et {b} ({addressB}), désigné ci-dessous le {roleB}, d'autre part, arrêtent ce qui suit.",
    es: "REUNIDOS el {date}:¶De una parte, {a}, con domicilio en {addressA} (en adelante, «{roleA}»).¶De otra parte, {b}, con domicilio en {addressB} (en adelante, «{roleB}»).||Con fecha {date}, {a}, domiciliada en {addressA}, a quien se llamará el {roleA}, y {b}, con domicilio en {addressB}, a quien se llamará el {roleB}, otorgan lo siguiente.",
  },
  effective: {
    en: "This Agreement shall commence on {value}.|This Agreement is effective as of {value} (the “Effective Date”).||It takes force from {value}.|The obligations below begin to bind on {value}.",
    de: "Der Vertrag beginnt am {value}.|Dieser Vertrag tritt am {value} in Kraft.||Die Wirkungen setzen mit dem {value} ein.",
    fr: "Le présent contrat prend effet le {value}.|Le contrat entre en vigueur le {value}.||Il produit ses effets à compter du {value}.",
    es: "El presente contrato entra en vigor el {value}.|El contrato comenzará el {value}.||Surte efectos a partir del {value}.",
  },
  expiration: {
    en: "It shall expire on {value} unless terminated earlier.|It shall remain in force until {value}.||It ceases at midnight on {value}.",
    de: "Er endet am {value}, ohne dass es einer Kündigung bedarf.||Seine Geltung läuft am {value} ab.",
    fr: "Il prend fin le {value}, sauf résiliation anticipée.||Il cesse de plein droit le {value}.",
    es: "Finalizará el {value}, salvo resolución anticipada.||Quedará extinguido el {value}.",
  },
  term: {
    en: "The initial term shall be {value}.|This Agreement shall continue for a term of {value}.||It is to run for {value}.",
    de: "Die Laufzeit beträgt {value}.||Er gilt für die Dauer von {value}.",
    fr: "Il est conclu pour une durée de {value}.||Sa validité s'étend sur {value}.",
    es: "La duración del contrato será de {value}.||Regirá durante {value}.",
  },
  notice: {
    en: "Either party may terminate this Agreement by giving {value} written notice.|This Agreement may be terminated upon {value} prior written notice.||A party wishing to leave must warn the other {value} ahead in writing.",
    de: "Er kann mit einer Frist von {value} schriftlich gekündigt werden.||Wer ihn beenden will, teilt dies {value} vorher mit.",
    fr: "Chaque partie peut le résilier moyennant un préavis de {value}.||La partie qui souhaite y mettre fin avertit l'autre {value} à l'avance.",
    es: "Cualquiera de las partes podrá resolverlo con un preaviso de {value}.||Quien desee terminarlo avisará con {value} de antelación.",
  },
  value: {
    en: "The total contract value is {value}.|In consideration the total fee shall be {value}, payable as set out below.||The sum of {value} is owed for the whole.",
    de: "Die Vergütung beträgt insgesamt {value}.||Geschuldet wird dafür ein Entgelt von {value}.",
    fr: "Le prix total s'élève à {value}.||En contrepartie il est dû la somme de {value}.",
    es: "El precio total asciende a {value}.||Como contraprestación se abonará la suma de {value}.",
  },
  law: {
    en: "This Agreement shall be governed by the laws of {value}.|This Agreement shall be governed by and construed in accordance with the laws of {value}.||The law of {value} applies to it.",
    de: "Es gilt das Recht {value}.||Maßgeblich ist das Recht {value}.",
    fr: "Le présent contrat est régi par le droit {value}.||Le droit {value} lui est applicable.",
    es: "El contrato se rige por la legislación {value}.||Será de aplicación el derecho {value}.",
  },
  jurisdiction: {
    en: "The courts of {value} shall have exclusive jurisdiction.|Any dispute shall be submitted to the courts of {value}.||Quarrels are to be settled before the judges of {value}.",
    de: "Gerichtsstand ist {value}.||Streitigkeiten entscheidet das Gericht in {value}.",
    fr: "Tout litige relève des tribunaux de {value}.||Les juges de {value} connaîtront seuls des différends.",
    es: "Las partes se someten a los juzgados de {value}.||Conocerán de los litigios los tribunales de {value}.",
  },
  laws: {
    en: "England and Wales|the State of New York|Ireland|the State of Delaware|Scotland|the Province of Ontario|New South Wales|the State of California",
    de: "der Bundesrepublik Deutschland|der Republik Österreich|der Schweiz",
    fr: "français|belge|suisse",
    es: "española|mexicana|argentina",
  },
  length: {
    en: "{n} months||{n} calendar months",
    de: "{n} Monate|{n} Monaten",
    fr: "{n} mois",
    es: "{n} meses",
  },
  days: { en: "{n} days|{n} days'||{n} calendar days", de: "{n} Tagen", fr: "{n} jours", es: "{n} días" },
  heads: {
    en: "Term and termination;Law and disputes;Duration||Period;Settlement of disputes",
    de: "Vertragsdauer;Schlussbestimmungen||Geltung;Sonstiges",
    fr: "Durée;Dispositions finales||Validité;Divers",
    es: "Duración;Disposiciones finales||Vigencia;Varios",
  },
} satisfies Record<string, Wording>;

/** Clauses that state none of the terms. */
export const CLAUSES: Partial<Record<Language, string>> = {
  en: "Confidentiality: Each party shall keep all information obtained from the other in connection with this Agreement strictly confidential and shall use it for no other purpose. This obligation survives termination.|Force Majeure: Neither party is liable for delay caused by events beyond its reasonable control, including fire, flood, strike and acts of authorities.|Intellectual Property: All rights in materials created under this Agreement remain with their author until they have been paid for in full.|Entire Agreement: This document contains the whole understanding of the parties and replaces all earlier arrangements, whether written or oral.|Assignment: No party may transfer its rights without the prior written consent of the other.|Liability: Liability for indirect loss is excluded to the extent that the law permits. Nothing in this clause limits liability for intent.|Payment: Invoices are payable within the period stated on them. Late payment bears interest at the statutory rate.|Insurance: The parties shall maintain adequate insurance throughout and produce proof of it on request.|Notices: Notices must be in writing and are deemed received on the second working day after posting.|Severability: If any provision is found to be void the remaining provisions stay in force.",
  de: "Geheimhaltung: Die Parteien verpflichten sich, alle im Rahmen der Zusammenarbeit erlangten Informationen vertraulich zu behandeln.|Haftung: Die Haftung für mittelbare Schäden ist ausgeschlossen, soweit das Gesetz dies zulässt.|Schriftform: Änderungen und Ergänzungen bedürfen der Schriftform. Mündliche Nebenabreden bestehen nicht.|Zahlung: Rechnungen sind ohne Abzug zahlbar. Bei Verzug gelten die gesetzlichen Zinsen.|Salvatorische Klausel: Sollte eine Bestimmung unwirksam sein, bleiben die übrigen Bestimmungen wirksam.|Abtretung: Rechte dürfen nur mit Zustimmung der anderen Seite abgetreten werden.|Höhere Gewalt: Ereignisse höherer Gewalt befreien die Parteien für ihre Dauer von den Pflichten.",
  fr: "Confidentialité: Les parties s'engagent à garder secrètes toutes les informations échangées dans le cadre de leur relation.|Responsabilité: La responsabilité pour dommages indirects est exclue dans les limites de la loi.|Force majeure: Aucune partie ne répond d'un retard dû à un événement échappant à son contrôle.|Cession: Les droits ne peuvent être cédés sans l'accord écrit de l'autre partie.|Paiement: Les factures sont payables à réception, sans escompte.|Assurance: Chaque partie justifie d'une assurance suffisante à première demande.|Modification: Toute modification fait l'objet d'un avenant signé.",
  es: "Confidencialidad: Las partes se obligan a guardar secreto sobre toda la información intercambiada.|Responsabilidad: Se excluye la responsabilidad por daños indirectos en la medida permitida por la ley.|Fuerza mayor: Ninguna de las partes responderá de retrasos causados por hechos ajenos a su control.|Cesión: Los derechos no podrán cederse sin consentimiento escrito de la otra parte.|Pago: Las facturas se abonarán mediante transferencia bancaria.|Seguros: Las partes mantendrán seguros suficientes durante toda la relación.|Modificaciones: Toda modificación deberá constar por escrito.",
};
