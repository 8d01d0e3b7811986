import type { Block, Pair } from "../content.ts";
import { addDays } from "../locale.ts";
import type { Scene } from "../scene.ts";
import type { Wording } from "../wording.ts";
import { FORM_FIELDS, FORMS, QUESTIONS, SECTIONS } from "../words/forms.ts";
import { drawPerson } from "../words/names.ts";
import { drawAddress, drawCity } from "../words/places.ts";
import { FOUR_LANGUAGES, finish } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

export const form: KindSpec = {
  type: "form",
  languages: FOUR_LANGUAGES,
  form: "page",
  draw: (scene) => {
    const { house, truth } = scene;
    const office = scene.company(house);
    const title = scene.word(FORMS);
    truth.set("/form_title", title);
    const id = house.pattern(house.pick(["Form @@-###", "@##/##", "No. ####", "@@@-##"]));
    const identified = house.chance(0.6);
    if (identified) truth.set("/form_id", id.replace(/^(Form|No\.) /u, ""));
    const keys = house.some(Object.keys(FORM_FIELDS) as (keyof typeof FORM_FIELDS)[], house.int(7, 14));
    const pairs = keys.map((key, index) => fieldOf(scene, key, index));
    const half = Math.ceil(pairs.length / 2);
    const sections = house.some(scene.word(SECTIONS).split(";"), 2);
    const mark = house.pick(["Part {n}: ", "{n}. ", "", "Section {n} – "]);
    const blocks: Block[] = [pairs.slice(0, half), pairs.slice(half)].map((own, index) => ({
      kind: "pairs",
      heading: `${scene.language === "en" ? mark.replace("{n}", String(index + 1)) : ""}${sections[index] ?? ""}`,
      pairs: own,
    }));
    if (house.chance(0.6)) blocks.push(boxesOf(scene, pairs.length));
    const head = { name: office.name, address: house.chance(0.5) ? office.address : [], contacts: [] };
    const facts = identified ? [{ label: "", value: id }] : [];
    const signed = house.chance(0.5)
      ? [{ kind: "signatures", names: [scene.word(FORM_FIELDS.signature)] } as const]
      : [];
    return finish(scene, office.name, {
      title,
      letterhead: head,
      facts,
      parties: [],
      blocks: [...blocks, ...signed],
    });
  },
};

function fieldOf(scene: Scene, key: keyof typeof FORM_FIELDS, index: number): Pair {
  const label = scene.label(FORM_FIELDS[key]);
  const value = valueOf(scene, key);
  const plain = label.replace(/ ?[:.]$/u, "");
  scene.truth.set(`/fields/${index}/label`, plain);
  scene.truth.set(`/fields/${index}/value`, value);
  return { label, value };
}

function valueOf(scene: Scene, key: keyof typeof FORM_FIELDS): string {
  const { random, language, country } = scene;
  const person = drawPerson(language, random);
  const values: Record<keyof typeof FORM_FIELDS, () => string> = {
    surname: () => person.surname,
    given: () => person.given,
    birth: () => scene.date(addDays(scene.day(), -random.int(7_000, 25_000))),
    place: () => drawCity(language, random),
    address: () => drawAddress(country, random, false).lines.join(", "),
    phone: () => random.pattern(country.phone),
    email: () =>
      `${person.given
        .toLowerCase()
        .normalize("NFD")
        .replaceAll(/[^a-z]/gu, "")}@${drawCity("en", random).toLowerCase().replaceAll(" ", "")}.example`,
    occupation: () => random.pick(scene.word(OCCUPATIONS).split(";")),
    employer: () => scene.company(random).name,
    income: () => scene.money(random.int(1_200_000, 9_000_000)),
    number: () => random.pattern("###-##-####"),
    start: () => scene.date(scene.day()),
    children: () => String(random.int(0, 5)),
    contact: () => person.name,
    account: () => scene.iban(random),
    reason: () => random.pick(scene.word(REASONS).split(";")),
    signature: () => person.name,
  };
  return values[key]();
}

const OCCUPATIONS: Wording = {
  en: "Teacher;Electrician;Farmer;Clerk;Pharmacist",
  de: "Lehrerin;Elektriker;Landwirt;Angestellte",
  fr: "Enseignant;Électricien;Agriculteur;Employée",
  es: "Profesora;Electricista;Agricultor;Empleada",
};
const REASONS: Wording = {
  en: "Change of address;First application;Renewal;Lost card",
  de: "Umzug;Erstantrag;Verlängerung;Verlust",
  fr: "Changement d'adresse;Première demande;Renouvellement",
  es: "Cambio de domicilio;Primera solicitud;Renovación",
};

/** Boxes to tick: what is ticked carries a mark. */
function boxesOf(scene: Scene, from: number): Block {
  const { house, random, truth } = scene;
  const [on, off] = house.pick([
    ["[X]", "[ ]"],
    ["[x]", "[ ]"],
    ["(X)", "( )"],
  ] as const);
  const items = house.some(scene.word(QUESTIONS).split(";"), house.int(2, 4)).map((question, index) => {
    const checked = random.chance(0.5);
    truth.set(`/fields/${from + index}/label`, question);
    truth.set(`/fields/${from + index}/value`, checked ? "selected" : "unselected", question);
    truth.set(`/fields/${from + index}/checked`, checked, question);
    return `${checked ? on : off} ${question}`;
  });
  return { kind: "list", items };
}
