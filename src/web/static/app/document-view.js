import { Activity } from "./activity.js";
import { deleteDocument, fetchDocument, fetchOriginal, fetchResult, isUnauthorized, Problem } from "./api.js";
import { makeCheckList } from "./check-list.js";
import { announce, element, fill, icon, saveBlob } from "./dom.js";
import { makeFieldList } from "./field-list.js";
import { makeJsonView } from "./json-view.js";
import { followDocument } from "./live.js";
import { makeInsideList } from "./inside-list.js";
import { makeFailure, makeNotice } from "./notice.js";
import { makeReviewBanner, makeRunReport } from "./run-report.js";
import { lightUp, reportFrom, Selection } from "./selection.js";
import { Tabs } from "./tabs.js";
import { isLocked, makeUnlock } from "./unlock.js";
import { Viewer } from "./viewer.js";
import { countText, sizeText, statusWord, TERMINAL, typeText } from "./wording.js";

/** @import { DocumentEvent, DocumentView, Result } from "./types.js" */

const RESULT_ATTEMPTS = 10;
const RESULT_PAUSE_MS = 300;
const CHILDREN_PAUSE_MS = 1500;

/** Formats whose pages can be drawn; all others are shown as the text that was read. */
const DRAWN = new Set(["pdf", "png", "jpeg", "webp", "bmp", "gif", "tiff", "heic"]);

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
      if (!row || looking.side !== "page") return;
      // On a narrow screen the whole page would move under the pointer: there only a choice does it.
      const scrollsAlone = getComputedStyle(this.#panel).overflowY === "auto";
      if (scrollsAlone || looking.chosen === row.dataset["path"]) row.scrollIntoView({ block: "nearest" });
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
    if (!DRAWN.has(this.#document?.format ?? "pdf")) this.#viewer.showTextOnly();
    else void this.#viewer.show();
  }

  async #showEnd() {
    try {
      const { signal } = this.#abort;
      const [view, result] = await Promise.all([
        fetchDocument(this.#id, signal),
        fetchEndedResult(this.#id, signal),
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
    if (!DRAWN.has(view.format ?? "pdf")) this.#viewer.showTextOnly();
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
    fill(
      this.#verdict,
      result.error ? makeFailure(result.error) : makeReviewBanner(result),
      isLocked(result.error) && makeUnlock(this.#id, () => window.dispatchEvent(new Event("hashchange"))),
    );
    const inside = { children: result.children ?? [], members: result.members ?? [] };
    const count = Math.max(inside.children.length, inside.members.length);
    const list = element("div", {}, makeInsideList(inside.children, inside.members));
    if (inside.children.some(({ status }) => !TERMINAL.has(status))) void this.#followChildren(list);
    this.#tabs.set(
      [
        ...(count > 0 ? [{ id: "inside", label: "Inside", badge: String(count), content: list }] : []),
        { id: "values", label: "Values", content: values },
        {
          id: "checks",
          label: "Checks",
          badge: toLookAt + checks.length > 0 ? String(toLookAt > 0 ? toLookAt : checks.length) : "",
          tone: failed > 0 ? "low" : warnings.length > 0 ? "medium" : "high",
          content: makeCheckList(checks, warnings),
        },
        { id: "json", label: "JSON", content: makeJsonView(result, `${view.id}.json`) },
        { id: "events", label: "Events", content: makeRunReport(result, this.#activity.log) },
      ],
      result.type === "archive" ? "inside" : "values",
    );
  }

  /** Draws what is inside anew until all of it has ended. @param {Element} list */
  async #followChildren(list) {
    const { signal } = this.#abort;
    for (let isUnderWay = true; isUnderWay && !signal.aborted;) {
      await new Promise((resolve) => {
        setTimeout(resolve, CHILDREN_PAUSE_MS);
      });
      const result = await fetchResult(this.#id, signal).catch(() => null);
      if (!result) return;
      const children = result.children ?? [];
      fill(list, makeInsideList(children, result.members ?? []));
      isUnderWay = children.some(({ status }) => !TERMINAL.has(status));
    }
  }

  #showProgress() {
    fill(this.#verdict, this.#activity.progress);
    this.#tabs.set([{ id: "events", label: "Live events", content: this.#activity.log }]);
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
    const parent = view?.parent_id ?? null;
    const facts = view
      ? [
          typeText(view),
          view.page_count && countText(view.page_count, "page"),
          sizeText(view.size_bytes),
        ].filter(Boolean)
      : [];
    fill(
      this.#bar,
      element(
        "a",
        parent
          ? {
              class: "icon-button",
              href: `#/${parent}`,
              "aria-label": "Found in",
              title: "The file it was found in",
            }
          : { class: "icon-button", href: "#/", "aria-label": "All documents", title: "All documents" },
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

/**
 * The last event may come a moment before the row that the result is found by.
 * @param {string} id
 * @param {AbortSignal} signal
 */
async function fetchEndedResult(id, signal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fetchResult(id, signal);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "not_ready" || attempt === RESULT_ATTEMPTS)
        throw error;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, RESULT_PAUSE_MS);
    });
  }
}
