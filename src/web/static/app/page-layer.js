import { element, fill } from "./dom.js";
import { lightUp, reportFrom } from "./selection.js";
import { levelOf, nameOf, percent } from "./wording.js";

/** Stands for the box of a value that the page does not show. */
const NOWHERE = /** @type {[number, number, number, number]} */ ([0, 0, 0, 0]);

/**
 * @import { Citation, Evidence } from "./types.js"
 * @import { Looking, Selection } from "./selection.js"
 *
 * @typedef {{ node: HTMLElement, light: (looking: Looking) => void }} Layer what the viewer's stage shows
 */

/**
 * A page's picture with a box around every value cited on it.
 * @param {string} url the picture
 * @param {number} page counted from 1
 * @param {Record<string, Evidence>} evidence
 * @param {Selection} selection
 * @returns {Layer}
 */
export function makePageLayer(url, page, evidence, selection) {
  const picture = element("img", { src: url, alt: `Page ${page}`, draggable: "false" });
  const caption = element("div", { class: "box-caption", "aria-hidden": "true", hidden: true });
  const node = element("div", { class: "page" }, picture, ...makeBoxes(page, evidence), caption);
  reportFrom(node, selection, "page");
  /** @param {Looking} looking */
  const light = (looking) => {
    const box = lightUp(node, looking);
    node.classList.toggle("has-lit", box !== null);
    writeCaption(caption, box, evidence);
    if (box && looking.side === "list") scrollTo(box);
  };
  const { chosen } = selection;
  picture.addEventListener("load", () => light({ pointed: null, chosen, side: "list" }), { once: true });
  return { node, light };
}

/**
 * @param {number} page
 * @param {Record<string, Evidence>} evidence
 */
function makeBoxes(page, evidence) {
  const cited = Object.entries(evidence).flatMap(([path, { citations, confidence, content }]) =>
    citations
      .filter((citation) => citation.page === page)
      .map((citation) => ({ path, citation, confidence, content })),
  );
  // The smaller box lies on top, so that a value inside another one's box can still be reached.
  cited.sort((one, other) => areaOf(other.citation) - areaOf(one.citation));
  return cited.map(({ path, citation, confidence, content }) => {
    const box = element("button", {
      type: "button",
      class: "box",
      tabindex: "-1",
      "aria-label": `${nameOf(path)}: ${content}, ${percent(confidence)} confidence`,
      data: { path, level: levelOf(confidence) },
    });
    const [x0, y0, x1, y1] = citation.bbox ?? NOWHERE;
    box.style.setProperty("left", `${x0 * 100}%`);
    box.style.setProperty("top", `${y0 * 100}%`);
    box.style.setProperty("width", `${(x1 - x0) * 100}%`);
    box.style.setProperty("height", `${(y1 - y0) * 100}%`);
    return box;
  });
}

/**
 * @param {HTMLElement} caption
 * @param {HTMLElement | null} box
 * @param {Record<string, Evidence>} evidence
 */
function writeCaption(caption, box, evidence) {
  const path = box?.dataset["path"];
  const found = path === undefined ? undefined : evidence[path];
  caption.hidden = !box || !found;
  if (!box || !found || path === undefined) return;
  fill(
    caption,
    element("strong", {}, nameOf(path)),
    element("span", { data: { level: levelOf(found.confidence) } }, percent(found.confidence)),
  );
  const left = Number.parseFloat(box.style.left);
  const width = Number.parseFloat(box.style.width);
  const top = Number.parseFloat(box.style.top);
  const height = Number.parseFloat(box.style.height);
  const onRight = left > 50;
  caption.style.setProperty("left", onRight ? "auto" : `${left}%`);
  caption.style.setProperty("right", onRight ? `${100 - left - width}%` : "auto");
  caption.style.setProperty("top", top < 6 ? `${top + height}%` : `${top}%`);
  caption.classList.toggle("is-below", top < 6);
}

/** Scrolls the stage alone, never the whole page. @param {HTMLElement} box */
function scrollTo(box) {
  const stage = box.closest(".stage");
  if (!stage) return;
  const inside = box.getBoundingClientRect();
  const outside = stage.getBoundingClientRect();
  const isVisible = inside.top >= outside.top + 24 && inside.bottom <= outside.bottom - 24;
  const isBeside = inside.left < outside.left || inside.right > outside.right;
  if (isVisible && !isBeside) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  stage.scrollBy({
    top: isVisible ? 0 : inside.top - outside.top - outside.height / 3,
    left: isBeside ? inside.left - outside.left - outside.width / 3 : 0,
    behavior: calm ? "instant" : "smooth",
  });
}

/** @param {Citation} citation */
function areaOf({ bbox: [x0, y0, x1, y1] = NOWHERE }) {
  return (x1 - x0) * (y1 - y0);
}
