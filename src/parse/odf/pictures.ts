import type { Package } from "../package/open-package.ts";
import type { ParseLimits } from "../parser.ts";
import { type ListedPictures, listPictures, type Picture, partPicture } from "../pictures/list-pictures.ts";

/** A name may be cut where one piece ends and the next begins: so much is looked at again. */
const OVERLAP = 300;
/** Pictures that are kept: more than may be members. */
const MAX_NAMES = 10_000;

/**
 * The pictures that an OpenDocument shows as members, each once. What only the styles show is a letter's head in a
 * text, and decoration of all slides in a presentation. Those that are not in the file are told of.
 */
export function odfPictures(
  parts: Package,
  limits: Pick<ParseLimits, "maxMembers">,
  options: { readonly stylesDecorate: boolean; readonly taken?: number },
): ListedPictures {
  const inContent = namesIn(parts, "content.xml");
  const inStyles = namesIn(parts, "styles.xml");
  const known = new Set(parts.names);
  const pictures: Picture[] = [];
  let missing = 0;
  for (const name of new Set([...inContent, ...inStyles])) {
    const isDecoration = options.stylesDecorate && !inContent.has(name);
    if (known.has(name)) pictures.push(partPicture(parts, name, isDecoration));
    else if (!isDecoration) missing += 1;
  }
  const listed = listPictures(pictures, limits.maxMembers - (options.taken ?? 0));
  if (missing === 0) return listed;
  const message = `${missing} pictures that the document shows were not read: they are not in the file, or they are encrypted and too many.`;
  return { ...listed, warnings: [...listed.warnings, { code: "content_not_read", message }] };
}

/** Names of pictures that a part refers to, found as it goes by. */
function namesIn(parts: Package, part: string): Set<string> {
  const found = new Set<string>();
  const decoder = new TextDecoder();
  let text = "";
  for (const piece of parts.pieces(part) ?? []) {
    text = text.slice(-OVERLAP) + decoder.decode(piece, { stream: true });
    for (const [, name = ""] of text.matchAll(/href=["'](?:\.\/)?(Pictures\/[^"'<>]{1,250})["']/g)) {
      if (found.size < MAX_NAMES) found.add(name.replaceAll("&amp;", "&"));
    }
  }
  return found;
}
