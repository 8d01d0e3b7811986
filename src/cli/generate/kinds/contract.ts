import type { Block, Pair, PartyBlock } from "../content.ts";
import { addDays } from "../locale.ts";
import type { Actor, Scene } from "../scene.ts";
import type { Wording } from "../wording.ts";
import { drawCity } from "../words/places.ts";
import { CLAUSES, SENTENCES, TYPES, LABELS as W } from "../words/contract.ts";
import { FOUR_LANGUAGES, finish, optional } from "./kind.ts";
import type { KindSpec } from "./kind.ts";

interface Side {
  readonly actor: Actor;
  readonly role: string;
}

/** A contract's terms, each with the sentence that states it. */
interface Terms {
  readonly pairs: readonly Pair[];
}

export const contract: KindSpec = {
  type: "contract",
  languages: FOUR_LANGUAGES,
  form: "page",
  draw: (scene) => {
    const { house, random, truth } = scene;
    const [title = "", first = "", second = ""] = scene.word(TYPES).split("/");
    const printedTitle = house.chance(0.3) ? title.toLocaleUpperCase(scene.language) : title;
    truth.set("/title", printedTitle);
    const sides: Side[] = [
      { actor: scene.company(house), role: first },
      { actor: random.chance(0.4) ? scene.person(random) : scene.company(random), role: second },
    ];
    const start = scene.day();
    const facts = [
      ...optional(scene, 0.6, () =>
        scene.pair(
          "/contract_number",
          W.number,
          random.pattern(
            house.pick(["C-####/Y", "@@-Y-####", "AGR######", "####-@@"]),
            Number(start.slice(0, 4)),
          ),
        ),
      ),
    ];
    const inProse = scene.prose || house.chance(0.5);
    const signed = addDays(start, -random.int(0, 30));
    const terms = drawTerms(scene, start, signed, inProse);
    const opening = inProse ? introduce(scene, sides, printedTitle, signed) : null;
    const parties = opening ? [] : sides.map((side, index) => partyOf(scene, side, index));
    const body = inProse ? proseBody(scene, terms.pairs) : sheetBody(scene, terms.pairs);
    const names = sides.map(({ actor, role }) => `${role}: ${actor.name}`);
    const blocks: Block[] = [...(opening ? [opening] : []), ...body, { kind: "signatures", names }];
    const issuer = sides[0]?.actor.name ?? "";
    return finish(scene, issuer, { title: printedTitle, facts, parties, blocks });
  },
};

function partyOf(scene: Scene, { actor, role }: Side, index: number): PartyBlock {
  const { truth } = scene;
  truth.set(`/parties/${index}/name`, actor.name);
  truth.set(`/parties/${index}/address`, actor.address.join(", "));
  truth.set(`/parties/${index}/role`, role);
  return { label: role, lines: [actor.name, ...actor.address] };
}

function introduce(scene: Scene, sides: readonly Side[], title: string, signed: string): Block {
  const { truth } = scene;
  sides.forEach(({ actor, role }, index) => {
    truth.set(`/parties/${index}/name`, actor.name);
    truth.set(`/parties/${index}/address`, actor.address.join(", "));
    truth.set(`/parties/${index}/role`, role);
    truth.set(`/parties/${index}/reference_name`, role);
  });
  truth.set("/execution_date", signed, scene.date(signed));
  const [a, b] = sides;
  const filled = fill(scene.word(SENTENCES.opening), {
    title,
    date: scene.date(signed),
    a: a?.actor.name ?? "",
    b: b?.actor.name ?? "",
    addressA: a?.actor.address.join(", ") ?? "",
    addressB: b?.actor.address.join(", ") ?? "",
    roleA: a?.role ?? "",
    roleB: b?.role ?? "",
  });
  return { kind: "prose", paragraphs: filled.split("¶") };
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole);
}

function drawTerms(scene: Scene, start: string, signed: string, inProse: boolean): Terms {
  const { house, random, language } = scene;
  const stated = (pair: Pair, sentence: Wording): Pair => ({
    ...pair,
    sentence: fill(scene.word(sentence), { value: pair.value }),
  });
  const months = random.pick([6, 12, 18, 24, 36, 48, 60]);
  const end = addDays(
    `${Number(start.slice(0, 4)) + Math.ceil(months / 12)}${start.slice(4, 8)}01`,
    random.int(0, 20),
  );
  const term = fill(scene.word(SENTENCES.length), { n: String(months) });
  const notice = fill(scene.word(SENTENCES.days), { n: String(random.pick([14, 30, 60, 90])) });
  const minor = random.int(100_000, 90_000_000);
  const law = scene.word(SENTENCES.laws);
  const city = drawCity(language, random);
  const pairs: Pair[] = [
    stated(scene.datePair("/effective_date", W.effective, start), SENTENCES.effective),
    ...optional(scene, 0.6, () =>
      stated(scene.datePair("/expiration_date", W.expiration, end), SENTENCES.expiration),
    ),
    ...optional(scene, 0.5, () => stated(scene.pair("/term", W.term, term), SENTENCES.term)),
    ...optional(scene, 0.6, () =>
      stated(scene.pair("/termination_notice", W.notice, notice), SENTENCES.notice),
    ),
    ...optional(scene, 0.6, () => stated(scene.moneyPair("/value", W.value, minor), SENTENCES.value)),
    stated(scene.pair("/governing_law", W.law, law), SENTENCES.law),
    ...optional(scene, 0.6, () =>
      stated(scene.pair("/jurisdiction", W.jurisdiction, city), SENTENCES.jurisdiction),
    ),
  ];
  if (!inProse && house.chance(0.6)) pairs.push(scene.datePair("/execution_date", W.execution, signed));
  if (scene.truth.get("/value") !== undefined) scene.noteCurrency();
  return { pairs };
}

/** Numbered clauses; the terms stand in the sentences of some of them. */
function proseBody(scene: Scene, pairs: readonly Pair[]): Block[] {
  const fillers = clauses(scene, scene.random.int(2, 9));
  const headings = scene.house.some(clauseHeads(scene), 2);
  const half = Math.ceil(pairs.length / 2);
  const stated = [pairs.slice(0, half), pairs.slice(half)].map((own, index) => ({
    heading: headings[index] ?? "",
    text: own.map(({ sentence }) => sentence ?? "").join(" "),
  }));
  const all = [...stated.slice(0, 1), ...fillers, ...stated.slice(1)];
  return number(scene, all);
}

function sheetBody(scene: Scene, pairs: readonly Pair[]): Block[] {
  const sheet: Block = { kind: "pairs", heading: scene.word(W.sheet), pairs };
  return [sheet, ...number(scene, clauses(scene, scene.random.int(2, 9)))];
}

interface Clause {
  readonly heading: string;
  readonly text: string;
}

function clauseHeads(scene: Scene): string[] {
  return scene.word(SENTENCES.heads).split(";");
}

/** Clauses that state none of the terms; in long contracts each says more, so that pages are filled. */
function clauses(scene: Scene, count: number): Clause[] {
  const all = (CLAUSES[scene.language] ?? "").split("|").map((text) => text.split(": "));
  const long = scene.house.chance(0.35) ? scene.house.int(3, 7) : 0;
  return scene.random.some(all, count).map(([heading = "", body = ""]) => {
    const more = scene.random.some(all, long).map(([, text = ""]) => text);
    return { heading, text: [body, ...more].join(" ") };
  });
}

function number(scene: Scene, all: readonly Clause[]): Block[] {
  const mark = scene.house.pick(["{n}.", "§ {n}", "Art. {n}", "{n}"]);
  return all.map(({ heading, text }, index): Block => {
    scene.truth.set(`/clauses/${index}/heading`, heading);
    scene.truth.set(`/clauses/${index}/text`, text);
    return {
      kind: "prose",
      heading: `${mark.replace("{n}", String(index + 1))} ${heading}`,
      paragraphs: [text],
    };
  });
}
