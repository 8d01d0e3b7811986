import { fetchPage, fetchText, Problem } from "./api.js";
import { announce, element, fill, icon } from "./dom.js";
import { makePageLayer } from "./page-layer.js";
import { makeTextLayer } from "./text-layer.js";
import { countText } from "./wording.js";

/**
 * @import { Evidence } from "./types.js"
 * @import { Layer } from "./page-layer.js"
 * @import { Selection } from "./selection.js"
 */

const ZOOM_STEPS = [0.5, 0.65, 0.8, 1, 1.25, 1.6, 2, 2.6];
/** Pictures kept at hand; a page of 1,600 pixels takes about 8 MB once it is decoded. */
const MAX_KEPT_PAGES = 8;

/**
 * The document itself: its pages as pictures with a box around every cited value, or its text with the
 * same values marked.
 */
export class Viewer {
  #id;
  #selection;
  #abort = new AbortController();
  #page = 1;
  #pageCount = 1;
  #zoom = ZOOM_STEPS.indexOf(1);
  /** @type {"page" | "text"} */
  #mode = "page";
  #hasPictures = true;
  /** @type {Record<string, Evidence>} */
  #evidence = {};
  /** @type {Map<number, string>} */
  #pictures = new Map();
  /** @type {Promise<string> | null} */
  #text = null;
  #shown = 0;
  /** @type {Layer | null} */
  #layer = null;

  #stage = element("div", { class: "stage", tabindex: "0", role: "region", "aria-label": "Document page" });
  #toolbar = element("div", { class: "viewer-toolbar" });
  node = element("section", { class: "viewer", "aria-label": "Document" }, this.#toolbar, this.#stage);

  /** @param {string} id @param {Selection} selection */
  constructor(id, selection) {
    this.#id = id;
    this.#selection = selection;
    selection.listen((looking) => {
      this.#layer?.light(looking);
      if (looking.chosen && looking.side === "list") this.#turnTo(looking.chosen);
    });
    this.#stage.addEventListener("keydown", (event) => this.#onKey(event));
    this.#drawToolbar();
    this.#stage.append(skeleton("The page appears here as soon as it is read."));
  }

  /** A plain text has no pictures of its pages. */
  showTextOnly() {
    this.#hasPictures = false;
    this.#mode = "text";
  }

  /** @param {number} pageCount */
  setPageCount(pageCount) {
    if (pageCount < 1 || pageCount === this.#pageCount) return;
    this.#pageCount = pageCount;
    this.#page = Math.min(this.#page, pageCount);
    this.#drawToolbar();
  }

  /** @param {Record<string, Evidence>} evidence */
  setEvidence(evidence) {
    this.#evidence = evidence;
    this.#drawToolbar();
  }

  /** Draws the current page or text anew. */
  async show() {
    const turn = ++this.#shown;
    try {
      const layer = this.#mode === "text" ? await this.#makeText() : await this.#makePage();
      if (turn !== this.#shown || this.#abort.signal.aborted) return;
      this.#layer = layer;
      fill(this.#stage, layer.node);
      this.#applyZoom();
    } catch (error) {
      if (turn !== this.#shown || this.#abort.signal.aborted) return;
      const problem = error instanceof Problem ? error : null;
      const isPictureless = problem?.status === 415 || problem?.code === "password_required";
      if (this.#mode === "page" && isPictureless) {
        this.showTextOnly();
        this.#drawToolbar();
        await this.show();
        return;
      }
      fill(this.#stage, skeleton(problem ? problem.message : "This page cannot be shown."));
    }
  }

  dispose() {
    this.#abort.abort();
    for (const url of this.#pictures.values()) URL.revokeObjectURL(url);
    this.#pictures.clear();
  }

  async #makePage() {
    const page = this.#page;
    const known = this.#pictures.get(page);
    if (!known && !this.#stage.querySelector(".page")) fill(this.#stage, skeleton("Drawing the page …"));
    const url = known ?? URL.createObjectURL(await fetchPage(this.#id, page, this.#abort.signal));
    this.#keep(page, url);
    return makePageLayer(url, page, this.#evidence, this.#selection);
  }

  async #makeText() {
    this.#text ??= fetchText(this.#id, this.#abort.signal);
    this.#text.catch(() => (this.#text = null));
    return makeTextLayer(await this.#text, this.#evidence, this.#selection);
  }

  /** @param {number} page @param {string} url */
  #keep(page, url) {
    this.#pictures.delete(page);
    this.#pictures.set(page, url);
    for (const [other, old] of this.#pictures) {
      if (this.#pictures.size <= MAX_KEPT_PAGES) return;
      URL.revokeObjectURL(old);
      this.#pictures.delete(other);
    }
  }

  /** @param {string} path */
  #turnTo(path) {
    const citations = this.#evidence[path]?.citations ?? [];
    if (this.#mode === "text" || citations.length === 0) return;
    if (citations.some((citation) => citation.page === this.#page)) return;
    this.#goTo(citations[0]?.page ?? this.#page);
  }

  /** @param {number} page */
  #goTo(page) {
    const target = Math.max(1, Math.min(this.#pageCount, page));
    if (!Number.isFinite(target) || target === this.#page) return this.#drawToolbar();
    this.#page = target;
    this.#drawToolbar();
    this.#stage.scrollTop = 0;
    announce(`Page ${target} of ${this.#pageCount}`);
    void this.show();
  }

  /** @param {number} step */
  #setZoom(step) {
    this.#zoom = Math.max(0, Math.min(ZOOM_STEPS.length - 1, step));
    this.#applyZoom();
    this.#drawToolbar();
  }

  #applyZoom() {
    this.node.style.setProperty("--zoom", String(ZOOM_STEPS[this.#zoom] ?? 1));
  }

  /** @param {"page" | "text"} mode */
  #setMode(mode) {
    this.#mode = mode;
    this.#drawToolbar();
    void this.show();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.key === "PageDown" || event.key === "ArrowRight") this.#goTo(this.#page + 1);
    else if (event.key === "PageUp" || event.key === "ArrowLeft") this.#goTo(this.#page - 1);
    else if (event.key === "+") this.#setZoom(this.#zoom + 1);
    else if (event.key === "-") this.#setZoom(this.#zoom - 1);
    else return;
    event.preventDefault();
  }

  #drawToolbar() {
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset["tool"] : null;
    fill(
      this.#toolbar,
      this.#mode === "page" && this.#pageCount > 1 && this.#pager(),
      this.#mode === "page" && this.#pageCount === 1 && element("span", { class: "quiet" }, "1 page"),
      this.#mode === "page" && this.#valueCount(),
      this.#mode === "text" && element("span", { class: "quiet" }, "Text as it was read"),
      element("span", { class: "spacer" }),
      this.#mode === "page" && this.#zoomer(),
      this.#hasPictures && this.#modeSwitch(),
    );
    const again = focused ? this.#toolbar.querySelector(`[data-tool="${focused}"]`) : null;
    if (again instanceof HTMLElement) again.focus();
  }

  /** How many values this page gives, so that a long document shows where to look. */
  #valueCount() {
    const onPage = Object.values(this.#evidence).filter(({ citations }) =>
      citations.some(({ page }) => page === this.#page),
    );
    if (onPage.length === 0) return null;
    return element("span", { class: "quiet value-count" }, `· ${countText(onPage.length, "value")}`);
  }

  #pager() {
    const input = element("input", {
      type: "number",
      min: "1",
      max: String(this.#pageCount),
      value: String(this.#page),
      "aria-label": `Page, 1 to ${this.#pageCount}`,
      data: { tool: "page" },
      onchange: () => this.#goTo(Number(input.value)),
    });
    return element(
      "div",
      { class: "tool-group", role: "group", "aria-label": "Pages" },
      tool("previous", "back", "Previous page", this.#page === 1, () => this.#goTo(this.#page - 1)),
      input,
      element("span", { class: "quiet" }, `of ${this.#pageCount}`),
      tool("next", "forward", "Next page", this.#page === this.#pageCount, () => this.#goTo(this.#page + 1)),
    );
  }

  #zoomer() {
    const last = ZOOM_STEPS.length - 1;
    return element(
      "div",
      { class: "tool-group", role: "group", "aria-label": "Zoom" },
      tool("out", "minus", "Zoom out", this.#zoom === 0, () => this.#setZoom(this.#zoom - 1)),
      tool("in", "plus", "Zoom in", this.#zoom === last, () => this.#setZoom(this.#zoom + 1)),
    );
  }

  #modeSwitch() {
    /** @param {"page" | "text"} mode @param {string} label */
    const choice = (mode, label) =>
      element(
        "button",
        {
          type: "button",
          "aria-pressed": String(this.#mode === mode),
          data: { tool: mode },
          onclick: () => this.#setMode(mode),
        },
        label,
      );
    return element(
      "div",
      { class: "segmented", role: "group", "aria-label": "Show as" },
      choice("page", "Page"),
      choice("text", "Text"),
    );
  }
}

/**
 * @param {string} name
 * @param {string} symbol
 * @param {string} label
 * @param {boolean} disabled
 * @param {() => void} onclick
 */
function tool(name, symbol, label, disabled, onclick) {
  return element(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": label,
      title: label,
      disabled,
      data: { tool: name },
      onclick,
    },
    icon(symbol),
  );
}

/** @param {string} text */
function skeleton(text) {
  return element("div", { class: "page-skeleton" }, element("p", {}, text));
}
