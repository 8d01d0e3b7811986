import { AppError } from "../../errors.ts";
import type { Package } from "../package/open-package.ts";
import { type Picture, partPicture } from "../pictures/list-pictures.ts";
import { relationshipsOf } from "./relationships.ts";

/** Parts whose pictures are the same on every page made after them, and parts that are never shown. */
const TEMPLATES =
  /\/(?:slideLayouts|slideMasters|notesMasters|handoutMasters|theme|glossary)\/|\/(?:numbering|fontTable|settings|webSettings)\.xml$/;

/** The pictures that an office file's parts show, each once, however often and wherever it is shown. */
export function picturesOf(parts: Package): Picture[] {
  const decoration = new Map<string, boolean>();
  for (const name of parts.names) {
    const source = /^(.*?)_rels\/([^/]+)\.rels$/.exec(name);
    if (!source) continue;
    const part = `${source[1]}${source[2]}`;
    for (const target of picturesOfPart(parts, name, part)) {
      decoration.set(target, (decoration.get(target) ?? true) && TEMPLATES.test(`/${part}`));
    }
  }
  return [...decoration].map(([name, isDecoration]) => partPicture(parts, name, isDecoration));
}

/** Relationships that are damaged are told of by who reads their part. */
function picturesOfPart(parts: Package, links: string, part: string): string[] {
  try {
    if (!/\/image["']/.test(parts.text(links) ?? "")) return [];
    return relationshipsOf(parts, part)
      .filter(({ type, target, external }) => type === "image" && !external && parts.has(target))
      .map(({ target }) => target);
  } catch (error) {
    if (error instanceof AppError && error.code === "file_damaged") return [];
    throw error;
  }
}
