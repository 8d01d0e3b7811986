import type { Warning } from "../../model/parsed.ts";
import type { FlowBlock, FlowSection } from "../flow/flow.ts";
import { openFlow } from "../flow/open-flow.ts";
import type { OpenedDocument, OpenedMember, ParseLimits } from "../parser.ts";
import { readingOrder, type Slide } from "./shape.ts";

/** The slides of a presentation and what has to be said of it. */
export interface Deck {
  /** In order; null for one that could not be read. */
  readonly slides: readonly (Slide | null)[];
  /** Slides that the file lists, read or not. */
  readonly found: number;
  readonly warnings: readonly Warning[];
  readonly members?: readonly OpenedMember[];
  /** Pictures among the members that become documents, and are read so. */
  readonly pictureDocuments?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

const MAX_LABEL = 120;

/** Makes a presentation a document: a section for each slide, with its notes behind it. */
export function openSlides(deck: Deck, limits: ParseLimits): OpenedDocument {
  const { pictureDocuments = 0 } = deck;
  const seenFooters = new Set<string>();
  const sections = deck.slides.map((slide): FlowSection => {
    if (!slide) return { label: null, blocks: [] };
    const shapes = readingOrder(slide.shapes).filter(
      ({ role, blocks }) => role !== "footer" || isNew(blocks, seenFooters),
    );
    const notes = slide.notes.map((text): FlowBlock => ({ kind: "note", text }));
    const label = slide.title?.replace(/\s+/g, " ").slice(0, MAX_LABEL) ?? null;
    return { label, blocks: [...shapes.flatMap(({ blocks }) => blocks), ...notes] };
  });
  return openFlow(
    {
      sections,
      source: "text_layer",
      metadata: deck.metadata ?? {},
      warnings: [
        ...deck.warnings,
        ...deck.slides.flatMap((slide, index) => warningsOf(slide, index, pictureDocuments > 0)),
      ],
      inventory: [
        { kind: "slide", found: deck.found, read: deck.slides.filter((slide) => slide !== null).length },
      ],
      ...(deck.members ? { members: deck.members } : {}),
    },
    limits,
  );
}

/** Footers are repeated on each slide: one is read once. */
function isNew(blocks: readonly FlowBlock[], seen: Set<string>): boolean {
  const text = JSON.stringify(blocks);
  if (seen.has(text)) return false;
  seen.add(text);
  return true;
}

function warningsOf(slide: Slide | null, index: number, readsPictures: boolean): Warning[] {
  if (!slide) return [];
  const number = index + 1;
  const warnings: Warning[] = [];
  if (slide.hidden) {
    warnings.push({ code: "hidden_content", message: `Slide ${number} is hidden. It was read.` });
  }
  const blank = slide.shapes.every(({ blocks }) => blocks.length === 0);
  const pictures = readsPictures ? 0 : slide.pictures;
  if (blank && pictures + slide.unread > 0) {
    const kinds = [...(pictures > 0 ? ["pictures"] : []), ...(slide.unread > 0 ? ["drawings"] : [])];
    const what = kinds.join(" and ");
    warnings.push({
      code: "content_not_read",
      message: `Slide ${number} holds nothing but ${what}, which were not read.`,
    });
  } else if (slide.unread > 0) {
    warnings.push({
      code: "content_not_read",
      message: `Slide ${number} has drawings (${slide.unread}) that were not read.`,
    });
  }
  return warnings;
}
