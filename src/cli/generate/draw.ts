import type { Draft } from "./content.ts";
import { chooseTrouble, disturbPages, pruneTruth, spoil } from "./hostile.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { CARDS, drawCard } from "./layouts/card.ts";
import { choosePaper } from "./layouts/paper.ts";
import { drawRoll, ROLLS } from "./layouts/roll.ts";
import { drawSkeleton, SKELETONS } from "./layouts/skeleton.ts";
import type { Language } from "./locale.ts";
import { LANGUAGES } from "./locale.ts";
import { Random } from "./random.ts";
import { Scene } from "./scene.ts";
import type { Sheet } from "./sheet.ts";

export type Split = "known" | "unseen" | "all";

/** A document drawn in a layout, with the truth about it. */
export interface Drawn {
  readonly draft: Draft;
  readonly layout: string;
  readonly unseen: boolean;
  readonly language: Language;
  readonly sheets: readonly Sheet[];
  /** Whether it is to be scanned the wrong way round. */
  readonly mirrored: boolean;
}

export interface DrawOptions {
  readonly seed: number;
  readonly split: Split;
  readonly languages: readonly Language[];
  /** Documents that one issuer has sent, one after the other; 1 where each has its own. */
  readonly series: number;
  /** Whether something is wrong with each document. */
  readonly hostile?: boolean;
}

/** Draws the document of a kind that stands at `index`; the same options give the same one. */
export async function drawDocument(kind: KindSpec, index: number, options: DrawOptions): Promise<Drawn> {
  const group = Math.floor(index / options.series);
  const issuer = `${options.seed}/${kind.type}/${options.split}/house/${group}`;
  const house = new Random(issuer);
  const random = new Random(`${options.seed}/${kind.type}/${options.split}/document/${index}`);
  const layouts = layoutsOf(kind).filter(
    ({ unseen }) => options.split === "all" || unseen === (options.split === "unseen"),
  );
  const layout = layouts[group % layouts.length];
  if (!layout) throw new RangeError(`${kind.type} has no such layout`);
  const language = chooseLanguage(kind, options.languages, house);
  const scene = new Scene({
    language,
    unseen: layout.unseen,
    prose: layout.name === "prose" || layout.name === "narrative",
    house,
    random,
    series: options.series > 1 ? issuer : null,
  });
  const sound = kind.draw(scene);
  const trouble = options.hostile === true ? chooseTrouble(sound, random) : null;
  const draft = trouble ? spoil(sound, trouble, random) : sound;
  // What one document of a series draws more than another must not move the look of either.
  const look = new Random(options.series > 1 ? `${issuer}/look` : `${house.next()}`);
  const whole = await drawSheets(kind, draft, layout.name, look, scene);
  const sheets = trouble ? disturbPages(whole, trouble, random) : whole;
  return {
    draft: trouble === "missing pages" ? pruneTruth(draft, sheets) : draft,
    layout: `${kind.type}/${layout.name}`,
    unseen: layout.unseen,
    language,
    sheets,
    mirrored: trouble === "mirrored scan",
  };
}

function layoutsOf(kind: KindSpec): readonly { name: string; unseen: boolean }[] {
  return kind.form === "roll" ? ROLLS : kind.form === "card" ? CARDS : SKELETONS;
}

/** English for most documents of kinds that are not drawn in every language. */
function chooseLanguage(kind: KindSpec, wanted: readonly Language[], house: Random): Language {
  const possible = kind.languages.filter((language) => wanted.includes(language));
  const few = kind.languages.length < LANGUAGES.length;
  if (possible.includes("en") && house.chance(few ? 0.6 : 0.25)) return "en";
  return possible.length > 0 ? house.pick(possible) : "en";
}

async function drawSheets(
  kind: KindSpec,
  draft: Draft,
  layout: string,
  look: Random,
  scene: Scene,
): Promise<readonly Sheet[]> {
  if (kind.form === "roll") return drawRoll(draft.content, layout, look);
  const american = scene.country.code === "US" || scene.country.code === "CA";
  const paper = await choosePaper(look, american, JSON.stringify(draft.content));
  if (kind.form === "card") return drawCard(draft.content, layout, paper, look);
  const skeleton = SKELETONS.find(({ name }) => name === layout);
  return skeleton ? drawSkeleton(draft.content, skeleton, paper, look).sheets : [];
}
