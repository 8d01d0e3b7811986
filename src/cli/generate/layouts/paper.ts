import { loadFace } from "../fonts.ts";
import type { Family } from "../fonts.ts";
import type { Paper } from "../flow.ts";
import type { Random } from "../random.ts";

const TEXT: readonly Family[] = [
  "arimo",
  "arimo",
  "tinos",
  "roboto",
  "open-sans",
  "lato",
  "pt-serif",
  "barlow",
  "source-serif-4",
  "eb-garamond",
  "roboto-condensed",
  "courier-prime",
];
const TILL: readonly Family[] = [
  "cousine",
  "ibm-plex-mono",
  "courier-prime",
  "roboto-mono",
  "roboto-condensed",
  "arimo",
];

/** Paper, type and margins of an ordinary page on which `text` can be set. */
export async function choosePaper(house: Random, american: boolean, text: string): Promise<Paper> {
  const family = house.pick(TEXT);
  const size =
    house.real(8.6, 10.4) * (family === "eb-garamond" ? 1.12 : family === "courier-prime" ? 0.9 : 1);
  const side = house.int(36, 64);
  return {
    ...(american ? { width: 612, height: 792 } : { width: 595, height: 842 }),
    margin: { left: side, right: house.int(36, 60), top: house.int(34, 60), bottom: house.int(64, 84) },
    size,
    leading: house.real(1.2, 1.38),
    faces: await facesOf(family, text),
  };
}

/** A roll of paper that is as long as its print; `height` is what the print takes. */
export async function chooseRoll(house: Random, height: number, text: string): Promise<Paper> {
  const width = house.pick([190, 204, 226, 226, 250]);
  const side = house.int(10, 16);
  return {
    width,
    height,
    margin: { left: side, right: side, top: house.int(14, 24), bottom: 20 },
    size: house.real(7.6, 9.2) * (width < 200 ? 0.9 : 1),
    leading: house.real(1.2, 1.4),
    faces: await facesOf(house.pick(TILL), text),
  };
}

/** The faces of a family; those of another one where it lacks a letter of the text. */
async function facesOf(family: Family, text: string): Promise<Paper["faces"]> {
  const [regular, bold] = await Promise.all([loadFace(family, "regular"), loadFace(family, "bold")]);
  return regular.has(text) || family === "arimo" ? { family, regular, bold } : facesOf("arimo", text);
}
