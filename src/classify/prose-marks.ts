import { marks, type Marks } from "./marks.ts";

/** Words of papers that are prose, a card or a sheet to fill in, in the languages that such papers are known in. */
export const PROSE_MARKS: readonly Marks[] = [
  marks(
    "contract",
    0.8,
    6,
    `this (?:[a-z]+ ){0,3}(?:agreement|contract|lease|amendment|addendum)|herein(?:after|before)?\\b|hereto\\b|hereunder|whereas\\b|in witness whereof|governing law|govern(?:ed|ance) by (?:and construed|the laws)|the parties\\b|either party|each party|party of the (?:first|second)|(?:by and )?between[: ][^\\n]{0,120}\\band\\b|now,? therefore|entire agreement|severability|force majeure|indemnif|confidential(?:ity| information)|terminat(?:e|ion)\\b|effective date|(?:land|sub)lord|tenant\\b|lessor|lessee|licens(?:or|ee)\\b|intellectual property|term (?:and|of) (?:termination|agreement|employment)|
    vertragspart(?:ner|ei)|nachfolgend|nachstehend|im folgenden|vertragsgegenstand|gegenstand des vertrag|vertragsdauer|laufzeit|kundigungsfrist|kundigung|gerichtsstand|salvatorische|schriftform|geheimhaltung|haftung|vermieter|mieter\\b|auftraggeber|auftragnehmer|§ ?\\d{1,2}\\b|zwischen\\b[^\\n]{0,60}\\n|
    entre les soussignes|ci-apres|le present (?:contrat|accord|bail)|presentes?\\b conditions|les parties|d.une part|d.autre part|il a ete convenu|objet du contrat|duree du contrat|resiliation|droit applicable|clause|confidentialite|bailleur|locataire|preneur|prestataire|article \\d|
    el presente contrato|reunidos\\b|de una parte|de otra parte|de otra,|en adelante|clausulas?\\b|las partes|manifiestan|exponen\\b|estipulaciones|resolucion del contrato|rescision|arrendador|arrendatari|legislacion aplicable|confidencialidad|objeto del contrato|
    il presente (?:contratto|accordo)|le parti|di seguito|premess[oae]\\b|tra:|recesso|risoluzione|foro competente|legge applicabile|locatore|conduttore|committente|riservatezza|oggetto del contratto|art(?:icolo|\\.) ?\\d|
    o presente (?:contrato|acordo)|as partes|contraente|contratante|contratad[ao]|doravante|primeir[ao] outorgante|segund[ao] outorgante|foro\\b|senhorio|inquilino|locador|rescisao|denuncia do contrato|legislacao aplicavel|
    ondergetekenden|hierna te noemen|hierna:|deze overeenkomst|partijen|opzeg(?:ging|termijn)|toepasselijk recht|verhuurder|huurder|opdrachtgever|opdrachtnemer|geheimhouding|komen (?:het volgende )?overeen|artikel \\d|
    niniejsz|strony\\b|zwan[aey]m? dalej|umow[aye]\\b|wypowiedzeni|wynajmujac|najemc|zleceniodawc|zleceniobiorc|wykonawc|zamawiajac|par\\. \\d|postanowienia koncowe|poufnosc|
    detta avtal|parterna|uppsagning|hyresgast|hyresvard|denne (?:aftale|avtale|kontrakt)|parterne|partene|opsigelse|oppsigelse|tama sopimus|osapuolet|irtisano|tato smlouva|smluvni strany|vypovedni`,
  ),
  marks(
    "legal_document",
    0.9,
    5,
    `plaintiffs?\\b|defendants?\\b|petitioners?\\b|respondents?\\b|appell(?:ant|ee)s?\\b|claimants?\\b|(?:district|superior|supreme|circuit|county|high|family|probate|bankruptcy|magistrates|appeal|crown) court|court of\\b|in the [a-z ]{0,40}court|case (?:no|number)\\b|cause no|docket (?:no|number)|civil (?:action|no|case)|comes? now|hereby (?:ordered|certif)|it is (?:so )?ordered|wherefore|prays? (?:for|that)|jury (?:trial|demand)|attorneys? for|counsel for|honorable|subpoena|summons|affidavit|affiant|being (?:first )?duly sworn|notary public|penalty of perjury|attorney.in.fact|testator|executor\\b|bequeath|jurisdiction and venue|cause of action|motion (?:to|for)\\b|judge\\b|statute|
    klager(?:in)?\\b|beklagte|klage\\b|(?:amts|land|oberlandes|verwaltungs|arbeits|bundes|sozial|finanz)gericht|bundesgerichtshof|aktenzeichen|az\\.:?|geschafts-?nr|urteil|beschluss|im namen des volkes|prozessbevollmachtigt|rechtsanwalt|vorsitzende|richter(?:in)?\\b|tenor\\b|tatbestand|entscheidungsgrunde|vollmachtgeber|bevollmachtigt|
    tribunal|cour d.?appel|cour de cassation|demande(?:ur|resse)|defende(?:ur|resse)|jugement|par ces motifs|greffe|avocat|assignation|huissier|commissaire de justice|requerant|numero (?:de )?(?:rg|role)|n. ?rg|mandataire|
    juzgado|demandante|demandad[oa]|sentencia|fallo\\b|magistrad|procurador|letrad[oa]|procedimiento|autos\\b|antecedentes de hecho|fundamentos de derecho|poderdante|notari[oa]\\b|
    tribunale|ricorrente|resistente|convenut|attore\\b|attrice\\b|sentenza|giudice|avvocato|p\\.?q\\.?m\\.?\\b|r\\.?g\\.? n|in nome del popolo|
    tribunal judicial|autora?\\b|reu\\b|requerente|requerid[oa]|juiz|acordao|comarca|processo n|advogad|mandante\\b|
    rechtbank|gerechtshof|eiser(?:es)?\\b|gedaagde|verweerder|verzoek(?:er|ster)\\b|vonnis|zaaknummer|rolnummer|advocaat|kantonrechter|
    sad (?:rejonowy|okregowy|apelacyjny)|powod(?:ka)?\\b|pozwan[aey]|wyrok|sygn(?:atura)?\\.? ?akt|sedzia|radca prawny|adwokat|pelnomocni|
    tingsratt|karand|svarand|malnummer|byret|landsret|sagsoger|sagsogte|tingrett|saksoker|saksokt|karajaoikeus|kantaja|vastaaja|okresni soud|krajsky soud|zalobce|zalovany`,
  ),
  marks(
    "medical_record",
    0.8,
    6,
    `patients?\\b|diagnos[ei]s\\b|medications?\\b|allerg(?:y|ies|ic|ie|ia)s?\\b|m\\.?r\\.?n\\b|medical record|history of present|chief complaint|vital signs|vitals\\b|blood pressure|heart rate|bmi\\b|mmhg|discharge|prescri(?:bed|ption)|dos(?:e|age)\\b|\\d+ ?mg\\b|icd-?1[01]|lab(?:oratory)? results|reference (?:range|interval)|specimen|impression\\b|findings|symptoms|physician|attending|clinic\\b|hospital\\b|admission|follow.?up|past medical|physical exam|assessment (?:and|&) plan|twice daily|once daily|
    patientin|diagnose[n]?\\b|anamnese|befund|therapie|medikation|entlass(?:ung|en)|krankenhaus|klinik|blutdruck|station\\b|epikrise|beurteilung|laborwerte|sehr geehrte (?:frau|herr|damen)[a-z ]{0,20}kolleg|aufnahme\\b|vorerkrankung|
    antecedents|motif d.?(?:hospitalisation|consultation|admission)|ordonnance|posologie|traitement|tension arterielle|examen clinique|hospitalis|diagnostic\\b|service de\\b|comprimes?\\b|
    paciente|diagnostico|antecedentes (?:personales|medicos|familiares|patologicos)|tratamiento|medicacion|alergias?\\b|motivo de (?:consulta|ingreso)|exploracion|historia clinica|tension arterial|anamnesis|evolucion|
    paziente|diagnosi\\b|anamnesi|terapia|referto|dimission|ricover|reparto|esame obiettivo|pressione arteriosa|farmac|
    utente\\b|medicacao|nota de alta|internamento|motivo d[ea] (?:consulta|internamento|admissao)|exame objetivo|tensao arterial|posologia|
    huisarts|medicatie|ontslag|opname|voorgeschiedenis|lichamelijk onderzoek|bloeddruk|ziekenhuis|behandeling|conclusie\\b|
    pacjent|rozpoznani|wypis|leki\\b|lekarz|wywiad|zaleceni|cisnienie|oddzial|leczeni|badani|
    patienten|lakemedel|journal\\b|blodtryck|sygehus|sykehus|indlagt|innlagt|potilas|diagnoosi|laakitys|verenpaine|pacient|diagnoza|anamneza|krevni tlak`,
  ),
  marks(
    "id_document",
    0.7,
    6,
    `passport\\b|identity card|driv(?:ing|er'?s?) licen[cs]e|date of (?:issue|expiry|expiration)|place of birth|date of birth|nationality|citizenship|surname|given names?|holder'?s? signature|issuing authority|sex\\b|card number|licence number|expires\\b|dob\\b|
    reisepass|personalausweis|fuhrerschein|staatsangehorigkeit|geburtsort|geburtstag|geburtsdatum|gultig bis|vornamen?\\b|ausstellende behorde|ausstellungsdatum|augenfarbe|grosse\\b|familienname|
    passeport|carte nationale d.identite|permis de conduire|prenoms?\\b|nationalite|lieu de naissance|date de naissance|date de delivrance|date d.expiration|sexe\\b|autorite\\b|nom\\b|
    pasaporte|documento nacional|permiso de conduc|apellidos|nacionalidad|lugar de nacimiento|fecha de (?:nacimiento|expedicion|caducidad|emision|vencimiento)|sexo\\b|validez|dni\\b|
    passaporto|carta d.identita|patente di guida|cognome|cittadinanza|luogo (?:e data )?di nascita|data di (?:nascita|rilascio|scadenza)|sesso|statura|
    passaporte|cartao de cidadao|apelidos?\\b|nacionalidade|local de nascimento|data de (?:nascimento|validade|emissao)|altura\\b|filiacao|
    paspoort|identiteitskaart|rijbewijs|nationaliteit|geboorte(?:plaats|datum)|achternaam|voornamen|geldig tot|datum van afgifte|geslacht|
    paszport|dowod osobisty|prawo jazdy|obywatelstwo|miejsce urodzenia|data (?:urodzenia|wydania|waznosci)|nazwisko|imi(?:e|ona)\\b|plec\\b|termin waznosci|
    medborgarskap|fodelse(?:datum|ort)|efternamn|fodselsdato|etternavn|efternavn|fodested|kansalaisuus|sukunimi|syntyma|statni obcanstvi|prijmeni|datum narozeni|misto narozeni`,
  ),
  marks(
    "form",
    0.35,
    5,
    `(?:first|last|family|given|full) names?\\b|surname|occupation|employer|place of birth|date of birth|number of children|emergency contact|contact person|insurance (?:no|number)|social security|purpose\\b|reason for|home address|annual income|i (?:have|am|agree|live|own|consent)\\b|personal (?:details|data|information)|signed\\b|
    vorname|nachname|familienname|beruf\\b|arbeitgeber|geburts(?:ort|datum)|kinder|anschrift|zweck|personliche|versicherungsnummer|ich (?:habe|bin|stimme)|unterschrift|
    prenom|profession|metier|employeur|lieu de naissance|enfants|personne a prevenir|adresse\\b|etat civil|coordonnees|j.ai |j.accepte|je (?:suis|vis)|motif|
    apellidos|profesion|ocupacion|empleador|lugar de nacimiento|hijos|domicilio|datos personales|motivo|acepto|he leido|persona de contacto|
    cognome|professione|datore di lavoro|luogo di nascita|figli|residenza|dati (?:personali|anagrafici)|accetto|ho letto|finalita|
    apelido|profissao|entidade patronal|local de nascimento|filhos|morada|dados pessoais|aceito|finalidade|
    voornaam|achternaam|beroep|werkgever|geboorteplaats|kinderen|adres\\b|persoonsgegevens|ik (?:heb|ga|ben)|doel\\b|
    nazwisko|imie\\b|zawod|pracodawca|miejsce urodzenia|dzieci|adres zamieszkania|dane osobowe|cel\\b|wyrazam zgode|
    fornamn|efternamn|yrke|arbetsgivare|fodelse|barn\\b|personuppgifter|fornavn|efternavn|etternavn|arbejdsgiver|arbeidsgiver|etunimi|sukunimi|ammatti|tyonantaja|syntyma|lapset|jmeno|prijmeni|povolani|zamestnavatel|datum narozeni`,
  ),
  marks(
    "form",
    0.7,
    5,
    `please (?:print|complete|fill|tick|check|indicate|select|type|use block)|(?:for )?(?:office|official|internal) use only|check (?:one|all|if|the box)|tick (?:one|all|the|as|box)|(?:signature|name) of (?:the )?applicant|applicant\\b|application (?:form|no|date)|section [a-h1-9]\\b|part [a-hiv1-9]{1,3}\\b|if (?:yes|no),|block (?:capitals|letters)|form (?:no|number|id)\\b|(?:do )?not write (?:in|below)|maiden name|marital status|emergency contact|i (?:hereby )?(?:declare|certify|consent|authori[sz]e)|middle (?:initial|name)|yes\\b ?\\W{0,3} ?no\\b|
    bitte (?:ankreuzen|ausfullen|in druck)|zutreffendes|ankreuzen|antragsteller|antrag(?:s| auf)|nur (?:fur|vom) (?:amt|intern)|familienstand|ich (?:versichere|erklare|bestatige|beantrage)|ja\\b ?\\W{0,3} ?nein\\b|
    cerfa|cocher|cochez|a remplir|en (?:lettres )?(?:majuscules|capitales)|cadre reserve|demandeur du|situation (?:familiale|de famille)|je soussigne|oui\\b ?\\W{0,3} ?non\\b|formulaire|
    marque con|rellen|cumplimentar|a rellenar|en mayusculas|solicitante|uso (?:exclusivo|interno)|estado civil|declaro\\b|si\\b ?\\W{0,3} ?no\\b|formulario|
    barrare|compilare|compilazione|in stampatello|richiedente|riservato all|stato civile|il sottoscritto|la sottoscritta|dichiar[oa]\\b|modulo\\b|
    assinalar|preench|letra de imprensa|requerente|estado civil|uso (?:exclusivo|interno)|sim\\b ?\\W{0,3} ?nao\\b|
    aankruisen|in te vullen|invullen|in blokletters|aanvrager|burgerlijke staat|ondergetekende verklaart|ja\\b ?\\W{0,3} ?nee\\b|formulier|
    zaznaczyc|wypelni|drukowanymi|wnioskodawc|stan cywilny|oswiadczam|tak\\b ?\\W{0,3} ?nie\\b|formularz|
    kryssa|ifylles|texta|sokande|saet kryds|udfyldes|ansoger|sett kryss|fylles ut|soker\\b|rastita|hakija|tayta|vyplnte|zadatel|zaskrtnete`,
  ),
];
