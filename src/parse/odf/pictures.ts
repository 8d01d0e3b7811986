import type { Package } from "../package/open-package.ts";
import { type Picture, partPicture } from "../pictures/list-pictures.ts";

/** A name may be cut where one piece ends and the next begins: so much is looked at again. */
const OVERLAP = 300;

/**
 * The pictures that an OpenDocument shows, each once. What only the styles show is a letter's head in a text, and
 * decoration of all slides in a presentation.
 */
export function odfPictures(parts: Package, options: { stylesDecorate: boolean }): Picture[] {
  const known = new Set(parts.names.filter((name) => /^(?:Pictures|media)\/[^/]+$/.test(name)));
  if (known.size === 0) return [];
  const inContent = namesIn(parts, "content.xml", known);
  const inStyles = namesIn(parts, "styles.xml", known);
  return [...known].flatMap((name) => {
    if (inContent.has(name)) return [partPicture(parts, name)];
    return inStyles.has(name) ? [partPicture(parts, name, options.stylesDecorate)] : [];
  });
}

/** Parts that another part names, found as it goes by. */
function namesIn(parts: Package, part: string, known: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const decoder = new TextDecoder();
  let text = "";
  for (const piece of parts.pieces(part) ?? []) {
    text = text.slice(-OVERLAP) + decoder.decode(piece, { stream: true });
    for (const [name] of text.matchAll(/(?:Pictures|media)\/[^"'<>]{1,250}/g)) {
      const plain = name.replaceAll("&amp;", "&");
      if (known.has(plain)) found.add(plain);
    }
  }
  return found;
}
