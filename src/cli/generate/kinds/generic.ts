import type { Block } from "../content.ts";
import type { Scene } from "../scene.ts";
import { LETTERS, MINUTES, POEMS } from "../words/literature.ts";
import { coin, drawPerson } from "../words/names.ts";
import { FOUR_LANGUAGES, finish, issue } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

/** Documents from which nothing of the other kinds can be read. */
export const generic: KindSpec = {
  type: "generic",
  languages: FOUR_LANGUAGES,
  form: "page",
  draw: (scene) => {
    const subject = scene.house.pick(["letter", "poem", "minutes", "noise", "brochure", "list"] as const);
    const actor = scene.company(scene.house);
    const draft = SUBJECTS[subject](scene, actor.name);
    const letterhead =
      subject === "letter" || subject === "brochure" ? issue(scene, "/ignored", actor) : undefined;
    const content = {
      ...draft,
      facts: [],
      ...(letterhead ? { letterhead } : {}),
      parties: draft.parties ?? [],
    };
    const finished = finish(scene, actor.name, content);
    return { ...finished, data: {}, printed: new Map(), note: subject };
  },
};

interface Subject {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly parties?: readonly { lines: readonly string[] }[];
}

const SUBJECTS: Record<
  "letter" | "poem" | "minutes" | "noise" | "brochure" | "list",
  (scene: Scene, name: string) => Subject
> = {
  letter: drawLetter,
  poem: (scene) => ({
    title: coin(scene.random),
    blocks: [{ kind: "prose", centred: scene.house.chance(0.4), paragraphs: sentences(scene, POEMS, 8) }],
  }),
  minutes: drawMinutes,
  noise: (scene) => ({
    title: "",
    blocks: [{ kind: "prose", paragraphs: Array.from({ length: 14 }, () => noise(scene)) }],
  }),
  brochure: (scene, name) => ({
    title: name,
    blocks: Array.from({ length: scene.random.int(2, 4) }, (): Block => ({
      kind: "prose",
      heading: `${coin(scene.random)} ${coin(scene.random)}`,
      paragraphs: sentences(scene, LETTERS, 3),
    })),
  }),
  list: (scene) => ({
    title: coin(scene.random),
    blocks: [
      {
        kind: "list",
        items: Array.from(
          { length: scene.random.int(8, 30) },
          (_, index) => `${index + 1}. ${coin(scene.random)} ${coin(scene.random).toLowerCase()}`,
        ),
      },
    ],
  }),
};

function sentences(scene: Scene, list: Partial<Record<string, string>>, count: number): string[] {
  return scene.random.some((list[scene.language] ?? list["en"] ?? "").split("|"), count);
}

function drawLetter(scene: Scene): Subject {
  const { random, language } = scene;
  const to = scene.person(random);
  const greeting =
    { en: "Dear", de: "Guten Tag", fr: "Bonjour", es: "Estimado/a" }[language as "en"] ?? "Dear";
  const closing =
    { en: "Yours sincerely", de: "Mit freundlichen Grüßen", fr: "Cordialement", es: "Atentamente" }[
      language as "en"
    ] ?? "";
  const paragraphs = [
    scene.date(scene.day()),
    `${greeting} ${to.name},`,
    ...sentences(scene, LETTERS, random.int(3, 6)),
    closing,
    drawPerson(language, random).name,
  ];
  return {
    title: "",
    blocks: [{ kind: "prose", paragraphs }],
    parties: [{ lines: [to.name, ...to.address] }],
  };
}

function drawMinutes(scene: Scene): Subject {
  const { random, language } = scene;
  const title =
    {
      en: "Minutes of the meeting",
      de: "Protokoll der Sitzung",
      fr: "Procès-verbal de réunion",
      es: "Acta de la reunión",
    }[language as "en"] ?? "Minutes";
  const people = Array.from({ length: random.int(3, 6) }, () => drawPerson(language, random).name).join(", ");
  const points = sentences(scene, MINUTES, random.int(3, 5)).map((text, index) => `${index + 1}. ${text}`);
  return {
    title,
    blocks: [{ kind: "prose", paragraphs: [`${scene.date(scene.day())}, ${people}`, ...points] }],
  };
}

function noise(scene: Scene): string {
  const { random } = scene;
  const signs = Array.from("abcdefghijklmnopqrstuvwxyz.,;:-/()[]#*~^'\"0123456789");
  return Array.from({ length: random.int(4, 14) }, () =>
    Array.from({ length: random.int(1, 9) }, () => random.pick(signs)).join(""),
  ).join(" ");
}
