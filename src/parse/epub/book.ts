import { Parser } from "htmlparser2";
import { AppError } from "../../errors.ts";
import type { Package } from "../package/open-package.ts";
import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from "../xml/parse-xml.ts";

/** A chapter's part in the order of reading, and what the table of contents calls it. */
export interface Chapter {
  readonly part: string;
  readonly mediaType: string;
  readonly label: string | null;
}

export interface Book {
  readonly metadata: Readonly<Record<string, string>>;
  readonly chapters: readonly Chapter[];
}

/** Ways of making fonts unreadable for other programs: they lock no text (OCF 3.3, 4.3; Adobe's of old). */
const FONT_LOCKS = new Set(["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"]);
const KEPT: Readonly<Record<string, string>> = {
  title: "title",
  creator: "author",
  language: "language",
  publisher: "publisher",
  date: "date",
  identifier: "identifier",
  subject: "subject",
  description: "description",
};
const MAX_LABEL = 300;

/** Reads a book's container, its package document and its table of contents (EPUB 3.3). @throws AppError file_damaged, password_required */
export function readBook(pack: Package): Book {
  refuseLocked(pack);
  const container = pack.xml("META-INF/container.xml");
  const named = attributeOf(childOf(container, "rootfiles", "rootfile"), "full-path");
  const path = named ?? pack.names.find((name) => name.toLowerCase().endsWith(".opf")) ?? "";
  const root = pack.xml(path);
  if (!root) throw damaged();
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const items = new Map<string, XmlElement>();
  for (const item of childrenOf(childOf(root, "manifest"), "item")) {
    const id = attributeOf(item, "id");
    if (id !== null) items.set(id, item);
  }
  const spine = childOf(root, "spine");
  const labels = readLabels(pack, folder, items, attributeOf(spine, "toc"));
  const chapters = childrenOf(spine, "itemref").flatMap((reference): Chapter[] => {
    const item = items.get(attributeOf(reference, "idref") ?? "");
    const href = attributeOf(item, "href");
    if (!item || href === null) return [];
    const part = resolvePart(folder, href);
    return [{ part, mediaType: attributeOf(item, "media-type") ?? "", label: labels.get(part) ?? null }];
  });
  if (chapters.length === 0) throw damaged();
  return { metadata: readMetadata(childOf(root, "metadata")), chapters };
}

function damaged(): AppError {
  return new AppError(
    "file_damaged",
    "The book is damaged: it does not say what its chapters are. Send the original.",
  );
}

function refuseLocked(pack: Package): void {
  if (!pack.has("META-INF/encryption.xml")) return;
  const locks = childrenOf(pack.xml("META-INF/encryption.xml"), "EncryptedData").map((data) =>
    attributeOf(childOf(data, "EncryptionMethod"), "Algorithm"),
  );
  if (locks.every((lock) => lock !== null && FONT_LOCKS.has(lock))) return;
  throw new AppError(
    "password_required",
    "The book is protected by rights management, which no password opens here. Send a copy without protection.",
  );
}

function readMetadata(metadata: XmlElement | null): Record<string, string> {
  const found: Record<string, string> = {};
  for (const element of childrenOf(metadata)) {
    const name = KEPT[element.local];
    const value = textOf(element).replaceAll(/\s+/g, " ").trim();
    if (name !== undefined && value !== "") found[name] ??= value.slice(0, 1_000);
  }
  return found;
}

/** The first label of each part: of the navigation document (EPUB 3), else of the NCX (EPUB 2). */
function readLabels(
  pack: Package,
  folder: string,
  items: ReadonlyMap<string, XmlElement>,
  toc: string | null,
): Map<string, string> {
  const nav = [...items.values()].find((item) =>
    (attributeOf(item, "properties") ?? "").split(/\s+/).includes("nav"),
  );
  const ncx =
    items.get(toc ?? "") ??
    [...items.values()].find((item) => attributeOf(item, "media-type") === "application/x-dtbncx+xml");
  const labels = new Map<string, string>();
  for (const item of [nav, ncx]) {
    const href = attributeOf(item, "href");
    const part = href === null ? "" : resolvePart(folder, href);
    const text = pack.has(part) ? (pack.text(part) ?? "") : "";
    const own = part.slice(0, part.lastIndexOf("/") + 1);
    for (const { target, label } of linksOf(text)) {
      const chapter = resolvePart(own, target);
      if (label !== "" && !labels.has(chapter)) labels.set(chapter, label.slice(0, MAX_LABEL));
    }
    if (labels.size > 0) break;
  }
  return labels;
}

/**
 * Links with their text: `a` of a navigation document, `content` behind `text` of an NCX. Read without a tree, and
 * without DTDs: both kinds usually name one, which is left alone.
 */
function linksOf(text: string): { target: string; label: string }[] {
  const links: { target: string; label: string }[] = [];
  let target: string | null = null;
  let label = "";
  let collects = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const local = name.slice(name.indexOf(":") + 1);
        if (local === "a" || local === "text") {
          label = "";
          collects = true;
          target = attributes["href"] ?? null;
        } else if (local === "content") links.push({ target: attributes["src"] ?? "", label: fold(label) });
      },
      ontext(data) {
        if (collects && label.length < MAX_LABEL) label += data;
      },
      onclosetag(name) {
        const local = name.slice(name.indexOf(":") + 1);
        if (local !== "a" && local !== "text") return;
        collects = false;
        if (local === "a" && target !== null) links.push({ target, label: fold(label) });
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return links;
}

function fold(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** A part's name from a link: without its fragment, percent signs decoded, steps resolved. */
export function resolvePart(folder: string, href: string): string {
  const [path = ""] = href.split("#");
  const steps: string[] = [];
  for (const step of `${folder}${decode(path)}`.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.join("/");
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
