import { fetchList, forgetKey, Problem, rememberKey } from "./api.js";
import { element, fill, icon } from "./dom.js";
import { makeNotice } from "./notice.js";

/** Asks for an API key where the platform does not give one by itself. */
export class KeyScreen {
  #problem = element("div", {});
  #input = element("input", {
    type: "password",
    id: "key-input",
    autocomplete: "off",
    spellcheck: "false",
    required: true,
    placeholder: "dk_live_…",
    "aria-describedby": "key-note",
  });
  node;

  /** @param {() => void} onready called once a key is accepted */
  constructor(onready) {
    const form = element(
      "form",
      { class: "key-form" },
      element("label", { for: "key-input" }, "API key"),
      element(
        "div",
        { class: "key-row" },
        this.#input,
        element("button", { class: "button primary" }, "Continue"),
      ),
      element(
        "p",
        { class: "quiet", id: "key-note" },
        "It stays in this tab until you close it, and is sent to this server alone.",
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#try(onready);
    });
    this.node = element(
      "div",
      { class: "key-card" },
      element("span", { class: "drop-icon" }, icon("key")),
      element("h1", {}, "Give your API key"),
      element("p", {}, "The command docket admin create-tenant prints the first one."),
      this.#problem,
      form,
    );
  }

  dispose() {
    this.#input.value = "";
  }

  /** @param {() => void} onready */
  async #try(onready) {
    rememberKey(this.#input.value.trim());
    try {
      await fetchList(null);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) forgetKey();
      fill(this.#problem, makeNotice(error));
      this.#input.focus();
      return;
    }
    onready();
  }
}
