import { element, fill } from "./dom.js";

/**
 * @typedef {{ id: string, label: string, badge?: string, tone?: string, content: Node }} Tab
 */

/** Tabs as WAI-ARIA describes them: arrow keys move, the panel follows the focus. */
export class Tabs {
  /** @type {Tab[]} */
  #tabs = [];
  #current = "";
  #list = element("div", { class: "tab-list", role: "tablist", "aria-label": "Result" });
  #panel = element("div", { class: "tab-panel", role: "tabpanel", id: "tab-panel" });
  node = element("div", { class: "tabs" }, this.#list, this.#panel);

  constructor() {
    this.#list.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /**
   * Puts other tabs in; the current one stays current while it is there.
   * @param {Tab[]} tabs
   * @param {string} [wanted]
   */
  set(tabs, wanted) {
    this.#tabs = tabs;
    const [first] = tabs;
    if (wanted) this.#current = wanted;
    if (!tabs.some(({ id }) => id === this.#current)) this.#current = first?.id ?? "";
    this.#draw();
  }

  #draw() {
    const buttons = this.#tabs.map(({ id, label, badge, tone }) => {
      const isCurrent = id === this.#current;
      return element(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${id}`,
          "aria-selected": String(isCurrent),
          "aria-controls": "tab-panel",
          tabindex: isCurrent ? "0" : "-1",
          onclick: () => this.#select(id),
        },
        label,
        badge && element("span", { class: "count", data: { tone: tone ?? "" } }, badge),
      );
    });
    fill(this.#list, buttons);
    this.#panel.setAttribute("aria-labelledby", `tab-${this.#current}`);
    const content = this.#tabs.find(({ id }) => id === this.#current)?.content;
    fill(this.#panel, content);
  }

  /** @param {string} id */
  #select(id) {
    this.#current = id;
    this.#draw();
    document.getElementById(`tab-${id}`)?.focus();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const at = this.#tabs.findIndex(({ id }) => id === this.#current);
    const last = this.#tabs.length - 1;
    const targets = /** @type {Record<string, number>} */ ({
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    });
    const target = this.#tabs[targets[event.key] ?? -1];
    if (!target) return;
    event.preventDefault();
    this.#select(target.id);
  }
}
