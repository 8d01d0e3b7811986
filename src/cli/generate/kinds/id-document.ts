import type { Pair } from "../content.ts";
import { addDays } from "../locale.ts";
import type { Scene } from "../scene.ts";
import type { Wording } from "../wording.ts";
import { drawPerson } from "../words/names.ts";
import { drawAddress, drawCity } from "../words/places.ts";
import { FOUR_LANGUAGES, finish, optional } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

const TITLES: Record<"passport" | "identity_card" | "driving_licence" | "residence_permit", Wording> = {
  passport: { en: "PASSPORT||TRAVEL DOCUMENT PASSPORT", de: "REISEPASS", fr: "PASSEPORT", es: "PASAPORTE" },
  identity_card: {
    en: "IDENTITY CARD|NATIONAL IDENTITY CARD||CITIZEN CARD",
    de: "PERSONALAUSWEIS||IDENTITÄTSKARTE",
    fr: "CARTE NATIONALE D'IDENTITÉ||CARTE D'IDENTITÉ",
    es: "DOCUMENTO NACIONAL DE IDENTIDAD||CÉDULA DE IDENTIDAD",
  },
  driving_licence: {
    en: "DRIVING LICENCE|DRIVER LICENSE||OPERATOR LICENSE",
    de: "FÜHRERSCHEIN",
    fr: "PERMIS DE CONDUIRE",
    es: "PERMISO DE CONDUCCIÓN||LICENCIA DE CONDUCIR",
  },
  residence_permit: {
    en: "RESIDENCE PERMIT||PERMIT TO STAY",
    de: "AUFENTHALTSTITEL",
    fr: "TITRE DE SÉJOUR||CARTE DE RÉSIDENT",
    es: "PERMISO DE RESIDENCIA||TARJETA DE RESIDENCIA",
  },
};
const W = {
  number: {
    en: "Document No.|Passport No.|Card number|Licence No.||No.|Serial|ID Number|DL",
    de: "Dokumentennummer|Ausweisnummer|Pass-Nr.||Nr.|Seriennummer",
    fr: "N° du document|Passeport N°|N°||Numéro de la carte",
    es: "Número de documento|Nº de documento|Pasaporte Nº||Nº|Núm. soporte",
  },
  surname: {
    en: "Surname|Last name|Family name||LN|Name(s) of family|Primary identifier",
    de: "Name|Familienname||Zuname",
    fr: "Nom|Nom de famille||Nom usuel",
    es: "Apellidos||Primer apellido",
  },
  given: {
    en: "Given names|First name|Forenames||FN|Other names|Secondary identifier",
    de: "Vornamen|Vorname||Rufname",
    fr: "Prénoms|Prénom(s)||Prénom usuel",
    es: "Nombre|Nombres||Nombre de pila",
  },
  birth: {
    en: "Date of birth|DOB|Birth date||Born on|BD",
    de: "Geburtsdatum|Geburtstag||Geboren am",
    fr: "Date de naissance|Né(e) le||Naissance",
    es: "Fecha de nacimiento||Nacido el",
  },
  place: {
    en: "Place of birth||Birthplace|Born at",
    de: "Geburtsort||Geboren in",
    fr: "Lieu de naissance||à",
    es: "Lugar de nacimiento||Nacido en",
  },
  sex: { en: "Sex||Gender", de: "Geschlecht", fr: "Sexe", es: "Sexo" },
  nationality: {
    en: "Nationality|Citizenship||National of",
    de: "Staatsangehörigkeit|Nationalität||Staatsbürger von",
    fr: "Nationalité",
    es: "Nacionalidad",
  },
  nationalities: {
    en: "British Citizen|United States of America|Irish|Canadian|AUSTRALIAN",
    de: "DEUTSCH|ÖSTERREICH|Schweiz",
    fr: "Française|Belge",
    es: "ESPAÑOLA|ESP|MEXICANA",
  },
  authority: {
    en: "Authority|Issuing authority|Issued by||Issued at|Office of issue",
    de: "Behörde|Ausstellende Behörde||Ausgestellt durch",
    fr: "Autorité|Délivré par||Préfecture",
    es: "Autoridad|Expedido por||Oficina expedidora",
  },
  authorities: {
    en: "HM Passport Office|Department of State|DVLA|Secretary of State|Registrar *",
    de: "Stadt *|Landratsamt *|Bürgeramt *",
    fr: "Préfecture de *|Mairie de *",
    es: "Comisaría de *|Jefatura de *",
  },
  issued: {
    en: "Date of issue|Issue date|Issued||ISS|Given on",
    de: "Ausstellungsdatum|Ausgestellt am||Datum der Ausgabe",
    fr: "Date de délivrance|Délivré le||Émis le",
    es: "Fecha de expedición|Expedido el||Emisión",
  },
  expires: {
    en: "Date of expiry|Expiry date|Expires|Valid until||EXP|Good through|Not valid after",
    de: "Gültig bis|Ablaufdatum||Datum des Ablaufs",
    fr: "Date d'expiration|Valable jusqu'au||Expire le",
    es: "Fecha de caducidad|Válido hasta||Caducidad",
  },
  personal: {
    en: "Personal No.|National ID number||Personal identifier|Citizen no.",
    de: "Persönliche Nummer||Kennnummer",
    fr: "Numéro personnel||Identifiant",
    es: "DNI|Número personal||NIE",
  },
  address: {
    en: "Address|Residence||Lives at",
    de: "Anschrift|Wohnort||Adresse",
    fr: "Adresse|Domicile",
    es: "Domicilio||Dirección",
  },
  classes: {
    en: "Categories|Class||Entitled to drive",
    de: "Klassen",
    fr: "Catégories",
    es: "Clases||Permisos",
  },
} satisfies Record<string, Wording>;

const STATES: Readonly<Record<string, [name: string, code: string]>> = {
  GB: ["United Kingdom", "GBR"],
  US: ["United States of America", "USA"],
  IE: ["Ireland", "IRL"],
  AU: ["Australia", "AUS"],
  CA: ["Canada", "CAN"],
  DE: ["Bundesrepublik Deutschland", "D"],
  AT: ["Republik Österreich", "AUT"],
  CH: ["Schweiz", "CHE"],
  FR: ["République française", "FRA"],
  BE: ["Royaume de Belgique", "BEL"],
  ES: ["España", "ESP"],
  MX: ["Estados Unidos Mexicanos", "MEX"],
};

export const idDocument: KindSpec = {
  type: "id_document",
  languages: FOUR_LANGUAGES,
  form: "card",
  draw: (scene) => {
    const { house, truth } = scene;
    const kind = house.pick(["passport", "identity_card", "driving_licence", "residence_permit"] as const);
    const [state, code] = STATES[scene.country.code] ?? ["Utopia", "UTO"];
    const title = scene.word(TITLES[kind]);
    truth.set("/document_kind", kind, title);
    truth.set("/issuing_country", state);
    const { facts, zone } = drawHolder(scene, kind, code);
    const blocks = zone === "" ? [] : [{ kind: "small", text: zone } as const];
    if (zone !== "") truth.set("/machine_readable_zone", zone);
    return finish(scene, state, {
      title,
      letterhead: { name: state, address: [], contacts: [] },
      facts,
      parties: [],
      blocks,
      footer: [],
    });
  },
};

type CardKind = keyof typeof TITLES;

function drawHolder(scene: Scene, kind: CardKind, code: string): { facts: Pair[]; zone: string } {
  const { house, random, language, country } = scene;
  const { given, surname } = drawPerson(language, random);
  const middle = random.chance(0.4) ? ` ${drawPerson(language, random).given}` : "";
  const upper = house.chance(0.6);
  const cased = (text: string): string => (upper ? text.toLocaleUpperCase(language) : text);
  const issued = scene.day();
  const expires = `${Number(issued.slice(0, 4)) + house.pick([5, 10])}${issued.slice(4).replace("-02-29", "-02-28")}`;
  const born = addDays(issued, -random.int(6_600, 26_000));
  const number = random.pattern(house.pick(["@########", "#########", "@@#######", "L##@##@##"]));
  const sex = random.pick(["F", "M"]);
  const numbered = (pair: Pair, mark: string): Pair =>
    kind === "driving_licence" && house.chance(0.5) ? { ...pair, label: `${mark} ${pair.label}` } : pair;
  const address = drawAddress(country, random, false).lines.join(", ");
  const city = drawCity(language, random);
  const facts: Pair[] = [
    numbered(scene.pair("/surname", W.surname, cased(surname)), "1."),
    numbered(scene.pair("/given_names", W.given, cased(given + middle)), "2."),
    scene.datePair("/date_of_birth", W.birth, born),
    ...optional(scene, 0.6, () => scene.pair("/place_of_birth", W.place, cased(city))),
    ...optional(scene, 0.6, () => scene.pair("/sex", W.sex, sex, sex === "F" ? "female" : "male")),
    ...(kind === "driving_licence"
      ? []
      : [scene.pair("/nationality", W.nationality, scene.word(W.nationalities))]),
    ...optional(scene, 0.7, () => scene.datePair("/issue_date", W.issued, issued)),
    scene.datePair("/expiry_date", W.expires, expires),
    ...optional(scene, 0.6, () =>
      scene.pair(
        "/issuing_authority",
        W.authority,
        scene.word(W.authorities).replace("*", drawCity(language, house)),
      ),
    ),
    ...optional(scene, 0.25, () => scene.pair("/personal_number", W.personal, random.digits(10))),
    ...(kind === "driving_licence" || house.chance(0.25) ? [scene.pair("/address", W.address, address)] : []),
    ...(kind === "driving_licence"
      ? [scene.pair("/licence_classes", W.classes, random.pick(["B", "A, B", "AM, B, BE", "B, C1", "D"]))]
      : []),
  ];
  const own = scene.pair("/document_number", W.number, number);
  const ordered = house.chance(0.5) ? [own, ...facts] : [...facts, own];
  const zone =
    kind === "driving_licence" || !house.chance(0.65)
      ? ""
      : zoneOf(kind, { code, surname, given: given + middle, number, born, expires, sex });
  return { facts: ordered, zone };
}

/** The machine-readable zone with its check digits (ICAO 9303, parts 4 and 5). */
function zoneOf(
  kind: CardKind,
  holder: Readonly<Record<"code" | "surname" | "given" | "number" | "born" | "expires" | "sex", string>>,
): string {
  const plain = (text: string): string =>
    text
      .replaceAll("ß", "ss")
      .normalize("NFD")
      .replaceAll("Ł", "L")
      .replaceAll("ł", "l")
      .replaceAll(/[^A-Za-z]+/gu, (mark) => (/^[\u0300-\u036f]+$/u.test(mark) ? "" : "<"))
      .toUpperCase();
  const short = (iso: string): string => iso.replaceAll("-", "").slice(2);
  const name = `${plain(holder.surname)}<<${plain(holder.given)}`;
  const number = holder.number.padEnd(9, "<");
  const code = holder.code.padEnd(3, "<");
  const dates = `${short(holder.born)}${check(short(holder.born))}${holder.sex}${short(holder.expires)}${check(short(holder.expires))}`;
  if (kind === "passport") {
    const second = `${number}${check(number)}${code}${dates}${"<".repeat(14)}0`;
    const whole = check(
      number + check(number) + short(holder.born) + check(short(holder.born)) + second.slice(21, 43),
    );
    return `${`P<${code}${name}`.padEnd(44, "<").slice(0, 44)}\n${second}${whole}`;
  }
  const first = `I<${code}${number}${check(number)}`.padEnd(30, "<");
  const middle = dates.slice(0, 15) + code;
  const second = middle.padEnd(29, "<");
  const whole = check(first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29));
  return `${first}\n${second}${whole}\n${name.padEnd(30, "<").slice(0, 30)}`;
}

function check(text: string): string {
  const weights = [7, 3, 1];
  let sum = 0;
  Array.from(text).forEach((character, index) => {
    const value = character === "<" ? 0 : Number.parseInt(character, 36);
    sum += value * (weights[index % 3] ?? 1);
  });
  return String(sum % 10);
}
