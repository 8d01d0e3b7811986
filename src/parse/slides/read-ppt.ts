import { AppError } from "../../errors.ts";
import type { Warning } from "../../model/parsed.ts";
import type { Compound } from "../package/open-compound.ts";
import type { ParseLimits } from "../parser.ts";
import type { Deck } from "./open-slides.ts";
import {
  type Persisted,
  type PptRecord,
  readCurrentUser,
  readPersisted,
  recordAt,
  recordsIn,
} from "./ppt-records.ts";
import { PptSlides, TYPE } from "./ppt-slide.ts";
import type { Slide } from "./shape.ts";

/**
 * Reads the text of a PowerPoint 97-2003 presentation: its slides in order, each with its titles, texts and notes.
 * @throws AppError file_damaged, archive_too_large
 */
export function readPpt(file: Compound, limits: ParseLimits): Deck {
  const stream = file.bytes("PowerPoint Document");
  if (!stream) throw damaged();
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const user = readCurrentUser(file.bytes("Current User"));
  const persisted = user && readPersisted(view, user.lastEdit);
  const document = persisted && recordAt(view, persisted.offsets.get(persisted.documentId) ?? -1);
  const slides = new PptSlides(view, limits);
  const deck =
    persisted && document?.type === TYPE.document
      ? listedSlides(view, document, persisted, slides, limits)
      : looseSlides(view, slides, limits);
  if (deck.found === 0 && deck.slides.length === 0 && !document) throw damaged();
  return deck;
}

/** A slide as the document lists it: where it lies, and the texts of its outline. */
interface Listed {
  readonly persistId: number;
  readonly slideId: number;
  /** Bounds of the records between it and the next one. */
  readonly from: number;
  to: number;
}

const SLIDES = 0;
const NOTES = 2;

function listedSlides(
  view: DataView,
  document: PptRecord,
  persisted: Persisted,
  slides: PptSlides,
  limits: ParseLimits,
): Deck {
  const warnings: Warning[] = [];
  const lists = new Map<number, Listed[]>();
  for (const record of recordsIn(view, document.start, document.end)) {
    if (record.type === TYPE.slideList) lists.set(record.instance, readList(view, record));
    else if (record.type === TYPE.documentInfo) warnings.push(...macroWarnings(view, record));
    else if (record.type === TYPE.objectList) warnings.push(...objectWarnings(view, record));
  }
  const notes = new Map((lists.get(NOTES) ?? []).map((note): [number, Listed] => [note.slideId, note]));
  const listed = lists.get(SLIDES) ?? [];
  const read = listed.slice(0, limits.maxPages).map((slide, index): Slide | null => {
    const record = recordAt(view, persisted.offsets.get(slide.persistId) ?? -1);
    if (!record || record.type !== TYPE.slide) {
      const message = `Slide ${index + 1} was not read: it is not where the file says.`;
      warnings.push({ code: "content_not_read", message });
      return null;
    }
    const noteOf = (id: number): PptRecord | null =>
      recordAt(view, persisted.offsets.get(notes.get(id)?.persistId ?? -1) ?? -1);
    return slides.read(record, slides.outline(slide.from, slide.to), noteOf);
  });
  if (listed.length > read.length) {
    const message = `Only the first ${read.length} of ${listed.length} slides were read. Split the file and send its parts.`;
    warnings.push({ code: "pages_over_limit", message });
  }
  return { slides: read, found: listed.length, warnings };
}

/** Without a directory the slides are taken in the order in which they lie in the stream. */
function looseSlides(view: DataView, slides: PptSlides, limits: ParseLimits): Deck {
  const read: Slide[] = [];
  for (const record of recordsIn(view, 0, view.byteLength)) {
    if (record.type === TYPE.slide && read.length < limits.maxPages)
      read.push(slides.read(record, [], () => null));
  }
  if (read.length === 0) throw damaged();
  const message = "The list of slides is damaged: they were read in the order in which they were found.";
  return { slides: read, found: read.length, warnings: [{ code: "file_damaged", message }] };
}

function readList(view: DataView, list: PptRecord): Listed[] {
  const listed: Listed[] = [];
  for (const record of recordsIn(view, list.start, list.end)) {
    const last = listed.at(-1);
    if (record.type !== TYPE.slidePersist || record.end - record.start < 16) {
      if (last) last.to = record.end;
      continue;
    }
    listed.push({
      persistId: view.getUint32(record.start, true),
      slideId: view.getUint32(record.start + 12, true),
      from: record.end,
      to: record.end,
    });
  }
  return listed;
}

function macroWarnings(view: DataView, info: PptRecord): Warning[] {
  for (const record of recordsIn(view, info.start, info.end)) {
    if (record.type !== TYPE.vbaInfo) continue;
    const atom = recordAt(view, record.start, record.end);
    if (!atom || atom.end - atom.start < 8 || view.getUint32(atom.start + 4, true) === 0) continue;
    return [{ code: "macros_present", message: "The presentation carries macros. They were not run." }];
  }
  return [];
}

function objectWarnings(view: DataView, list: PptRecord): Warning[] {
  let objects = 0;
  for (const record of recordsIn(view, list.start, list.end)) if (record.type === TYPE.embedded) objects += 1;
  if (objects === 0) return [];
  const message = `The presentation carries embedded objects (${objects}), which were not read. Save it as PPTX and send that.`;
  return [{ code: "attachments_not_read", message }];
}

function damaged(): AppError {
  return new AppError("file_damaged", "The file is damaged: it holds no slides. Send the original.");
}
