import type { Country, Language } from "../locale.ts";
import type { Random } from "../random.ts";
import { coin } from "./names.ts";

const STREETS: Readonly<Record<Language, string>> = {
  en: "* Street|* Road|* Lane|* Avenue|* Close|* Court|* Way|* Drive|Upper * Street",
  de: "*straße|*weg|*allee|*platz|Am *berg|*gasse|Alte *straße",
  fr: "rue de *|avenue *|boulevard *|place du *|chemin de *|impasse *",
  es: "Calle *|Avenida de *|Plaza *|Paseo de *|Camino de *|C/ *",
  it: "Via *|Viale *|Piazza *|Corso *|Largo *",
  nl: "*straat|*weg|*laan|*plein|*kade|*gracht",
  pt: "Rua *|Avenida *|Praça *|Travessa *",
  pl: "ul. *|al. *|pl. *|os. *",
  sv: "*gatan|*vägen|*torget|*stigen",
  da: "*vej|*gade|*allé|*stræde",
  no: "*veien|*gata|*bakken|*svingen",
  fi: "*katu|*tie|*polku|*kuja",
  cs: "*ova|*ská|nám. *|U *",
};
const CITIES: Readonly<Record<Language, string>> = {
  en: "Brackwell Easterford Lowmarsh Harrowgate Millbrook Tidewater Ashcombe Kelso Norbury Westhaven Cedar-Falls Elkton Graysville",
  de: "Altenfurt Niederbach Großmünster Seelingen Kirchhausen Waldstetten Obernheim Lindau Rheinfeld Grünstadt Steinhöring",
  fr: "Vauxbourg Saint-Éloi Montreuil-le-Haut Chênevert Rochefontaine Villeneuve-sur-Lys Bellerive Champlonge",
  es: "Villarrubia Torrejuana Puentealto Almendral Valdeíñigo Castrofuerte Montesblancos Ciudadela",
  it: "Castelverde Montalto Pontevecchio Roccasecca Villafranca Borgomare",
  nl: "Oudewater Zandhoven Westerveld Molenbeek Hogerduin Steenwijk",
  pt: "Vila-Serena Montemor Ribeirão Aldeia-Nova Portela Campo-Maior",
  pl: "Białogóra Nowa-Wola Żelazków Krasnobród Łęczyca Dąbrówno",
  sv: "Åsboda Norrvik Västerlund Ekenäs Björkhaga Sölvesta",
  da: "Nørrevang Søby Åkirke Ørsted Vesterlund Bregnholt",
  no: "Nordvåg Fjellvik Øyestad Sandnes Bergsund Åsheim",
  fi: "Järvikylä Kivimaa Metsälahti Pohjanranta Äänekallio Sillanpää",
  cs: "Dolní-Lhota Březnice Červený-Hrad Nová-Říše Šumvald Židlochov",
};
const STEMS: Readonly<Record<Language, string>> = {
  en: "Foxglove Quarry Linden Chapel Harbour Orchard Station Granary Juniper Kestrel Mill Priory",
  de: "Linden Rosen Bahnhof Garten Schul Mühlen Birken Goethe Kirch Berg",
  fr: "Tilleul Moulin Verger Lavoir Fontaine Château Marché Tanneurs",
  es: "Olivares Molino Fuente Naranjos Mayor Robles Estación Puerto",
  it: "Garibaldi Tigli Mulini Roma Fontane Ulivi Stazione",
  nl: "Linden Molen Kerk Haven School Berken Wilhelmina",
  pt: "Oliveiras Moinho Fonte Estação Liberdade Flores",
  pl: "Lipowa Kwiatowa Młyńska Szkolna Ogrodowa Dębowa Różana",
  sv: "Björk Kvarn Skol Kyrko Hamn Ängs",
  da: "Birke Mølle Skole Kirke Havne Enge",
  no: "Bjørke Mølle Skole Kirke Havne Eng",
  fi: "Koivu Mylly Koulu Kirkko Satama Niitty",
  cs: "Lipov Mlýn Školn Zahradn Květinov Lesn",
};

export interface Address {
  readonly street: string;
  readonly town: string;
  readonly city: string;
  /** The lines as printed, the country last when it is printed. */
  readonly lines: readonly string[];
}

export function drawCity(language: Language, random: Random): string {
  const known = random.pick(CITIES[language].split(" ")).replaceAll("-", language === "fr" ? "-" : " ");
  return random.chance(0.25) ? coin(random) : known;
}

/** A postal address in its country's order. */
export function drawAddress(country: Country, random: Random, withCountry = random.chance(0.3)): Address {
  const { language } = country;
  const stem = random.chance(0.4) ? coin(random) : random.pick(STEMS[language].split(" "));
  const inside = random.pick(STREETS[language].split("|"));
  const name = inside.replace("*", stem);
  const number = `${random.int(1, 240)}${random.chance(0.12) ? random.pick(["a", "b", "c"]) : ""}`;
  const street = country.street.replace(/[SN]/gu, (mark) => (mark === "S" ? name : number));
  const city = drawCity(language, random);
  const postcode = random.pattern(country.postcode);
  const state = random.pick(
    country.code === "CA" ? ["ON", "BC", "QC", "AB"] : ["OH", "TX", "CA", "NY", "WA"],
  );
  const town = country.town.replace(/@@|[PC](?!\.)/gu, (mark) =>
    mark === "@@" ? state : mark === "P" ? postcode : city,
  );
  const suite = random.chance(0.12) && language === "en" ? [`Suite ${random.int(2, 480)}`] : [];
  const lines = [street, ...suite, town, ...(withCountry ? [country.name] : [])];
  return { street, town, city, lines };
}
