import type { Language } from "../locale.ts";
import type { Random } from "../random.ts";

const GIVEN: Readonly<Record<Language, string>> = {
  en: "Amelia Oliver Grace Harold Imogen Desmond Beatrice Calvin Rosalind Terrence Maya Dwight Philippa Jerome Nadia Winston Tamsin Clifford Leona Marcus Gwen Russell",
  de: "Annegret Jürgen Heike Torsten Ulrike Matthias Käthe Rüdiger Silke Günther Mareike Holger Birgit Detlef Franziska Jörg Lotte Bernd",
  fr: "Amélie Gérard Clémence Thierry Solène Rémi Aurélie Benoît Élodie Fabrice Margaux Yannick Océane Ghislain Capucine Loïc",
  es: "Begoña Joaquín Inés Rodrigo Lucía Álvaro Pilar Ignacio Noelia Ramón Ximena Gonzalo Rocío Íñigo Marisol Héctor",
  it: "Giulia Lorenzo Chiara Ettore Federica Matteo Ornella Saverio Ilaria Corrado Nicolò Ginevra",
  nl: "Marieke Joost Femke Wouter Anouk Sjoerd Lieke Pieter Roos Diederik Saskia Gijs",
  pt: "Beatriz João Inês Duarte Conceição Tiago Margarida Gonçalo Leonor Vasco Simão Íris",
  pl: "Agnieszka Łukasz Małgorzata Zbigniew Żaneta Paweł Bożena Stanisław Iwona Grzegorz",
  sv: "Åsa Björn Linnea Göran Maj-Britt Håkan Elsa Torbjörn Ebba Örjan",
  da: "Kirsten Søren Mette Jørgen Signe Asger Bodil Rasmus Åse Troels",
  no: "Ingrid Øyvind Solveig Håvard Ragnhild Sverre Turid Eirik Åshild Terje",
  fi: "Aino Väinö Päivi Jukka Sirpa Timo Marjatta Eero Outi Seppo",
  cs: "Zdeňka Jiří Lenka Tomáš Věra Ondřej Šárka Vojtěch Blažena Matěj",
};
const SURNAME: Readonly<Record<Language, string>> = {
  en: "Hathersage Pemberwick Oakhurst Stanbridge Thornley Crowther Lockwood Ashdown Mercer Radcliffe Holloway Whitcombe Drayton Farrow Kingsley Bancroft Eastgate Norwood",
  de: "Brückner Hölzle Sauerland Wendehorst Kleinschmidt Pfefferkorn Eisenbach Lindwurm Achterberg Voßkuhle Mühlbauer Grünwald Rothenstein Zellweger",
  fr: "Beauchêne Delacourt Montfermeil Villedieu Lefèvre Charbonneau Duquesne Rocheblave Saint-Amand Garrigue Pelletier Boissière",
  es: "Echevarría Montalbán Quiñones Villaseñor Carrasco Izquierdo Zamorano Peñalver Arizmendi Robledo Cifuentes Lozano",
  it: "Bellandi Cavalcanti Montefusco Fiorentini Scarlatti Passerini Guicciardi Dell'Acqua Tornabuoni Malaspina",
  nl: "Van Dijkstra Hoogland Zonneveld De Graaf Oosterhuis Verhoeven Van der Weide Schoonhoven Bruinsma Kloosterman",
  pt: "Figueiredo Vasconcelos Magalhães Teixeira Guimarães Nogueira Assunção Brandão Coutinho Queirós",
  pl: "Wróblewski Ostrowski Kędzierski Zającki Brzeziński Dąbrowa Gołębiowski Świątek Jędrzejczak Młynarski",
  sv: "Lindqvist Bergström Åkerlund Sjöholm Nordenskär Hällgren Östervall Rönnbäck Wikland Dahlgren",
  da: "Østergaard Kjærsgård Mølholm Søndergaard Vestergaard Bækgaard Nørholm Thorsager Rønnow Lindegård",
  no: "Haugland Bjørnstad Sørlie Nygård Tveit Ødegaard Fjellheim Strømme Brekke Aasland",
  fi: "Lähteenmäki Korhonen Hämäläinen Järvenpää Mäkelä Niemistö Ruohonen Töyrylä Vuorela Salmela",
  cs: "Dvořáček Černohorský Říhová Šimůnek Kučerka Vondráček Hřebíček Zátopek Svěrák Němeček",
};
const ONSETS = "b br c cl d dr f fl g gr h j k kl l m n p pr qu r s st t tr v w z".split(" ");
const VOWELS = "a e i o u ai ea io".split(" ");
const CODAS = ["", "", "n", "r", "l", "s", "x", "m", "ck", "nd", "rt"];

/** A word that is in no list: two or three made-up syllables. */
export function coin(random: Random): string {
  const syllables = Array.from({ length: random.int(2, 3) }, () => random.pick(ONSETS) + random.pick(VOWELS));
  const word = syllables.join("") + random.pick(CODAS);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export interface Person {
  readonly given: string;
  readonly surname: string;
  readonly name: string;
}

/** A person's name; some surnames are made up, so that no list can hold them all. */
export function drawPerson(language: Language, random: Random): Person {
  const given = random.pick(GIVEN[language].split(" "));
  const listed = SURNAME[language].split(/ (?!Dijkstra|Graaf|der|Weide)/u);
  const surname = random.chance(0.3) ? coin(random) : random.pick(listed);
  return { given, surname, name: `${given} ${surname}` };
}

const TRADES: Readonly<Record<Language, string>> = {
  en: "Timber|Logistics|Print Works|Foods|Instruments|Textiles|Ceramics|Packaging|Software|Catering|Marine Supplies|Electrical|Consulting|Gardens|Motors|Stationers|Fasteners|Bearings|Optics|Roasters",
  de: "Holzbau|Logistik|Druckerei|Feinkost|Messtechnik|Textil|Keramik|Verpackungen|Software|Elektrotechnik|Sanitär|Gartenbau|Fahrzeugteile|Bürobedarf|Maschinenbau|Beratung",
  fr: "Menuiserie|Transports|Imprimerie|Traiteur|Instruments|Textiles|Céramique|Emballages|Informatique|Électricité|Conseil|Jardins|Automobiles|Papeterie",
  es: "Maderas|Transportes|Imprenta|Alimentos|Instrumentos|Textiles|Cerámica|Envases|Informática|Electricidad|Asesores|Jardines|Recambios|Papelería",
  it: "Legnami|Trasporti|Tipografia|Alimentari|Strumenti|Tessuti|Ceramiche|Imballaggi|Informatica|Impianti|Consulenze|Ricambi",
  nl: "Houthandel|Transport|Drukkerij|Delicatessen|Meettechniek|Textiel|Keramiek|Verpakkingen|Automatisering|Installaties|Advies",
  pt: "Madeiras|Transportes|Gráfica|Alimentos|Instrumentos|Têxteis|Cerâmica|Embalagens|Informática|Consultoria",
  pl: "Drewno|Logistyka|Drukarnia|Spożywcze|Przyrządy|Tekstylia|Ceramika|Opakowania|Oprogramowanie|Doradztwo",
  sv: "Trävaror|Logistik|Tryckeri|Livsmedel|Instrument|Textil|Keramik|Förpackningar|Data|Elteknik",
  da: "Trælast|Transport|Trykkeri|Fødevarer|Instrumenter|Tekstil|Keramik|Emballage|Data|Rådgivning",
  no: "Trelast|Transport|Trykkeri|Mat|Instrumenter|Tekstil|Keramikk|Emballasje|Data|Rådgivning",
  fi: "Puutavara|Kuljetus|Kirjapaino|Ruoka|Mittalaite|Tekstiili|Keramiikka|Pakkaus|Tieto|Sähkö",
  cs: "Dřevo|Doprava|Tiskárna|Potraviny|Přístroje|Textil|Keramika|Obaly|Software|Poradenství",
};

/** A company's name with or without its legal form. */
export function drawCompany(language: Language, forms: readonly string[], random: Random): string {
  const trade = random.pick(TRADES[language].split("|"));
  const first = random.chance(0.55) ? coin(random) : drawPerson(language, random).surname;
  const shape = random.int(0, 5);
  const form = random.pick(forms);
  if (shape === 0) return `${first} & ${coin(random)} ${form}`;
  if (shape === 1) return `${first} ${trade}`;
  if (shape === 2) return `${first} ${form}`;
  return `${first} ${trade} ${form}`;
}
