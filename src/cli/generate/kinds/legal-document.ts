import type { Block, Pair, PartyBlock } from "../content.ts";
import { addDays } from "../locale.ts";
import type { Scene } from "../scene.ts";
import { drawCompany, drawPerson } from "../words/names.ts";
import { drawCity } from "../words/places.ts";
import { ARGUMENTS, COURTS, DOCUMENTS, MATTERS, LABELS as W } from "../words/court.ts";
import { FOUR_LANGUAGES, finish, optional } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

export const legalDocument: KindSpec = {
  type: "legal_document",
  languages: FOUR_LANGUAGES,
  form: "page",
  draw: (scene) => {
    const { house, random, truth, language } = scene;
    const court = house.pick((COURTS[language] ?? "").split("|")).replace("*", drawCity(language, house));
    truth.set("/court", house.chance(0.4) ? court.toLocaleUpperCase(language) : court);
    const printedCourt = String(truth.get("/court"));
    const [title = "", kind = ""] = random.pick((DOCUMENTS[language] ?? "").split("|")).split("/");
    truth.set("/title", title);
    truth.set("/document_kind", kind, title);
    const filed = scene.day();
    const [first = "", second = ""] = scene.word(W.roles).split("/");
    const persons = [first, second].map((role) => ({
      role,
      name: random.chance(0.5)
        ? drawPerson(language, random).name
        : drawCompany(language, scene.country.forms, random),
    }));
    persons.forEach(({ name, role }, index) => {
      truth.set(`/parties/${index}/name`, name);
      truth.set(`/parties/${index}/role`, role);
    });
    const caption = house.chance(0.5);
    const parties = caption
      ? []
      : persons.map(({ name, role }): PartyBlock => ({ label: role, lines: [name] }));
    const style: Block[] = caption ? [captionOf(scene, persons)] : [];
    const facts = drawFacts(scene, filed);
    const matter = random.pick((MATTERS[language] ?? "").split("|")).split("/");
    const subject = optional(scene, 0.6, () => scene.pair("/subject", W.subject, matter[0] ?? ""));
    const relief = optional(scene, 0.5, () => scene.pair("/relief", W.relief, matter[1] ?? ""));
    const counsel = drawCounsel(
      scene,
      persons.map(({ role }) => role),
    );
    const blocks: Block[] = [
      ...style,
      ...(subject.length > 0 ? [{ kind: "pairs", pairs: subject } as const] : []),
      {
        kind: "prose",
        paragraphs: random
          .some((ARGUMENTS[language] ?? "").split("|"), random.int(2, 8))
          .map((text, index) => `${index + 1}. ${text}`),
      },
      ...(relief.length > 0 ? [{ kind: "pairs", pairs: relief } as const] : []),
      ...counsel,
    ];
    return finish(scene, court, {
      title,
      letterhead: { name: printedCourt, address: [], contacts: [] },
      facts,
      parties,
      blocks,
    });
  },
};

/** The parties as a cause's heading: name and role, one against the other. */
function captionOf(scene: Scene, persons: readonly { name: string; role: string }[]): Block {
  const versus =
    { en: scene.house.pick(["v.", "- against -", "vs."]), de: "gegen", fr: "contre", es: "contra" }[
      scene.language as "en"
    ] ?? "v.";
  const lines = persons.map(({ name, role }) => `${name}, ${role}`);
  return {
    kind: "prose",
    centred: scene.house.chance(0.5),
    paragraphs: [lines[0] ?? "", versus, lines[1] ?? ""],
  };
}

function drawFacts(scene: Scene, filed: string): Pair[] {
  const { house, random, language } = scene;
  const patterns = {
    en: ["##-cv-#####", "CV-Y-######", "HC-Y-####", "@@Y-####", "#:##-cv-#####"],
    de: ["# O ###/yy", "## C ####/yy", "@@@ ## @ ###/yy"],
    fr: ["yy/#####", "RG yy/#####"],
    es: ["####/Y", "Procedimiento ###/Y"],
  };
  const year = Number(filed.slice(0, 4));
  const number = random
    .pattern(house.pick(patterns[language as "en"] ?? patterns.en), year)
    .replace(/Y/gu, String(year));
  const judge = `${house.pick(scene.word(W.judges).split(";"))} ${drawPerson(language, random).name}`.trim();
  return [
    scene.pair("/case_number", W.case_number, number),
    ...optional(scene, 0.7, () => scene.datePair("/filing_date", W.filed, filed)),
    ...optional(scene, 0.6, () => scene.pair("/judge", W.judge, judge)),
    ...optional(scene, 0.3, () => scene.extra(W.hearing, scene.date(addDays(filed, random.int(20, 120))))),
  ];
}

function drawCounsel(scene: Scene, roles: readonly string[]): Block[] {
  const { house, random, truth, language } = scene;
  if (!house.chance(0.6)) return [];
  const firms = house.chance(0.6);
  const counsel = roles.slice(0, random.int(1, 2)).map((role, index) => {
    const { name } = drawPerson(language, random);
    truth.set(`/counsel/${index}/name`, name);
    truth.set(`/counsel/${index}/represents`, role);
    const firm = firms
      ? `${drawPerson(language, random).surname} & ${drawPerson(language, random).surname}`
      : "";
    truth.set(`/counsel/${index}/firm`, firm);
    return { label: `${scene.word(W.counsel)} ${role}`, lines: [name, ...(firm === "" ? [] : [firm])] };
  });
  return [{ kind: "parties", parties: counsel }];
}
