/**
 * Which value the reader is looking at. The list and the page both point at values by their JSON
 * Pointer and both listen here, so that either can light up the other.
 *
 * @typedef {"list" | "page"} Side
 * @typedef {{ pointed: string | null, chosen: string | null, side: Side }} Looking
 */

export class Selection {
  /** @type {Looking} */
  #looking = { pointed: null, chosen: null, side: "list" };
  /** @type {Set<(looking: Looking) => void>} */
  #listeners = new Set();

  /** @param {(looking: Looking) => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
  }

  /** The value that is chosen by a click, or null. */
  get chosen() {
    return this.#looking.chosen;
  }

  /**
   * The pointer rests on a value, or on none.
   * @param {string | null} path
   * @param {Side} side
   */
  point(path, side) {
    if (path === this.#looking.pointed) return;
    this.#set({ ...this.#looking, pointed: path, side });
  }

  /**
   * A value is chosen until another one is; choosing it again lets it go.
   * @param {string | null} path
   * @param {Side} side
   */
  choose(path, side) {
    this.#set({ pointed: path, chosen: path === this.#looking.chosen ? null : path, side });
  }

  /** @param {Looking} looking */
  #set(looking) {
    this.#looking = looking;
    for (const listener of this.#listeners) listener(looking);
  }
}

/**
 * Marks every node under `root` that stands for a value (`data-path`) as lit or not.
 * @param {Element} root
 * @param {Looking} looking
 * @returns {HTMLElement | null} the first node that is lit
 */
export function lightUp(root, { pointed, chosen }) {
  const lit = pointed ?? chosen;
  /** @type {HTMLElement | null} */
  let first = null;
  for (const node of root.querySelectorAll("[data-path]")) {
    if (!(node instanceof HTMLElement)) continue;
    const isLit = lit !== null && node.dataset["path"] === lit;
    node.classList.toggle("is-lit", isLit);
    node.classList.toggle("is-chosen", chosen !== null && node.dataset["path"] === chosen);
    if (isLit && !first) first = node;
  }
  return first;
}

/**
 * Lets the nodes under `root` that stand for a value report pointer, focus and clicks.
 * @param {HTMLElement} root
 * @param {Selection} selection
 * @param {Side} side
 */
export function reportFrom(root, selection, side) {
  /** @param {Event} event */
  const pathAt = (event) => {
    const node = event.target instanceof Element ? event.target.closest("[data-path]") : null;
    return node instanceof HTMLElement ? (node.dataset["path"] ?? null) : null;
  };
  root.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") selection.point(pathAt(event), side);
  });
  root.addEventListener("pointerleave", () => selection.point(null, side));
  root.addEventListener("focusin", (event) => selection.point(pathAt(event), side));
  root.addEventListener("focusout", () => selection.point(null, side));
  root.addEventListener("click", (event) => {
    const path = pathAt(event);
    if (path !== null) selection.choose(path, side);
  });
}
