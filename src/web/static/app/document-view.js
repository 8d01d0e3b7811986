import { Activity } from "./activity.js";
import { deleteDocument, fetchDocument, fetchOriginal, fetchResult, isUnauthorized } from "./api.js";
import { makeCheckList } from "./check-list.js";
import { announce, element, fill, icon, saveBlob } from "./dom.js";
import { makeFieldList } from "./field-list.js";
import { makeJsonView } from "./json-view.js";
import { followDocument } from "./live.js";
import { makeFailure, makeNotice } from "./notice.js";
import { lightUp, reportFrom, Selection } from "./selection.js";
import { Tabs } from "./tabs.js";
import { Viewer } from "./viewer.js";
import { countText, durationText, labelOf, percent, sizeText, statusWord, TERMINAL } from "./wording.js";

/** @import { DocumentEvent, DocumentView, Result } from "./types.js" */

/** One document: its page on one side, what was read from it on the other, live while it is being read. */
export class DocumentScreen {
  #id;
  #abort = new AbortController();
  #selection = new Selection();
  #viewer;
  #activity = new Activity();
  #tabs = new Tabs();
  /** @type {DocumentView | null} */
  #document = null;
  #endedRun = 0;
  #isShowingPage = false;

  #bar = element("div", { class: "document-bar" });
  #verdict = element("div", { class: "verdict-slot" });
  #panel = element("section", { class: "panel", "aria-label": "Result" }, this.#verdict, this.#tabs.node);
  node;

  /** @param {string} id */
  constructor(id) {
    this.#id = id;
    this.#viewer = new Viewer(id, this.#selection);
    this.node = element(
      "div",
      { class: "document" },
      this.#bar,
      element("div", { class: "document-body" }, this.#viewer.node, this.#panel),
    );
    reportFrom(this.#panel, this.#selection, "list");
    this.#selection.listen((looking) => {
      const row = lightUp(this.#panel, looking);
      if (row && looking.side === "page") row.scrollIntoView({ block: "nearest" });
    });
    this.#drawBar();
    this.#showProgress();
    void this.#open();
  }

  dispose() {
    this.#abort.abort();
    this.#viewer.dispose();
  }

  async #open() {
    try {
      this.#document = await fetchDocument(this.#id, this.#abort.signal);
    } catch (error) {
      this.#showError(error);
      return;
    }
    this.#drawBar();
    if (TERMINAL.has(this.#document.status)) {
      this.#endedRun = this.#document.run;
      await this.#showEnd();
    }
    await followDocument(
      this.#id,
      {
        onevent: (event) => this.#onEvent(event),
        onconnection: (connected) => this.#activity.setConnected(connected),
        onrefused: (problem) => this.#showError(problem),
        isOver: () => this.#lastEnded >= (this.#document?.run ?? 1),
      },
      this.#abort.signal,
    );
  }

  /** The latest run whose last event has been seen. */
  #lastEnded = 0;

  /** @param {DocumentEvent} event */
  #onEvent(event) {
    this.#activity.add(event);
    if (this.#activity.pageCount > 0) this.#viewer.setPageCount(this.#activity.pageCount);
    if (["parsed", "page", "classified"].includes(event.kind)) this.#showPage();
    if (!TERMINAL.has(event.kind)) return;
    this.#lastEnded = event.run;
    if (event.run < (this.#document?.run ?? 1) || this.#endedRun >= event.run) return;
    this.#endedRun = event.run;
    void this.#showEnd();
  }

  /** Shows the picture as soon as there is one; a plain text is shown as such. */
  #showPage() {
    if (this.#isShowingPage) return;
    this.#isShowingPage = true;
    if (this.#document?.format === "text") this.#viewer.showTextOnly();
    else void this.#viewer.show();
  }

  async #showEnd() {
    try {
      const { signal } = this.#abort;
      const [view, result] = await Promise.all([
        fetchDocument(this.#id, signal),
        fetchResult(this.#id, signal),
      ]);
      this.#document = view;
      document.title = `${view.filename} · Docket`;
      this.#drawBar();
      this.#showResult(view, result);
      announce(`${view.filename}: ${statusWord(view.status)}`);
    } catch (error) {
      this.#showError(error);
    }
  }

  /** @param {DocumentView} view @param {Result} result */
  #showResult(view, result) {
    const evidence = result.evidence ?? {};
    if (view.format === "text") this.#viewer.showTextOnly();
    this.#viewer.setPageCount(view.page_count ?? 1);
    this.#viewer.setEvidence(evidence);
    this.#isShowingPage = true;
    void this.#viewer.show();
    const checks = result.checks ?? [];
    const warnings = result.warnings ?? [];
    const failed = checks.filter(({ verdict }) => verdict === "fail").length;
    const toLookAt = failed + warnings.length;
    const values =
      result.data && !result.error
        ? makeFieldList(result.data, evidence)
        : element(
            "p",
            { class: "quiet empty" },
            "There are no values: nothing could be read from this file.",
          );
    fill(this.#verdict, result.error ? makeFailure(result.error) : reviewBanner(result));
    this.#tabs.set(
      [
        { id: "values", label: "Values", content: values },
        {
          id: "checks",
          label: "Checks",
          badge: toLookAt + checks.length > 0 ? String(toLookAt > 0 ? toLookAt : checks.length) : "",
          tone: failed > 0 ? "low" : warnings.length > 0 ? "medium" : "high",
          content: makeCheckList(checks, warnings),
        },
        { id: "json", label: "JSON", content: makeJsonView(result, `${view.id}.json`) },
        { id: "events", label: "Events", content: this.#eventsOf(result) },
      ],
      "values",
    );
  }

  #showProgress() {
    fill(this.#verdict, this.#activity.progress);
    this.#tabs.set([{ id: "events", label: "Live events", content: this.#activity.log }]);
  }

  /** @param {Result} result */
  #eventsOf({ usage }) {
    const stages = Object.entries(usage?.stages_ms ?? {});
    const longest = Math.max(1, ...stages.map(([, ms]) => ms));
    return element(
      "div",
      {},
      stages.length > 0 && element("h3", {}, "Time taken"),
      element(
        "dl",
        { class: "stages" },
        stages.flatMap(([name, ms]) => stageRow(name, ms, longest)),
      ),
      element("h3", {}, "Events"),
      this.#activity.log,
    );
  }

  /** @param {unknown} error */
  #showError(error) {
    if (this.#abort.signal.aborted) return;
    if (isUnauthorized(error))
      this.node.dispatchEvent(new CustomEvent("docket-unauthorized", { bubbles: true }));
    fill(
      this.#verdict,
      makeNotice(error, element("a", { class: "button", href: "#/" }, "Back to all documents")),
    );
  }

  #drawBar() {
    const view = this.#document;
    const facts = view
      ? [
          view.type && labelOf(view.type),
          view.page_count && countText(view.page_count, "page"),
          sizeText(view.size_bytes),
        ].filter(Boolean)
      : [];
    fill(
      this.#bar,
      element(
        "a",
        { class: "icon-button", href: "#/", "aria-label": "All documents", title: "All documents" },
        icon("back"),
      ),
      element(
        "div",
        { class: "document-title" },
        element("h1", {}, view?.filename ?? "Opening …"),
        element("p", { class: "quiet" }, facts.join(" · ")),
      ),
      view && element("span", { class: "status", data: { status: view.status } }, statusWord(view.status)),
      element("span", { class: "spacer" }),
      view && this.#action("download", "Original", () => this.#saveOriginal()),
      view && TERMINAL.has(view.status) && this.#action("trash", "Delete", () => this.#remove()),
    );
  }

  /** @param {string} symbol @param {string} label @param {() => Promise<void>} act */
  #action(symbol, label, act) {
    const onclick = () => void act().catch((/** @type {unknown} */ error) => this.#showError(error));
    return element(
      "button",
      { type: "button", class: "button quiet-button", "aria-label": label, onclick },
      icon(symbol),
      element("span", {}, label),
    );
  }

  async #saveOriginal() {
    saveBlob(await fetchOriginal(this.#id), this.#document?.filename ?? this.#id);
  }

  async #remove() {
    if (!confirm("Delete this document and everything that was read from it?")) return;
    await deleteDocument(this.#id);
    location.hash = "#/";
  }
}

/** @param {Result} result */
function reviewBanner({ review, usage, classification, status }) {
  const required = review?.required ?? status !== "completed";
  const reasons = review?.reasons ?? [];
  const facts = [
    classification && `${labelOf(classification.type)} (${percent(classification.score)})`,
    usage && `read in ${durationText(usage.duration_ms)}`,
    usage && usage.ocr_pages > 0 && `${countText(usage.ocr_pages, "page")} by OCR`,
  ].filter(Boolean);
  const title = required
    ? "A person should look at this"
    : review?.auto_approved
      ? "Approved without review"
      : "Nothing to review";
  return element(
    "div",
    { class: "review", data: { required: String(required) } },
    icon(required ? "eye" : "pass"),
    element(
      "div",
      {},
      element("strong", {}, title),
      reasons.length > 0 &&
        element(
          "ul",
          {},
          reasons.map((reason) => element("li", {}, reason)),
        ),
      element("p", { class: "quiet" }, facts.join(" · ")),
    ),
  );
}

/** @param {string} name @param {number} ms @param {number} longest */
function stageRow(name, ms, longest) {
  const bar = element("span", { class: "bar-fill" });
  bar.style.setProperty("--share", String(ms / longest));
  return [
    element("dt", {}, labelOf(name)),
    element(
      "dd",
      {},
      element("span", { class: "bar" }, bar),
      element("span", { class: "number" }, durationText(ms)),
    ),
  ];
}
