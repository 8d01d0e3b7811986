/**
 * What elements of XML and keys of JSON are called that hold a party or tell of one, in the languages that schemas are
 * written in. Folded words; a name in camel case or with underscores is split into its words before it is looked up.
 */

/** Words of an element that holds what belongs to one party. */
export const PARTY_WORDS = {
  issuer:
    "seller supplier vendor issuer biller sender lieferant verkaufer rechnungssteller absender emetteur fournisseur vendeur proveedor vendedor emisor fornitore cedente prestatore venditore fornecedor emitente leverancier verkoper leverantor saljare leverandor saelger toimittaja myyja dostawca sprzedawca dodavatel prodavajici",
  addressee:
    "buyer customer client recipient billto soldto invoicee purchaser kunde kaufer rechnungsempfanger empfanger auftraggeber besteller acheteur destinataire cliente comprador receptor destinatario acquirente cessionario committente klant koper afnemer kund kopare kunden asiakas ostaja nabywca odbiorca odberatel kupujici",
  delivery:
    "shipto deliverto deliveryto delivery consignee lieferadresse lieferanschrift livraison entrega consegna levering leverans",
} as const;

/** Elements inside a party's that tell of a person in it or of somebody else, not of the party's name. */
export const OTHERS_WORDS = new Set(
  "contact contactpoint person ansprechpartner kontakt contacto contatto contactpersoon agent bank account payee payment representative line item items position positionen lines ligne lignes".split(
    " ",
  ),
);

/** What the value is, by the words of its name joined. */
export const DETAIL_NAMES = {
  name: "name companyname company partyname organisationname organizationname legalname registrationname fullname businessname displayname firma firmenname unternehmen nom raisonsociale denomination societe nombre razonsocial denominacion nome denominazione ragionesociale razaosocial naam bedrijfsnaam namn foretagsnamn navn firmanavn nimi nazwa nazev",
  street:
    "street streetname street1 street2 address1 address2 address3 addressline addressline1 addressline2 addressline3 line1 line2 line3 lineone linetwo linethree strasse strassehausnummer hausnummer housenumber buildingnumber additionalstreetname rue voie adresse1 adresse2 calle direccion indirizzo via numerocivico rua morada straat huisnummer gata gatuadress gade vej katu ulica ulice",
  address:
    "address postaladdress fulladdress adresse anschrift direccioncompleta adres adress osoite adresa endereco",
  code: "postcode postalcode postalzone zip zipcode plz postleitzahl codepostal cp codigopostal cap postnummer postnr postinumero kodpocztowy psc",
  city: "city cityname town ort stadt ville commune ciudad poblacion localidad comune citta cidade localidade plaats stad stadort by kaupunki miasto mesto",
  region: "state region province provincia bundesland countrysubentity county departement estado",
  country:
    "country countrycode countryname land landeskennung pays codepays pais nazione paese codigopais landcode maa kraj zeme",
  email: "email emailaddress mail electronicmail courriel correo correoelectronico epost sahkoposti",
  phone:
    "phone phonenumber telephone tel telefon telefonnummer telefono telefone telefoon mobile mobil puhelin",
  website: "website web url homepage websiteuri internet siteweb sitioweb sitoweb",
  tax_id:
    "vat vatid vatnumber vatno vatidentifier vatregistrationnumber taxid taxnumber taxregistrationnumber taxidentifier ustid ustidnr umsatzsteuerid umsatzsteueridentnummer steuernummer numtva numerotva tva tvaintracommunautaire nif cif nifcif partitaiva piva idfiscaleiva codicefiscale nipc contribuinte btwnummer btw momsnr momsregnr cvr alvnumero nip dic ein abn gstin gst gstnumber",
  registration_number:
    "companyid registrationnumber companynumber registrationno companyregistrationnumber legalregistrationidentifier handelsregister hrb hrnummer siren siret rcs rea kvk kvknummer orgnr organisationsnummer ytunnus krs ico",
} as const;
export type RecordDetail = keyof typeof DETAIL_NAMES;
