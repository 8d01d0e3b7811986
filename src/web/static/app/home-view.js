import { fetchList, isUnauthorized } from "./api.js";
import { announce, element, fill, icon } from "./dom.js";
import { makeNotice } from "./notice.js";
import { makeSampleInvoice } from "./sample.js";
import { uploadFile } from "./upload.js";
import { agoText, countText, labelOf, percent, sizeText, statusWord, TERMINAL, typeText } from "./wording.js";

/** @import { DocumentView } from "./types.js" */

const TYPES = [
  "invoice",
  "credit_note",
  "receipt",
  "purchase_order",
  "order_response",
  "despatch_advice",
  "form",
  "generic",
];
const REFRESH_MS = 2500;

/** The start page: where a document is dropped, and those that were sent before. */
export class HomeScreen {
  #abort = new AbortController();
  /** @type {DocumentView[]} */
  #documents = [];
  /** @type {string | null} */
  #next = null;
  #uploading = 0;

  #input = element("input", {
    type: "file",
    multiple: true,
    class: "visually-hidden",
    id: "file-input",
  });
  #type = element(
    "select",
    { id: "type-select" },
    element("option", { value: "" }, "detect automatically"),
    TYPES.map((type) => element("option", { value: type }, labelOf(type).toLowerCase())),
  );
  #uploads = element("ul", { class: "uploads", "aria-label": "Uploads" });
  #problems = element("div", { class: "problems" });
  #recent = element("section", { class: "recent", "aria-label": "Recent documents" });
  node;

  constructor() {
    this.node = element(
      "div",
      { class: "home" },
      this.#intro(),
      this.#dropZone(),
      this.#problems,
      this.#uploads,
      this.#recent,
    );
    const { signal } = this.#abort;
    this.#input.addEventListener("change", () => {
      void this.send([...(this.#input.files ?? [])]);
      this.#input.value = "";
    });
    void this.#loadList();
    const timer = setInterval(() => void this.#refreshWhileBusy(), REFRESH_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  /** Uploads under way go on; the page is only left. */
  dispose() {
    this.#abort.abort();
  }

  #intro() {
    return element(
      "div",
      { class: "intro" },
      element(
        "h1",
        {},
        element("span", {}, "Drop a document. "),
        element("span", {}, "Get data you can check."),
      ),
      element(
        "p",
        {},
        "Every value comes with the place on the page where it stands and how sure the reading is.",
      ),
    );
  }

  #dropZone() {
    const sample = element(
      "button",
      {
        type: "button",
        class: "button",
        id: "try-sample",
        onclick: () => void this.send([makeSampleInvoice()]),
      },
      "Try the sample",
    );
    const pick = element("label", { class: "button primary", for: "file-input" }, "Choose a file");
    return element(
      "div",
      { class: "drop-zone", id: "drop-zone" },
      element("span", { class: "drop-icon" }, icon("upload")),
      element("p", { class: "drop-title" }, "Drop a PDF, photo, office file, e-mail or archive here"),
      element("div", { class: "actions" }, this.#input, pick, sample),
      element(
        "p",
        { class: "drop-options" },
        element("label", { for: "type-select" }, "Kind of document"),
        this.#type,
      ),
    );
  }

  /** One document is opened at once; of several the list shows how they get on. @param {File[]} files */
  async send(files) {
    if (files.length === 0) return;
    fill(this.#problems);
    this.#uploading += files.length;
    for (const file of files) {
      const id = await this.#sendOne(file);
      this.#uploading -= 1;
      if (this.#abort.signal.aborted) continue;
      if (id && files.length === 1) location.hash = `#/${id}`;
      else if (id) await this.#loadList();
    }
  }

  /** @param {File} file */
  async #sendOne(file) {
    const bar = element("progress", { max: "1", value: "0", "aria-label": `Upload of ${file.name}` });
    const share = element("span", { class: "number" }, "0%");
    const stop = new AbortController();
    const row = element(
      "li",
      { class: "upload" },
      icon("page"),
      element(
        "span",
        { class: "upload-name" },
        file.name,
        element("span", { class: "quiet" }, sizeText(file.size)),
      ),
      bar,
      share,
      element(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": `Stop sending ${file.name}`,
          onclick: () => stop.abort(),
        },
        icon("fail"),
      ),
    );
    this.#uploads.append(row);
    announce(`Sending ${file.name}`);
    try {
      return await uploadFile(file, {
        type: this.#type.value,
        signal: stop.signal,
        onprogress: (sent) => {
          bar.value = sent;
          share.textContent = percent(sent);
        },
      });
    } catch (error) {
      if (stop.signal.aborted) return null;
      this.#problems.append(element("p", { class: "problem-file" }, file.name), makeNotice(error));
      if (isUnauthorized(error))
        this.node.dispatchEvent(new CustomEvent("docket-unauthorized", { bubbles: true }));
      return null;
    } finally {
      row.remove();
    }
  }

  async #refreshWhileBusy() {
    if (document.hidden || this.#uploading > 0) return;
    if (this.#documents.some(({ status }) => !TERMINAL.has(status))) await this.#loadList();
  }

  async #loadList() {
    try {
      const { documents, next } = await fetchList(null);
      if (this.#abort.signal.aborted) return;
      this.#documents = documents;
      this.#next = next;
      this.#drawList();
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      if (isUnauthorized(error))
        this.node.dispatchEvent(new CustomEvent("docket-unauthorized", { bubbles: true }));
      const again = element(
        "button",
        { type: "button", class: "button", onclick: () => void this.#loadList() },
        "Try again",
      );
      fill(this.#recent, makeNotice(error, again));
    }
  }

  async #loadMore() {
    const { documents, next } = await fetchList(this.#next);
    this.#documents.push(...documents);
    this.#next = next;
    this.#drawList();
  }

  #drawList() {
    const more = element(
      "button",
      { type: "button", class: "button", onclick: () => void this.#loadMore() },
      "Show more",
    );
    fill(
      this.#recent,
      this.#documents.length > 0 && element("h2", {}, "Recent documents"),
      element("ul", { class: "recent-list" }, this.#documents.map(recentRow)),
      this.#next && more,
    );
  }
}

/** @param {DocumentView} view */
function recentRow(view) {
  const party = [view.vendor, view.invoice_number].filter(Boolean).join(" · ");
  const facts = [typeText(view), view.page_count && countText(view.page_count, "page")]
    .filter(Boolean)
    .join(" · ");
  return element(
    "li",
    {},
    element(
      "a",
      { href: `#/${view.id}` },
      icon("page"),
      element(
        "span",
        { class: "recent-name" },
        view.filename,
        element("span", { class: "quiet" }, party || facts || sizeText(view.size_bytes)),
      ),
      element(
        "span",
        { class: "recent-total" },
        view.total && [view.total, view.currency].filter(Boolean).join(" "),
      ),
      element("span", { class: "status", data: { status: view.status } }, statusWord(view.status)),
      element("time", { class: "quiet", datetime: view.created_at }, agoText(view.created_at, Date.now())),
    ),
  );
}
