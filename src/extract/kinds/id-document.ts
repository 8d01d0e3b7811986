import { z } from "zod";
import type { Declaration } from "../declared/declaration.ts";
import { readIdentity } from "../declared/read-identity.ts";
import { wordings } from "../declared/wordings.ts";
import { defineExtractor } from "../define.ts";
import { IsoDate } from "./shapes.ts";

const schema = z
  .object({
    document_kind: z.enum(["passport", "identity_card", "driving_licence", "residence_permit", "other"]),
    document_number: z.string(),
    surname: z.string(),
    given_names: z.string(),
    name: z.string(),
    date_of_birth: IsoDate,
    place_of_birth: z.string(),
    sex: z.enum(["female", "male", "unspecified"]),
    nationality: z.string(),
    issuing_country: z.string(),
    issuing_authority: z.string(),
    issue_date: IsoDate,
    expiry_date: IsoDate,
    personal_number: z.string(),
    address: z.string(),
    licence_classes: z.string(),
    /** The machine-readable zone, its lines joined by line feeds (ICAO 9303). */
    machine_readable_zone: z.string(),
  })
  .partial();

const declares: Declaration = {
  fields: [
    {
      pointer: "/document_kind",
      kind: "choice",
      labels: wordings(
        "document type; type of document; document; type; dokumenttyp; dokumentart; art des dokuments; type de document; tipo de documento; tipo di documento",
      ),
      choices: {
        passport: wordings(
          "passport; passeport; pasaporte; reisepass; passaporto; passaporte; paspoort; paszport; pass; passi; cestovní pas; p",
        ),
        identity_card: wordings(
          "identity card; id card; national identity card; identification card; personalausweis; identitätskarte; carte nationale d'identité; carte d'identité; documento nacional de identidad; dni; cédula de identidad; carta d'identità; carta di identità; cartão de cidadão; bilhete de identidade; identiteitskaart; dowód osobisty; identitetskort; legitimationskort; henkilökortti; občanský průkaz; id",
        ),
        driving_licence: wordings(
          "driving licence; driver license; driver's license; driver licence; driving license; führerschein; permis de conduire; permiso de conducción; permiso de conducir; licencia de conducir; patente di guida; carta de condução; rijbewijs; prawo jazdy; körkort; førerkort; kørekort; ajokortti; řidičský průkaz",
        ),
        residence_permit: wordings(
          "residence permit; residence card; permanent resident card; resident card; aufenthaltstitel; aufenthaltserlaubnis; titre de séjour; carte de séjour; carte de résident; permiso de residencia; tarjeta de residencia; permesso di soggiorno; título de residência; autorização de residência; verblijfsvergunning; verblijfstitel; karta pobytu; uppehållstillstånd; oppholdstillatelse; oppholdskort; opholdstilladelse; opholdskort; oleskelulupa; povolení k pobytu",
        ),
      },
    },
    {
      pointer: "/document_number",
      kind: "identifier",
      labels: wordings(
        "document number; document no; passport number; passport no; card number; card no; id number; id no; licence number; license number; licence no; dl number; dl no; permit number; permit no; identity card number; identity card no; no; number; driver licence number; dl; dln; lic no; ausweisnummer; passnummer; pass-nr; dokumentennummer; dokumentnummer; führerscheinnummer; kartennummer; nummer; personalausweisnummer; seriennummer; ausweis-nr; numéro de passeport; passeport n°; n° de document; numéro de document; numéro du permis; n° du permis; numéro de la carte; n° carte; carte n°; n° du document; número de documento; nº documento; número de pasaporte; pasaporte nº; pasaporte n°; núm. soporte; idesp; número de soporte; dni; número de permiso; nº permiso; número de tarjeta; numero documento; numero passaporto; passaporto n; numero patente; numero carta; n. documento; número do documento; nº do documento; passaporte nº; documentnummer; paspoortnummer; rijbewijsnummer; kaartnummer; numer dokumentu; numer paszportu; passnummer; kortnummer; dokumentnr; dokumenttnummer; passin numero; asiakirjan numero; číslo dokladu; číslo pasu; číslo průkazu",
      ),
    },
    {
      pointer: "/surname",
      kind: "name",
      labels: wordings(
        "surname; last name; family name; surnames; name; ln; primary identifier; name (surname); nachname; familienname; zuname; nom; nom de famille; apellidos; apellido; primer apellido; cognome; apelido; apelidos; achternaam; geslachtsnaam; naam; nazwisko; efternamn; etternavn; efternavn; sukunimi; příjmení",
      ),
    },
    {
      pointer: "/given_names",
      kind: "name",
      labels: wordings(
        "given names; given name; first name; forename; forenames; first names; fn; secondary identifier; first and middle names; vorname; vornamen; prénom; prénoms; prénom(s); nombre; nombres; nome; nomi; nome próprio; nomes próprios; voornaam; voornamen; imię; imiona; förnamn; fornavn; fornavne; etunimi; etunimet; jméno; jména",
      ),
    },
    {
      pointer: "/name",
      kind: "name",
      labels: wordings(
        "full name; holder; name of holder; holder's name; cardholder; bearer; name and surname; full name of holder; inhaber; name des inhabers; vollständiger name; vor- und nachname; titulaire; nom et prénoms; nom et prénom; nom complet; titular; nombre y apellidos; apellidos y nombre; nombre completo; cognome e nome; nome e cognome; titolare; nome completo; imię i nazwisko; fullständigt namn; fullt navn; koko nimi; jméno a příjmení",
      ),
    },
    {
      pointer: "/date_of_birth",
      kind: "date",
      labels: wordings(
        "date of birth; birth date; dob; born; born on; birthdate; d.o.b.; birthday; geburtsdatum; geburtstag; geboren am; geb. am; geb.; tag der geburt; date de naissance; né le; né(e) le; née le; naissance; fecha de nacimiento; nacido el; fecha nac; fecha nacimiento; f. nacimiento; data di nascita; nato il; nascita; data de nascimento; nascimento; nascido em; geboortedatum; geboren op; data urodzenia; urodzony; födelsedatum; född; fødselsdato; født; syntymäaika; syntynyt; datum narození; narozen",
      ),
    },
    {
      pointer: "/place_of_birth",
      kind: "text",
      maxLength: 80,
      labels: wordings(
        "place of birth; birthplace; born in; birth place; city of birth; town of birth; geburtsort; ort der geburt; geboren in; lieu de naissance; né à; né(e) à; lugar de nacimiento; lugar nacimiento; nacido en; luogo di nascita; nato a; local de nascimento; naturalidade; geboorteplaats; geboren te; miejsce urodzenia; födelseort; fødested; syntymäpaikka; místo narození",
      ),
    },
    {
      pointer: "/sex",
      kind: "choice",
      labels: wordings(
        "sex; gender; geschlecht; sexe; sexo; sesso; género; geslacht; płeć; kön; kjønn; køn; sukupuoli; pohlaví",
      ),
      choices: {
        female: wordings(
          "f; female; woman; weiblich; w; féminin; femme; femenino; mujer; femminile; feminino; vrouw; v; kobieta; k; kvinna; kvinne; kvinde; nainen; žena; femmina; weibl; f/f; f/w",
        ),
        male: wordings(
          "m; male; man; männlich; masculin; homme; masculino; hombre; maschile; maschio; masculino; mężczyzna; mand; mann; mies; muž; h; m/m",
        ),
        unspecified: wordings("x; unspecified; divers; d; non-binary; indeterminado; x/x; diverse"),
      },
    },
    {
      pointer: "/nationality",
      kind: "country",
      labels: wordings(
        "nationality; citizenship; nationality/citizenship; staatsangehörigkeit; nationalität; nationalité; nacionalidad; nacionalidade; nazionalità; cittadinanza; nationaliteit; obywatelstwo; narodowość; nationalitet; medborgarskap; statsborgerskap; kansalaisuus; státní občanství; státní příslušnost",
      ),
    },
    {
      pointer: "/issuing_country",
      kind: "country",
      labels: wordings(
        "issuing country; country of issue; code of issuing state; issuing state; country; country code; state; code; ausstellender staat; ausstellungsland; land; staat; pays de délivrance; code du pays; pays; pays émetteur; état émetteur; país emisor; país expedidor; estado emisor; país; paese di rilascio; stato di emissione; paese; país emissor; land van afgifte; kraj wydania; kod państwa; utfärdande land; utstedende land; udstedende land; myöntäjävaltio; vydávající stát; stát",
      ),
    },
    {
      pointer: "/issuing_authority",
      kind: "text",
      maxLength: 100,
      labels: wordings(
        "issuing authority; authority; issued by; issuing office; office of issue; issued at; issuing agency; place of issue; behörde; ausstellende behörde; ausgestellt von; ausstellungsbehörde; autorité; autorité de délivrance; délivré par; délivrée par; préfecture; autoridad; autoridad expedidora; expedido por; expedida por; equipo; lugar de expedición; autorità; rilasciato da; autorità di rilascio; autoridade; entidade emissora; emitido por; autoriteit; afgegeven door; uitgevende instantie; organ wydający; wydany przez; utfärdande myndighet; utfärdad av; myndighet; utstedende myndighet; utstedt av; udstedende myndighed; udstedt af; myöntänyt viranomainen; myöntäjä; viranomainen; vydal; orgán; vydávající orgán",
      ),
    },
    {
      pointer: "/issue_date",
      kind: "date",
      labels: wordings(
        "date of issue; issue date; issued on; issued; iss; date issued; valid from; ausstellungsdatum; ausgestellt am; ausstellungstag; tag der ausstellung; gültig ab; date de délivrance; délivré le; délivrée le; date d'émission; fecha de expedición; fecha de emisión; expedido el; fecha expedición; emisión; válido desde; data di rilascio; rilasciato il; data di emissione; data de emissão; emitido em; data de expedição; datum van afgifte; afgiftedatum; afgegeven op; data wydania; wydano; utfärdandedatum; utfärdad; utfärdad den; utstedelsesdato; utstedt; udstedelsesdato; udstedt; myöntämispäivä; myönnetty; datum vydání; vydáno",
      ),
    },
    {
      pointer: "/expiry_date",
      kind: "date",
      labels: wordings(
        "date of expiry; expiry date; expiration date; expires; exp; valid until; valid to; date of expiration; expires on; valid thru; card expires; valid through; expiry; gültig bis; ablaufdatum; gültigkeit; ablauf; gültig bis zum; date d'expiration; valable jusqu'au; expire le; date de validité; date de fin de validité; fin de validité; fecha de caducidad; válido hasta; fecha de vencimiento; validez; caducidad; fecha caducidad; data di scadenza; scadenza; valida fino al; valido fino al; data de validade; válido até; validade; geldig tot; vervaldatum; datum van verval; data ważności; ważny do; termin ważności; sista giltighetsdag; giltig till; giltig t.o.m.; gyldig til; utløpsdato; udløbsdato; udløber; viimeinen voimassaolopäivä; voimassa; platnost do; datum platnosti; platí do",
      ),
    },
    {
      pointer: "/personal_number",
      kind: "identifier",
      labels: wordings(
        "personal number; personal no; personal id number; national id; national identification number; national id number; identity number; identification number; personal identification number; social security number; persönliche nummer; identifikationsnummer; numéro personnel; n° personnel; numéro d'identification; numéro national; número personal; número de identificación; dni número; nif; codice fiscale; numero personale; número de identificação; nif; nº de identificação civil; persoonsnummer; bsn; burgerservicenummer; persoonlijk nummer; pesel; numer pesel; personnummer; fødselsnummer; cpr-nr; cpr-nummer; henkilötunnus; rodné číslo; personal code",
      ),
    },
    {
      pointer: "/address",
      kind: "address",
      labels: wordings(
        "address; residence; residential address; home address; permanent address; place of residence; domicile; adresse; anschrift; wohnort; wohnanschrift; domicile; adresse du titulaire; résidence; domicilio; dirección; residencia; residenza; indirizzo; indirizzo di residenza; morada; residência; endereço; adres; woonplaats; adres zameldowania; adress; bostadsadress; bopæl; bostedsadresse; osoite; kotiosoite; adresa; trvalý pobyt; bydliště",
      ),
    },
    {
      pointer: "/licence_classes",
      kind: "text",
      maxLength: 60,
      labels: wordings(
        "class; classes; categories; category; vehicle categories; licence class; license class; licence classes; vehicle class; entitlements; klassen; klasse; fahrerlaubnisklassen; führerscheinklassen; catégories; catégorie; catégories de véhicules; clases; clase; categorías; categorías de vehículos; permisos; categorie; categorie di veicoli; categorias; categorieën; rijbewijscategorieën; kategorie; kategorie prawa jazdy; behörighet; behörigheter; klasser; førerkortklasser; kategorier; kørekortkategorier; luokat; ajoneuvoluokat; skupiny; skupina; skupiny vozidel; cat",
      ),
    },
  ],
  rows: [],
};

export const idDocument = defineExtractor({
  kind: "id_document",
  version: 2,
  title: "Identity document",
  checks: ["mrz_checksum", "dates_in_order"],
  schema,
  required: ["/document_number"],
  draft: (reading) => readIdentity(reading, declares),
});
