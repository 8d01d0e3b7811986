import { element } from "./dom.js";
import { lightUp, reportFrom } from "./selection.js";
import { levelOf } from "./wording.js";

/**
 * @import { Evidence } from "./types.js"
 * @import { Layer } from "./page-layer.js"
 * @import { Looking, Selection } from "./selection.js"
 *
 * @typedef {{ path: string, from: number, to: number, level: string }} Mark
 */

/** What stands between two pages in the document's text. */
const PAGE_BREAK = "\n\f\n";

/**
 * The document's text with every cited value marked by its span.
 * @param {string} text
 * @param {Record<string, Evidence>} evidence
 * @param {Selection} selection
 * @returns {Layer}
 */
export function makeTextLayer(text, evidence, selection) {
  const node = element("pre", { class: "text-page" });
  let at = 0;
  for (const { path, from, to, level } of separateMarks(marksOf(evidence, text.length))) {
    node.append(
      plain(text.slice(at, from)),
      element("mark", { data: { path, level } }, text.slice(from, to)),
    );
    at = to;
  }
  node.append(plain(text.slice(at)));
  if (text.trim() === "") node.append("This document holds no text.");
  reportFrom(node, selection, "page");
  /** @param {Looking} looking */
  const light = (looking) => {
    const mark = lightUp(node, looking);
    if (mark && looking.side === "list") scrollTo(mark);
  };
  return { node, light };
}

/**
 * @param {Record<string, Evidence>} evidence
 * @param {number} length
 * @returns {Mark[]}
 */
function marksOf(evidence, length) {
  return Object.entries(evidence).flatMap(([path, { citations, confidence }]) =>
    citations.flatMap(({ span }) => {
      if (!span || span[1] === 0 || span[0] + span[1] > length) return [];
      return [{ path, from: span[0], to: span[0] + span[1], level: levelOf(confidence) }];
    }),
  );
}

/**
 * Marks in order and without overlap: of two that do overlap, the longer one is cut or left out, since
 * the shorter one says more.
 * @param {Mark[]} marks
 * @returns {Mark[]}
 */
export function separateMarks(marks) {
  const byLength = [...marks].sort((one, other) => one.to - one.from - (other.to - other.from));
  /** @type {Mark[]} */
  const kept = [];
  for (const mark of byLength) {
    /** @type {Mark[]} */
    let pieces = [mark];
    for (const other of kept) {
      pieces = pieces.flatMap((piece) => {
        if (piece.to <= other.from || piece.from >= other.to) return [piece];
        return [
          { ...piece, to: other.from },
          { ...piece, from: other.to },
        ].filter(({ from, to }) => from < to);
      });
    }
    kept.push(...pieces);
  }
  return kept.sort((one, other) => one.from - other.from);
}

/** Page breaks become a rule. @param {string} text */
function plain(text) {
  const fragment = document.createDocumentFragment();
  text.split(PAGE_BREAK).forEach((part, index) => {
    if (index > 0) fragment.append(element("span", { class: "page-break", role: "separator" }));
    fragment.append(part);
  });
  return fragment;
}

/** @param {HTMLElement} mark */
function scrollTo(mark) {
  const stage = mark.closest(".stage");
  if (!stage) return;
  const inside = mark.getBoundingClientRect();
  const outside = stage.getBoundingClientRect();
  if (inside.top >= outside.top + 24 && inside.bottom <= outside.bottom - 24) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  stage.scrollBy({
    top: inside.top - outside.top - outside.height / 3,
    behavior: calm ? "instant" : "smooth",
  });
}
