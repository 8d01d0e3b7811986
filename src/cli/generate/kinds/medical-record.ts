import type { Block, Column, Pair } from "../content.ts";
import { addDays } from "../locale.ts";
import type { Scene } from "../scene.ts";
import type { Wording } from "../wording.ts";
import { drawPerson } from "../words/names.ts";
import { drawCity } from "../words/places.ts";
import {
  ALLERGIES,
  COMPLAINTS,
  COURSES,
  DIAGNOSES,
  DOSES,
  FACILITIES,
  FREQUENCIES,
  LABELS as W,
  MEDICINES,
  PROCEDURES,
  TESTS,
} from "../words/medicine.ts";
import { FOUR_LANGUAGES, finish, optional } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

export const medicalRecord: KindSpec = {
  type: "medical_record",
  languages: FOUR_LANGUAGES,
  form: "page",
  draw: (scene) => {
    const { house, random, truth, language } = scene;
    const facility = {
      ...scene.company(house),
      name: house.pick(listOf(FACILITIES, scene)).replace("*", drawCity(language, house)),
    };
    truth.set("/facility", facility.name);
    const letterhead = {
      name: facility.name,
      address: facility.address,
      contacts: house.chance(0.7) ? [`Tel. ${facility.phone}`] : [],
    };
    const person = drawPatient(scene);
    const visit = scene.day();
    const facts = [
      scene.datePair("/encounter_date", W.encounter, visit),
      ...optional(scene, 0.4, () =>
        scene.datePair("/discharge_date", W.discharge, addDays(visit, random.int(1, 12))),
      ),
      ...optional(scene, 0.8, () =>
        scene.pair(
          "/provider",
          W.provider,
          `${house.pick(["Dr.", "Dr. med.", "Dr."])} ${drawPerson(language, random).name}`,
        ),
      ),
      ...optional(scene, 0.5, () =>
        scene.pair("/chief_complaint", W.complaint, random.pick(listOf(COMPLAINTS, scene))),
      ),
    ];
    const sections = [drawDiagnoses, drawMedicines, drawLists, drawVitals, drawLabs].flatMap((draw) =>
      house.chance(0.62) ? draw(scene) : [],
    );
    const body = sections.length > 0 ? sections : drawDiagnoses(scene);
    const course: Block = {
      kind: "prose",
      heading: scene.word(W.course),
      paragraphs: [random.some(listOf(COURSES, scene), random.int(1, 3)).join(" ")],
    };
    const blocks: Block[] = [
      { kind: "pairs", pairs: person },
      ...house.shuffle(body),
      ...(house.chance(0.6) ? [course] : []),
    ];
    return finish(scene, facility.name, {
      title: scene.word(W.title),
      letterhead,
      facts,
      parties: [],
      blocks,
    });
  },
};

function listOf(list: Wording, scene: Scene): string[] {
  return (list[scene.language] ?? list.en ?? "").split("|");
}

function drawPatient(scene: Scene): Pair[] {
  const { house, random, truth } = scene;
  const person = scene.person(random);
  const born = addDays(scene.day(), -random.int(7_000, 30_000));
  const [surname, given] = [person.name.split(" ").slice(1).join(" "), person.name.split(" ")[0] ?? ""];
  const name = house.chance(0.25) ? `${surname}, ${given}` : person.name;
  const [female = "", male = ""] = scene.word(W.sexes).split("/");
  const sex = random.pick(["female", "male"]);
  return [
    scene.pair("/patient/name", W.patient, name),
    scene.datePair("/patient/date_of_birth", W.birth, born),
    ...optional(scene, 0.6, () => scene.pair("/patient/sex", W.sex, sex === "female" ? female : male, sex)),
    ...optional(scene, 0.7, () =>
      scene.pair(
        "/patient/record_number",
        W.record,
        random.pattern(house.pick(["#######", "@######", "##-####-#", "H########"])),
      ),
    ),
    ...optional(scene, 0.35, () => {
      truth.set("/patient/address", person.address.join(", "));
      return scene.extra(W.address, person.address.join(", "));
    }),
    ...optional(scene, 0.25, () => scene.pair("/patient/phone", W.phone, person.phone)),
  ];
}

function drawDiagnoses(scene: Scene): Block[] {
  const { house, random, truth } = scene;
  const coded = house.pick(["table", "behind", "none"] as const);
  const found = random.some(listOf(DIAGNOSES, scene), random.int(1, 3)).map((text) => text.split("="));
  found.forEach(([text = "", code = ""], index) => {
    truth.set(`/diagnoses/${index}/text`, text);
    if (coded !== "none") truth.set(`/diagnoses/${index}/icd10`, code);
  });
  const heading = scene.word(W.diagnoses);
  const number = house.pick(["{n}. ", "- ", "• ", ""]);
  if (coded === "table") {
    const columns: Column[] = [
      { title: scene.word(W.code), align: "left", weight: 0.4 },
      { title: heading, align: "left", weight: 3 },
    ];
    return [{ kind: "table", columns, rows: found.map(([text = "", code = ""]) => [code, text]) }];
  }
  const items = found.map(
    ([text = "", code = ""], index) =>
      `${number.replace("{n}", String(index + 1))}${text}${coded === "behind" ? ` (${code})` : ""}`,
  );
  return [{ kind: "list", heading, items }];
}

function drawMedicines(scene: Scene): Block[] {
  const { house, random, truth } = scene;
  const table = house.chance(0.6);
  const comma = house.pick([",", ""]);
  const found = random
    .some(MEDICINES, random.int(1, 5))
    .map((name) => ({ name, dose: random.pick(DOSES), frequency: random.pick(listOf(FREQUENCIES, scene)) }));
  found.forEach(({ name, dose, frequency }, index) => {
    truth.set(`/medications/${index}/name`, name);
    truth.set(`/medications/${index}/dose`, dose);
    truth.set(`/medications/${index}/frequency`, frequency);
  });
  const heading = scene.word(W.medications);
  if (!table)
    return [
      {
        kind: "list",
        heading,
        items: found.map(({ name, dose, frequency }) => `${name} ${dose}${comma} ${frequency}`),
      },
    ];
  const columns = [W.drug, W.dose, W.frequency].map((wording): Column => ({
    title: scene.word(wording),
    align: "left",
    weight: 1,
  }));
  return [
    {
      kind: "table",
      heading,
      columns,
      rows: found.map(({ name, dose, frequency }) => [name, dose, frequency]),
    },
  ];
}

function drawLists(scene: Scene): Block[] {
  const { house, random, truth } = scene;
  const list = (pointer: string, wording: Wording, items: readonly string[]): Block => {
    items.forEach((item, index) => truth.set(`${pointer}/${index}`, item));
    return house.chance(0.5)
      ? { kind: "list", heading: scene.word(wording), items: items.map((item) => `- ${item}`) }
      : { kind: "pairs", pairs: [{ label: scene.label(wording), value: items.join(", ") }] };
  };
  return [
    list(
      "/procedures",
      W.procedures,
      random.some(
        listOf(PROCEDURES, scene).filter((one) => !one.includes(",")),
        random.int(1, 3),
      ),
    ),
    list("/allergies", W.allergies, random.some(listOf(ALLERGIES, scene), random.int(1, 2))),
  ];
}

function drawVitals(scene: Scene): Block[] {
  const { house, random } = scene;
  const bpm = house.pick(["", " bpm", "/min"]);
  const rows: [string, Wording, string][] = [
    [
      "blood_pressure",
      W.pressure,
      `${random.int(100, 165)}/${random.int(58, 98)}${house.pick([" mmHg", ""])}`,
    ],
    ["heart_rate", W.pulse, `${random.int(52, 118)}${bpm}`],
    ["respiratory_rate", W.breath, `${random.int(11, 24)}${house.pick(["", "/min"])}`],
    ["temperature", W.temperature, `${scene.number(random.real(36, 39.4), 1)} °C`],
    ["oxygen_saturation", W.oxygen, `${random.int(90, 100)}${house.pick(["%", " %"])}`],
    ["weight", W.weight, `${random.int(48, 118)} kg`],
    ["height", W.height, `${random.int(150, 198)} cm`],
    ["bmi", W.bmi, scene.number(random.real(18, 36), 1)],
  ];
  const kept = rows.filter((_, index) => index < 2 || house.chance(0.5));
  return [
    {
      kind: "pairs",
      heading: scene.word(W.vitals),
      pairs: kept.map(([name, wording, value]) => scene.pair(`/vitals/${name}`, wording, value)),
    },
  ];
}

function drawLabs(scene: Scene): Block[] {
  const { house, random, truth } = scene;
  const [flags, joined] = [house.chance(0.6), house.chance(0.25)];
  const dash = house.pick([" - ", "-", " – "]);
  const rows: string[][] = [];
  for (const entry of random.some(TESTS.split("|"), random.int(3, 9))) {
    const [test = "", unit = "", low = "0", high = "1", places = "0"] = entry.split(";");
    const [from, to] = [Number(low), Number(high)];
    const value = Math.max(0, from + (to - from) * random.real(-0.35, 1.4));
    const printed = scene.number(value, Number(places));
    const range = `${scene.number(from, Number(places))}${dash}${scene.number(to, Number(places))}`;
    const flag = value < from ? "L" : value > to ? "H" : "";
    const at = `/lab_results/${rows.length}`;
    truth.set(`${at}/test`, test);
    truth.set(`${at}/value`, printed);
    truth.set(`${at}/unit`, unit);
    truth.set(`${at}/reference_range`, range);
    if (flags) truth.set(`${at}/flag`, flag);
    rows.push([
      test,
      ...(joined ? [`${printed} ${unit}`] : [printed, unit]),
      range,
      ...(flags ? [flag] : []),
    ]);
  }
  const column = (wording: Wording, align: "left" | "right" = "left"): Column => ({
    title: scene.word(wording),
    align,
    weight: 1,
  });
  const columns = [
    column(W.test),
    ...(joined ? [column(W.result)] : [column(W.result, "right"), column(W.unit)]),
    column(W.range),
    ...(flags ? [column(W.flag)] : []),
  ];
  return [{ kind: "table", heading: scene.word(W.labs), columns, rows }];
}
