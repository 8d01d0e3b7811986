import type { Language } from "../locale.ts";
import type { Wording } from "../wording.ts";

export const COURTS: Partial<Record<Language, string>> = {
  en: "District Court of *|Superior Court of the State of California, County of *|High Court of Justice, * District Registry|Circuit Court for * County|County Court at *|Supreme Court of *|Employment Tribunal, *|United States Bankruptcy Court, District of *|Magistrates' Court of *",
  de: "Amtsgericht *|Landgericht *|Oberlandesgericht *|Arbeitsgericht *|Verwaltungsgericht *",
  fr: "Tribunal judiciaire de *|Cour d'appel de *|Tribunal de commerce de *|Conseil de prud'hommes de *",
  es: "Juzgado de Primera Instancia n.º 3 de *|Audiencia Provincial de *|Juzgado de lo Mercantil de *|Juzgado de lo Social de *",
};
/** Titles with the kind that they stand for. */
export const DOCUMENTS: Partial<Record<Language, string>> = {
  en: "Complaint for Damages/complaint|Notice of Motion/motion|Motion to Dismiss/motion|Judgment/judgment|Order Granting Summary Judgment/order|Subpoena/subpoena|Summons/summons|Affidavit of Service/affidavit|Answer to Complaint/answer|Petition for Review/petition|Notice of Appeal/notice|Witness Statement/statement",
  de: "Urteil/Urteil|Beschluss/Beschluss|Klageschrift/Klage|Ladung/Ladung|Mahnbescheid/Mahnbescheid|Berufungsschrift/Berufung",
  fr: "Jugement/jugement|Assignation/assignation|Ordonnance de référé/ordonnance|Conclusions/conclusions|Arrêt/arrêt",
  es: "Sentencia/sentencia|Demanda/demanda|Auto/auto|Cédula de citación/citación|Recurso de apelación/recurso",
};
/** What a case is about, and what is asked for. */
export const MATTERS: Partial<Record<Language, string>> = {
  en: "Breach of contract/Damages and costs of the proceedings|Unpaid rent/Possession of the premises and arrears|Personal injury/Compensation for medical expenses|Dissolution of marriage/Division of the marital property|Trade mark infringement/Permanent injunction|Wrongful dismissal/Reinstatement and back pay|Boundary dispute/Declaration as to the true boundary",
  de: "Kaufpreiszahlung/Zahlung nebst Zinsen|Räumung/Herausgabe der Wohnung|Schadensersatz/Ersatz des entstandenen Schadens|Kündigungsschutz/Feststellung des Fortbestehens",
  fr: "Rupture de contrat/Dommages et intérêts|Loyers impayés/Expulsion et paiement des arriérés|Licenciement abusif/Indemnités de rupture",
  es: "Reclamación de cantidad/Pago de la suma adeudada|Desahucio por falta de pago/Desalojo de la vivienda|Despido improcedente/Readmisión del trabajador",
};
export const LABELS = {
  case_number: {
    en: "Case No.|Case number|Claim No.|Cause No.|Docket No.||Action no.|Index number|File of the court|Proceedings ref.",
    de: "Aktenzeichen|Az.|Geschäftszeichen||Geschäftsnummer|Gz.",
    fr: "N° RG|Numéro de dossier|Affaire n°||Rôle général|Dossier",
    es: "Procedimiento|Autos n.º|Nº de procedimiento||Rollo|Causa",
  },
  filed: {
    en: "Date filed|Filed|Filing date||Lodged|Entered on the record|Received by the registry",
    de: "Eingegangen am|Datum|Einreichung||Verkündet am|Eingang",
    fr: "Date de dépôt|Déposé le||Enregistré le|Rendu le",
    es: "Fecha de presentación|Fecha||Registrado el|Dictada el",
  },
  judge: {
    en: "Judge|Presiding judge|Before||Justice|Assigned to|Coram",
    de: "Richter|Richterin|Vorsitz||Einzelrichter",
    fr: "Juge|Président||Magistrat",
    es: "Juez|Magistrado-Juez||Ponente",
  },
  judges: {
    en: "Hon.;The Honorable;Justice||Mr Justice;District Judge",
    de: "Dr.;Richter am Amtsgericht||VRiLG",
    fr: "M.;Mme||Monsieur",
    es: "D.;D.ª||Ilmo. Sr.",
  },
  hearing: {
    en: "Hearing date||To be heard",
    de: "Termin||Verhandlung",
    fr: "Audience||Débats",
    es: "Vista||Señalamiento",
  },
  subject: {
    en: "Subject|Nature of suit|Re||Cause of action|In the matter of",
    de: "Wegen|Gegenstand||Streitgegenstand",
    fr: "Objet|Nature de l'affaire||Matière",
    es: "Objeto|Asunto||Materia",
  },
  relief: {
    en: "Relief sought|Relief requested|Prayer for relief||Remedy|The claimant asks for",
    de: "Antrag|Klageantrag||Begehren",
    fr: "Demande|Prétentions||Il est demandé",
    es: "Petición|Suplico||Se solicita",
  },
  counsel: {
    en: "Attorney for|Counsel for||Solicitor on behalf of|Appearing for",
    de: "Rechtsanwalt für|Prozessbevollmächtigte:||Vertreten durch, für",
    fr: "Avocat pour|Conseil de||Représentant",
    es: "Abogado de|Letrado de||Defensa de",
  },
  roles: {
    en: "Plaintiff/Defendant|Petitioner/Respondent|Claimant/Defendant|Appellant/Appellee||Applicant/Opponent|Complainant/Accused|Pursuer/Defender",
    de: "Kläger/Beklagte|Klägerin/Beklagter|Antragsteller/Antragsgegner||Berufungskläger/Berufungsbeklagte|Gläubiger/Schuldner",
    fr: "Demandeur/Défendeur|Appelant/Intimé||Requérant/Partie adverse",
    es: "Demandante/Demandado|Actor/Demandado||Recurrente/Recurrido",
  },
} satisfies Record<string, Wording>;

export const ARGUMENTS: Partial<Record<Language, string>> = {
  en: "The court has considered the written submissions of both sides and the documents annexed to them.|The facts, so far as they are not in dispute, are these. The parties entered into an arrangement under which goods were to be supplied by instalments.|It is alleged that repeated demands went unanswered, and that loss was suffered in consequence.|The witness was found to be reliable, and the account is supported by the correspondence.|No reason has been shown why the usual rule as to costs should not apply.|The parties are reminded that time limits are strict and run from service of this document.|Leave to file further evidence is granted within twenty-one days.|Nothing in this document waives any right that has not been mentioned in it.",
  de: "Das Gericht hat die Schriftsätze der Parteien sowie die vorgelegten Anlagen berücksichtigt.|Zwischen den Parteien besteht Streit über die Ordnungsgemäßheit der Lieferung.|Die Beweisaufnahme hat ergeben, dass die Mahnungen zugegangen sind.|Die Kostenentscheidung folgt den gesetzlichen Vorschriften.|Gegen diese Entscheidung ist binnen eines Monats ein Rechtsmittel zulässig.",
  fr: "Vu les pièces produites et les écritures des parties.|Il ressort des débats que plusieurs mises en demeure sont restées sans réponse.|La juridiction relève que le contrat a été exécuté de bonne foi.|Les dépens suivent le sort du principal.|La présente décision est susceptible de recours dans le délai d'un mois.",
  es: "Vistos los documentos aportados y los escritos de las partes.|De la prueba practicada resulta que los requerimientos no fueron atendidos.|No concurren circunstancias que aconsejen apartarse de la regla general en materia de costas.|Contra esta resolución cabe recurso en el plazo de veinte días.|Los hechos no han sido discutidos en lo esencial.",
};
