import { readFile } from "node:fs/promises";
import fontkit from "@pdf-lib/fontkit";
import { alignGlyphs } from "./align-glyphs.ts";

/** Families by what they are for; each has a regular and a bold face. */
export const FAMILIES = {
  arimo: "Arimo",
  tinos: "Tinos",
  roboto: "Roboto",
  "open-sans": "OpenSans",
  lato: "Lato",
  "pt-serif": "PTSerif",
  "ibm-plex-mono": "IBMPlexMono",
  "courier-prime": "CourierPrime",
  "roboto-condensed": "RobotoCondensed",
  "eb-garamond": "EBGaramond",
  barlow: "Barlow",
  "roboto-mono": "RobotoMono",
  "source-serif-4": "SourceSerif4",
  cousine: "Cousine",
} as const;
export type Family = keyof typeof FAMILIES;
export type Weight = "regular" | "bold";

/** A font file with what measuring needs. */
export interface Face {
  readonly bytes: Uint8Array;
  /** Width in points. */
  readonly measure: (text: string, size: number) => number;
  readonly has: (text: string) => boolean;
}

const faces = new Map<string, Promise<Face>>();

/** Reads a face, once. */
export function loadFace(family: Family, weight: Weight): Promise<Face> {
  const key = `${family}/${weight}`;
  const found = faces.get(key) ?? readFace(family, weight);
  faces.set(key, found);
  return found;
}

async function readFace(family: Family, weight: Weight): Promise<Face> {
  const style = weight === "bold" ? "700Bold" : "400Regular";
  const url = import.meta.resolve(`@expo-google-fonts/${family}/${style}/${FAMILIES[family]}_${style}.ttf`);
  const bytes = alignGlyphs(new Uint8Array(await readFile(new URL(url))));
  const font = fontkit.create(bytes);
  const advances = new Map<string, number>();
  const advance = (character: string): number => {
    const known = advances.get(character);
    if (known !== undefined) return known;
    const width = font.glyphForCodePoint(character.codePointAt(0) ?? 32).advanceWidth / font.unitsPerEm;
    advances.set(character, width);
    return width;
  };
  return {
    bytes,
    measure: (text, size) => {
      let width = 0;
      for (const character of text) width += advance(character);
      return width * size;
    },
    has: (text) =>
      Array.from(text).every((character) => font.hasGlyphForCodePoint(character.codePointAt(0) ?? 32)),
  };
}
