import { element, fill } from "./dom.js";
import {
  countText,
  durationText,
  labelOf,
  nameOf,
  percent,
  statusWord,
  TERMINAL,
  valueText,
} from "./wording.js";

/** @import { DocumentEvent } from "./types.js" */

const STAGES = /** @type {const} */ ([
  ["queued", "Received"],
  ["parsed", "Read"],
  ["classified", "Classified"],
  ["field", "Extracted"],
  ["checked", "Checked"],
]);

/** Which stage is done once an event of a kind has come; reading ends with the kind of document known. */
const REACHES = /** @type {Record<string, number>} */ ({
  queued: 1,
  claimed: 1,
  parsed: 1,
  page: 1,
  classified: 3,
  field: 3,
  checked: 5,
});

/** The live side of a document: how far it is, and every event as it comes. */
export class Activity {
  #run = 0;
  #reached = 0;
  #pagesRead = new Set();
  #pageCount = 0;
  #startedMs = 0;
  #shown = 0;
  #hasEnded = false;
  #connected = true;

  #steps = element("ol", { class: "steps", "aria-label": "Progress" });
  #note = element("p", { class: "live-note" });
  #log = element("ol", { class: "event-log", "aria-label": "Events" });
  /** The steps, for as long as the work goes on. */
  progress = element("div", { class: "progress" }, this.#steps, this.#note);
  /** Every event with its number and time. */
  log = this.#log;

  constructor() {
    this.#drawSteps();
  }

  /** The pages that the document has, as far as the events told. */
  get pageCount() {
    return this.#pageCount;
  }

  /** @param {boolean} connected */
  setConnected(connected) {
    this.#connected = connected;
    this.#drawSteps();
  }

  /** @param {DocumentEvent} event */
  add(event) {
    if (event.run !== this.#run) this.#startRun(event);
    const pages = numberIn(event, "page_count") ?? numberIn(event, "pages");
    if (pages !== null && event.kind !== "page") this.#pageCount = pages;
    if (event.kind === "page")
      this.#pagesRead.add(numberIn(event, "page") ?? numberIn(event, "number") ?? this.#pagesRead.size);
    this.#reached = Math.max(this.#reached, REACHES[event.kind] ?? this.#reached);
    this.#hasEnded = TERMINAL.has(event.kind);
    this.#shown += 1;
    this.#log.append(this.#logRow(event));
    this.#drawSteps();
  }

  /** @param {DocumentEvent} event */
  #startRun(event) {
    this.#run = event.run;
    this.#reached = 0;
    this.#pagesRead.clear();
    this.#startedMs = Date.parse(event.at);
    if (event.run > 1) this.#log.append(element("li", { class: "event-run" }, `Run ${event.run}`));
  }

  /** @param {DocumentEvent} event */
  #logRow(event) {
    const after = Date.parse(event.at) - this.#startedMs;
    return element(
      "li",
      { data: { kind: event.kind } },
      element("span", { class: "event-seq" }, event.seq),
      element("span", { class: "event-text" }, describeEvent(event)),
      element(
        "time",
        { datetime: event.at, title: event.at },
        after <= 0 ? "0 ms" : `+${durationText(after)}`,
      ),
    );
  }

  #drawSteps() {
    const current = this.#hasEnded ? STAGES.length : this.#reached;
    fill(
      this.#steps,
      STAGES.map(([, label], index) => {
        const state = index < current ? "done" : index === current ? "current" : "waiting";
        return element("li", { "aria-current": state === "current" && "step", data: { state } }, label);
      }),
    );
    fill(
      this.#note,
      this.#connected ? this.#nowText() : "Connection lost. Trying again; nothing is lost meanwhile.",
    );
  }

  #nowText() {
    const read = this.#pagesRead.size;
    if (this.#hasEnded) return "Done.";
    if (this.#reached >= 3) return "Looking for the values and proving them …";
    if (this.#pageCount > 0 && read > 0) return `Reading: ${read} of ${countText(this.#pageCount, "page")} …`;
    return this.#reached === 0 ? "Waiting for the first event …" : "Reading the document …";
  }
}

/**
 * An event in one line, whatever its data holds.
 * @param {DocumentEvent} event
 */
export function describeEvent(event) {
  const { kind, data } = event;
  if (kind === "page")
    return `Page ${numberIn(event, "page") ?? numberIn(event, "number") ?? "?"} read${detailOf(data, ["page", "number"])}`;
  if (kind === "parsed") {
    const pages = numberIn(event, "page_count") ?? numberIn(event, "pages");
    return `Opened${pages === null ? "" : `, ${countText(pages, "page")}`}${detailOf(data, ["page_count", "pages"])}`;
  }
  if (kind === "classified") return `Classified${detailOf(data, [])}`;
  if (kind === "field") return describeField(data);
  if (kind === "queued") return `Received${detailOf(data, [])}`;
  if (kind === "claimed") return `Taken up by a worker${detailOf(data, [])}`;
  return `${TERMINAL.has(kind) ? statusWord(kind) : labelOf(kind)}${detailOf(data, [])}`;
}

/** @param {DocumentEvent["data"]} data */
function describeField(data) {
  const path = data["path"] ?? data["pointer"] ?? data["field"];
  const confidence = data["confidence"];
  const name = typeof path === "string" ? nameOf(path.startsWith("/") ? path : `/${path}`) : "A value";
  const value = valueText(data["value"] ?? data["content"]);
  return `${name}${value === "" ? "" : `: ${value}`}${typeof confidence === "number" ? ` (${percent(confidence)})` : ""}`;
}

/** @param {DocumentEvent["data"]} data @param {string[]} told what has been said already */
function detailOf(data, told) {
  const details = Object.entries(data)
    .filter(
      ([key, value]) => !told.includes(key) && value !== null && typeof value !== "object" && value !== "",
    )
    .slice(0, 4)
    .map(([key, value]) => `${labelOf(key).toLowerCase()} ${valueText(value)}`);
  return details.length > 0 ? ` · ${details.join(" · ")}` : "";
}

/** @param {DocumentEvent} event @param {string} key */
function numberIn(event, key) {
  const value = event.data[key];
  return typeof value === "number" ? value : null;
}
